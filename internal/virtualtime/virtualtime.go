// Package virtualtime lets a program live in simulated time, and keeps its goroutines from waking at one instant.
//
// The time is the Go runtime's own: inside a testing/synctest bubble every clock reading, sleep, timer and context
// follows a fake clock that jumps to the next wake-up whenever all goroutines wait. The bubble works outside of a
// test as well, which Go does not promise and a test here pins, and this package is the one place that opens it.
package virtualtime

import (
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// Run runs f in a bubble of its own. f must join every goroutine that it starts: the time stops when it returns.
// If all of them wait for what cannot come, that is a *Deadlock, which shows where they stand.
func Run(f func()) (err error) {
	defer func() {
		if deadlock := recover(); deadlock != nil {
			stacks := make([]byte, 1<<20)
			stacks = stacks[:runtime.Stack(stacks, true)]
			err = &Deadlock{Reason: fmt.Sprint(deadlock), Stacks: string(stacks)}
		}
	}()
	synctest.Test(new(testing.T), func(*testing.T) { f() })
	return nil
}

// A Deadlock says that every goroutine of a bubble waits for another.
type Deadlock struct {
	Reason string
	Stacks string // of all goroutines
}

func (d *Deadlock) Error() string { return "deadlock in simulated time: " + d.Reason }

// A Lane is a comb of instants, t ≡ Lane mod Period: those at which one sleeper may wake. Sleepers on different
// lanes never wake at one instant, so a chain of causes that begins with a wake-up runs alone and nothing races.
type Lane struct {
	Phase  time.Duration // from 0 to below Period
	Period time.Duration // a power of two, in nanoseconds
}

// Aim returns the instant of the lane that is nearest to due, of those after now.
func (l Lane) Aim(now, due time.Duration) time.Duration {
	nearest := l.Phase + (due-l.Phase+l.Period/2)&^(l.Period-1)
	if nearest > now {
		return nearest
	}
	return now + l.Period - (now-l.Phase)&(l.Period-1)
}

// Period returns the least power of two, in nanoseconds, that has a lane for each of n sleepers.
func Period(n int) time.Duration {
	period := time.Duration(1)
	for period < time.Duration(n) {
		period *= 2
	}
	return period
}
