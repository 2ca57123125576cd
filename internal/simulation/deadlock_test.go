package simulation

import (
	"context"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/internal/virtualtime"
	"waza/requester"
	"waza/worker"
)

// mortals lets all workers die again and again, and beat.
func mortals(c *Config) {
	c.Heartbeat = time.Second
	c.Faults = []worker.Fault{{
		Kind: "crash", Workers: worker.Selection{Share: 1}, Zone: worker.AnyZone, MTBF: time.Minute, MTTR: time.Second,
		Set: option.Values{"notify": requester.Failed},
	}}
}

// Hearts and appointments come again by themselves, and would hide that all others wait for ever. Here a slot hangs in the middle of a
// service. Nobody ever hears of that request: its requester waits, and the run is no run that goes on but a deadlock, whatever beats in it.
func TestADeadlockUnderFaultsIsAnError(t *testing.T) {
	for _, row := range []struct {
		says string
		set  func(*Config)
	}{
		{"workers that beat and die", mortals},
		{"workers that die and do not beat", func(c *Config) {
			mortals(c)
			c.Heartbeat = 0
		}},
		{"three balancers", func(c *Config) {
			mortals(c)
			c.Balancers = 3
		}},
		{"claims", func(c *Config) {
			mortals(c)
			c.Claim = 3 * time.Second // nobody claims what hangs: the worker beats
			c.Faults = []worker.Fault{{Kind: "stall", Workers: worker.Selection{Share: 1}, Zone: worker.AnyZone, At: time.Hour, For: time.Second}}
		}},
		{"in closed loop, whose last request is not known", func(c *Config) {
			mortals(c)
			c.Arrivals, c.Rate, c.Think = Closed, 0, requester.Constant(time.Millisecond)
		}},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := base(5, 100, 0.5)
			c.Strategies = []string{"least-loaded"}
			row.set(&c)
			served := make(chan int, 1)
			served <- 0
			c.disturb = func() {
				n := <-served
				if n < 50 && strings.Contains(string(debug.Stack()), "(*Slot).serve") {
					n++
					if n == 50 {
						served <- n
						<-make(chan int)
					}
				}
				served <- n
			}
			failed := make(chan error)
			go func() {
				_, err := Run(context.Background(), c, 1, Spectators{})
				failed <- err
			}()
			select {
			case err := <-failed:
				var deadlock *virtualtime.Deadlock
				require.ErrorAs(t, err, &deadlock)
				require.Contains(t, deadlock.Stacks, "(*Slot).serve", "it shows who hangs")
			case <-time.After(time.Minute):
				require.Fail(t, "the run goes on for ever")
			}
		})
	}
}
