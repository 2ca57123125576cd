//go:build unix

package reference

import (
	"syscall"
	"time"
)

// CPU is how long processors have worked for this process so far, in the program and in the system for it. What the
// rest of the machine does is not in it, unlike in the time on the wall.
func CPU() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // there is no such reason
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
