//go:build !unix

package output

import (
	"io/fs"
	"os"
)

// BearSignals does nothing: there are no such signals here.
func BearSignals() {}

func keepOwner(*os.File, fs.FileInfo) {}

func duplicate(int, string) *os.File { return nil }
