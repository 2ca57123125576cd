package output

import (
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// stdoutIsClosed tells whether the runtime has opened /dev/null for it: for reading and writing, where a shell opens for writing
// only. Whoever gives a program no ends at all, as a daemon does, opens it like that as well, but for stderr, too; and who gives neither
// stdin nor stdout opens it once for both, where the runtime opens it for each.
func stdoutIsClosed() bool {
	return openedByRuntime(os.Stdout) && !openedByRuntime(os.Stderr) && !(openedByRuntime(os.Stdin) && openedOnce(os.Stdin, os.Stdout))
}

// openedOnce tells whether both are of one opening; also where the kernel does not say.
func openedOnce(a, b *os.File) bool {
	const file = 0 // KCMP_FILE
	process := uintptr(os.Getpid())
	differ, _, failure := syscall.Syscall6(unix.SYS_KCMP, process, process, file, a.Fd(), b.Fd(), 0)
	return failure != 0 || differ == 0
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
