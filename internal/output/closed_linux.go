package output

import (
	"io/fs"
	"os"
	"syscall"
)

// stdoutIsClosed tells whether the runtime has opened /dev/null for it: for reading and writing, where a shell opens for writing
// only. Whoever gives a program no ends at all, as a daemon does, opens it like that as well, but for more than stdout.
func stdoutIsClosed() bool {
	return openedByRuntime(os.Stdout) && !openedByRuntime(os.Stdin) && !openedByRuntime(os.Stderr)
}

func openedByRuntime(stream *os.File) bool {
	null, err := os.Stat(os.DevNull)
	if err != nil {
		return false
	}
	info, err := stream.Stat()
	if err != nil || info.Mode()&fs.ModeCharDevice == 0 || !os.SameFile(null, info) {
		return false
	}
	flags, _, failure := syscall.Syscall(syscall.SYS_FCNTL, stream.Fd(), syscall.F_GETFL, 0)
	return failure == 0 && flags&syscall.O_ACCMODE == syscall.O_RDWR
}
