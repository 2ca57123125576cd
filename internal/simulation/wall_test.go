package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// On the wall clock faults hold from when their process next looks, and two runs differ; what is counted must agree all the same.
func TestFaultsOnTheWallClock(t *testing.T) {
	if testing.Short() {
		t.Skip("two seconds of real time")
	}
	again := func(kind string, share float64, set option.Values) worker.Fault {
		return worker.Fault{Kind: kind, Workers: worker.Selection{Share: share}, Zone: worker.AnyZone,
			MTBF: 200 * time.Millisecond, MTTR: 50 * time.Millisecond, Set: set}
	}
	dies := worker.Fault{Kind: "crash", Zone: worker.AnyZone, At: 100 * time.Millisecond, For: 400 * time.Millisecond,
		Set: option.Values{"notify": requester.Lost}}
	for _, row := range []struct {
		says string
		set  func(*Config)
	}{
		{"crashes of which requesters are told", func(c *Config) {
			c.Faults, c.Heartbeat = []worker.Fault{again("crash", 0.7, option.Values{"notify": requester.Failed})}, 40*time.Millisecond
		}},
		{"a crash and stalls, with claims and two balancers", func(c *Config) {
			c.Faults = []worker.Fault{dies, again("stall", 1, nil)}
			c.Heartbeat, c.Claim, c.Balancers = 40*time.Millisecond, 120*time.Millisecond, 2
		}},
		{"what is swallowed has an end, or is lost", func(c *Config) {
			c.Faults = []worker.Fault{dies, again("blackhole", 0.4, nil), again("drop", 1, option.Values{"p": 0.1, "delay": time.Millisecond})}
			c.Heartbeat, c.Grace = 40*time.Millisecond, 100*time.Millisecond
		}},
	} {
		t.Run(row.says, func(t *testing.T) {
			t.Parallel()
			c := base(3, 400, 0.4)
			c.WallClock, c.Rate, c.Strategies = true, 600, []string{"least-loaded"}
			c.Work = requester.Exponential(2 * time.Millisecond)
			row.set(&c)
			r := mustRun(t, c)[0]
			require.EqualValues(t, 400, r.Requests.Issued)
			assert.Zero(t, r.Requests.Cancelled)
			if c.Claim > 0 {
				assert.EqualValues(t, 400, r.Requests.Succeeded, "nothing is lost")
			}
			if c.Grace == 100*time.Millisecond {
				assert.Positive(t, r.Requests.Lost)
			}
		})
	}
}
