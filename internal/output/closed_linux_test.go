package output

import (
	"os"
	"os/exec"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// TestAClosedStdoutIsTold from one that was given to nobody, with stdin: the runtime opens /dev/null for each, and who means it once for both.
func TestAClosedStdoutIsTold(t *testing.T) {
	if os.Getenv("WAZA_TELLS") != "" {
		if stdoutIsClosed() {
			os.Exit(3)
		}
		os.Exit(0)
	}
	process := uintptr(os.Getpid())
	if _, _, failure := syscall.Syscall6(unix.SYS_KCMP, process, process, 0, 0, 1, 0); failure != 0 {
		t.Skip("the kernel does not say here which descriptors are of one opening: ", failure)
	}
	for _, row := range []struct {
		says, ends string
		status     int
	}{
		{"stdout is closed", ">&-", 3},
		{"and stdin, too", "<&- >&-", 3},
		{"neither was given", "<>/dev/null >&0", 0},
		{"a shell opens it for writing", "<&- >/dev/null", 0},
		{"a daemon has no ends at all", "<&- >&- 2>&-", 0},
	} {
		shell := exec.Command("/bin/sh", "-c", os.Args[0]+" -test.run=TestAClosedStdoutIsTold "+row.ends)
		shell.Env = append(os.Environ(), "WAZA_TELLS=1")
		stderr, err := os.Create(t.TempDir() + "/stderr")
		require.NoError(t, err)
		shell.Stderr = stderr
		_ = shell.Run()
		assert.Equal(t, row.status, shell.ProcessState.ExitCode(), row.says)
		require.NoError(t, stderr.Close())
	}
}
