//go:build unix

package output

import (
	"io/fs"
	"os"
	"os/signal"
	"syscall"
)

// BearSignals makes an error of a write beyond the limit on the size of files, and of one into a pipe whose reader has gone, in the
// place of a signal that ends the program before it has written the rest.
func BearSignals() { signal.Ignore(syscall.SIGXFSZ, syscall.SIGPIPE) }

// keepOwner gives the file the owner of the one that it replaces, as far as the user may.
func keepOwner(file *os.File, of fs.FileInfo) {
	if was, ok := of.Sys().(*syscall.Stat_t); ok {
		_ = file.Chown(int(was.Uid), int(was.Gid))
	}
}

// duplicate returns a file of its own for a descriptor that is open, and nil for one that is not. The descriptor itself stays open
// when the garbage collector closes the file.
func duplicate(descriptor int, name string) *os.File {
	another, err := syscall.Dup(descriptor)
	if err != nil {
		return nil
	}
	return os.NewFile(uintptr(another), name)
}
