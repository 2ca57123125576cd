package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/requester"
)

// TestRetriesKeepASystemDownThatASpikeHasBroughtDown holds the metastable failure (Bronson, Aghayev, Charapko and Zhu 2021): ten workers with
// exponential work of 100 ms at load 0.7, attempts that give up after a second, three retries, and ten seconds of load 1.3 from 60 s on.
// Before these the system does not fail; after them it is where the spike has left it, for up to four attempts of each request are 2.8 times
// what the workers can do, and whoever serves the oldest first serves what was given up. A budget of a fifth of the requests, and of nothing
// beside it, leaves a load of 0.84 at most, in which the queues empty. Where workers skip what was given up some of the rest is in time:
// about half where queues differ in length, and a twentieth where there is one.
func TestRetriesKeepASystemDownThatASpikeHasBroughtDown(t *testing.T) {
	if testing.Short() {
		t.Skip("ten runs of 14,600 requests, with four attempts of most")
	}
	for _, row := range []struct {
		says                string
		set                 func(*Config)
		spiked, after, late [2]float64 // the least and the most of it that may succeed
	}{
		{"as many retries as wanted, and all of it served", func(c *Config) { c.Propagate = false },
			[2]float64{0, 0.6}, [2]float64{0, 0.05}, [2]float64{0, 0.05}},
		{"a budget, and all of it served", func(c *Config) { c.Propagate, c.RetryBudget = false, 0.2 },
			[2]float64{0, 0.6}, [2]float64{0, 1}, [2]float64{0.99, 1}},
		{"as many retries as wanted, and what was given up skipped", func(*Config) {},
			[2]float64{0.3, 0.9}, [2]float64{0.4, 0.8}, [2]float64{0.4, 0.8}},
		{"the same, of one queue, whose head has waited for nearly a second", func(c *Config) { c.Strategies = []string{"pull"} },
			[2]float64{0.1, 0.9}, [2]float64{0, 0.2}, [2]float64{0, 0.2}},
		{"a budget, and what was given up skipped", func(c *Config) { c.RetryBudget = 0.2 },
			[2]float64{0.3, 0.9}, [2]float64{0.9, 1}, [2]float64{0.99, 1}},
	} {
		for seed := range uint64(2) {
			c := spiked(seed + 1)
			row.set(&c)
			shares := successFrom(t, c, 0, 60*time.Second, 70*time.Second, 130*time.Second, 200*time.Second)
			assert.Greater(t, shares[0], 0.999, "%s, seed %d: before the spike", row.says, c.Seed)
			for i, bounds := range [][2]float64{row.spiked, row.after, row.late} {
				assert.GreaterOrEqual(t, shares[1+i], bounds[0], "%s, seed %d: part %d", row.says, c.Seed, 1+i)
				assert.LessOrEqual(t, shares[1+i], bounds[1], "%s, seed %d: part %d", row.says, c.Seed, 1+i)
			}
			t.Logf("%s, seed %d: %.3f", row.says, c.Seed, shares)
		}
	}
}

// spiked is a run of 200 s at a mean load of 0.73, which is 0.7 but for ten seconds of 1.3.
func spiked(seed uint64) Config {
	c := base(10, 14_600, 0.73)
	c.Strategies, c.Seed = []string{"least-loaded"}, seed
	c.Work, c.Rate = requester.Exponential(100*time.Millisecond), c.Rate/10
	c.Shape = requester.Shape{Kind: "spike", Set: option.Values{"factor": 1.3 / 0.73, "at": 60 * time.Second, "for": 10 * time.Second}}
	c.Timeout, c.Retries = time.Second, 3
	c.Backoff = requester.Backoff{Kind: requester.FullJitter, Base: 10 * time.Millisecond, Cap: time.Second}
	c.Log = true
	return c
}

// successFrom are the shares that succeeded of the requests that began from each instant to the next.
func successFrom(t *testing.T, c Config, edges ...time.Duration) []float64 {
	t.Helper()
	issued, succeeded := make([]int, len(edges)-1), make([]int, len(edges)-1)
	for e := range mustRun(t, c)[0].Log.All() {
		part := 0
		for part+1 < len(issued) && e.Start >= edges[part+1] {
			part++
		}
		issued[part]++
		if e.Verdict == requester.Succeeded {
			succeeded[part]++
		}
	}
	shares := make([]float64, len(issued))
	for i := range shares {
		shares[i] = float64(succeeded[i]) / float64(issued[i])
	}
	return shares
}
