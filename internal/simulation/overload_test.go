package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/balancer"
	"waza/internal/option"
	"waza/requester"
)

// TestALimitKeepsAnOverloadedSystemUseful asks for one and a half times what ten workers can do, of which nobody waits longer than 1.4 s
// and no worker is told. Queues of 1,024 fill, all that is served is too late, and goodput, as a share of what the workers can do, is nothing.
// With a limit what comes too much is rejected at once. Over ten seeds goodput was 80.1 % with AIMD, with a standard deviation of 1.6 %, and
// 93.1 % with the gradient, with one of 0.3 %: the mean of three seeds is more than four standard errors above either bound.
func TestALimitKeepsAnOverloadedSystemUseful(t *testing.T) {
	if testing.Short() {
		t.Skip("450,000 requests")
	}
	const capacity = 100.0 // requests per second
	for _, row := range []struct {
		says        string
		features    []balancer.Feature
		above, most float64
	}{
		{"without a limit", nil, 0, 0.05},
		{"with one that adds and multiplies", []balancer.Feature{
			{Kind: "limit.aimd", Set: option.Values{"timeout": 500 * time.Millisecond}}}, 0.75, 1},
		{"with one that follows the latency", []balancer.Feature{{Kind: "limit.gradient"}}, 0.88, 1},
	} {
		const seeds = 3
		goodput := 0.0
		for seed := range uint64(seeds) {
			c := base(10, 50_000, 1.5)
			c.Strategies, c.Seed, c.Features = []string{"least-loaded"}, seed+1, row.features
			c.Work, c.Rate = requester.Exponential(100*time.Millisecond), 1.5*capacity
			c.Deadline, c.Propagate, c.Backlog, c.Reject = 1400*time.Millisecond, false, 0, true
			r := mustRun(t, c)[0]
			goodput += *r.Goodput / capacity / seeds
		}
		assert.GreaterOrEqual(t, goodput, row.above, row.says)
		assert.LessOrEqual(t, goodput, row.most, row.says)
	}
}

// What is held back, dropped or aged follows lengths, too: in units of these, and as shares, its figures are the same at every scale, to what
// the lanes move. Nothing is drawn here: which request is dropped decides about all after it, and drawn work would differ by more.
func TestWhatIsHeldBackIsSoAtEveryScale(t *testing.T) {
	for _, row := range []struct {
		says string
		set  func(*Config, time.Duration)
	}{
		{"a limit", func(c *Config, unit time.Duration) {
			c.Features = []balancer.Feature{{Kind: "limit.aimd", Set: option.Values{"timeout": 50 * unit}}}
			c.Backlog, c.Reject = 3, true
		}},
		{"codel", func(c *Config, unit time.Duration) {
			c.Queue, c.Discipline, c.CoDel = 0, "codel", balancer.CoDel{Target: 5 * unit, Interval: 100 * unit}
		}},
		{"ageing", func(c *Config, unit time.Duration) {
			c.Queue, c.Discipline, c.Ageing, c.Mix.Priorities = 0, "priority", 20*unit, []float64{0.5, 0.5}
			c.Backlog, c.Reject, c.Mix.ByPriority = 20, true, true
		}},
	} {
		var mean, share float64
		for _, unit := range []time.Duration{time.Millisecond, time.Microsecond, 100 * time.Second} {
			c := base(10, 10_000, 1.2)
			c.Strategies, c.Work, c.Arrivals, c.Rate = []string{"least-loaded"}, requester.Constant(10*unit), Constant, 1.2/unit.Seconds()
			row.set(&c, unit)
			r := mustRun(t, c)[0]
			latency := *r.LatencySeconds.Mean
			if row.says == "ageing" {
				latency = *r.Classes[0].LatencySeconds.Mean
			}
			if mean == 0 {
				mean, share = latency/unit.Seconds(), *r.SuccessShare
			}
			assert.InEpsilon(t, mean, latency/unit.Seconds(), 0.05, "%s, units of %v", row.says, unit)
			assert.InEpsilon(t, share, *r.SuccessShare, 0.02, "%s, units of %v", row.says, unit)
		}
		assert.Less(t, share, 0.95, "%s: some are rejected", row.says)
	}
}
