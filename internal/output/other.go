//go:build !unix

package output

import (
	"io/fs"
	"os"
)

// BearLimits does nothing: there is no such signal here.
func BearLimits() {}

func keepOwner(*os.File, fs.FileInfo) {}

func duplicate(int, string) *os.File { return nil }
