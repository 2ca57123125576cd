package simulation

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/option"
	"waza/requester"
	"waza/strategy"
)

// The log says of every request that was rejected why, and of no other. Ten workers are asked for half as much again as they can do, or, where a
// gate is to turn requests away, for a tenth of it.
func TestTheLogSaysWhyARequestWasRejected(t *testing.T) {
	require.Equal(t, strategy.ErrNoAvailableWorkers.Error(), requester.NoWorkers.String())
	rate := balancer.Regulator{Kind: "rate", Set: option.Values{"rate": 20.0, "burst": 2}}
	always := balancer.Regulator{Kind: "rate", Set: option.Values{"rate": 1e6, "burst": 1000}}
	for _, row := range []struct {
		says, strategy string
		load           float64
		set            func(*Config)
		want           requester.Reason
	}{
		{"workers and the backlog are full", "least-loaded", 1.5, func(*Config) {}, requester.NoRoom},
		{"the strategy has a name for it", "capacity-latency", 1.5, func(*Config) {}, requester.NoWorkers},
		{"two may be out", "least-loaded", 1.5, func(c *Config) {
			c.Features = []balancer.Feature{{Kind: "limit.aimd", Set: option.Values{"start": 2, "min": 1, "max": 2, "backoff": 0.9, "timeout": time.Hour}}}
		}, requester.OverLimit},
		{"all have waited for too long", "pull", 1.5, func(c *Config) {
			c.Backlog, c.Reject, c.Discipline = balancer.Unlimited, false, "codel"
			c.CoDel = balancer.CoDel{Target: 5 * time.Millisecond, Interval: 20 * time.Millisecond}
		}, requester.WaitedTooLong},
		{"the second regulator limits", "least-loaded", 0.1, func(c *Config) { c.Regulators = []balancer.Regulator{always, rate} }, requester.Regulated + 1},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := base(10, 2000, row.load)
			c.Strategies, c.Queue, c.Backlog, c.Reject, c.Log = []string{row.strategy}, 0, 0, true, true
			row.set(&c)
			r := mustRun(t, c)[0]
			rejected := 0
			for e := range r.Log.All() {
				want := requester.NoReason
				if e.Verdict == requester.Rejected {
					want = row.want
					rejected++
				}
				require.Equal(t, want, e.Reason, "request %d: %v", e.ID, e.Verdict)
			}
			assert.Greater(t, rejected, 100)
			assert.EqualValues(t, r.Requests.Rejected, rejected)
			named := slices.Contains([]requester.Reason{requester.NoWorkers, requester.Regulated + 1}, row.want)
			require.Equal(t, named, len(r.Refusals) == 1)
			if named {
				assert.EqualValues(t, rejected, r.Refusals[0].Rejected)
			}
		})
	}
}
