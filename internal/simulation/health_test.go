package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/balancer"
	"waza/internal/option"
	"waza/report"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// trouble is a run of ten workers with exponential work of 100 ms at that load, in which some of them have a fault.
func trouble(load float64, f worker.Fault, seed uint64) Config {
	c := base(10, 8000, load)
	c.Work, c.Rate, c.Seed = requester.Exponential(100*time.Millisecond), c.Rate/10, seed
	f.Zone = worker.AnyZone
	c.Faults, c.Panic = []worker.Fault{f}, 0.5
	return c
}

// outliers are ejected as by default, but for what is set.
func outliers(set option.Values) []balancer.Feature {
	return []balancer.Feature{{Kind: "outlier", Set: set}}
}

func third(kind string, set option.Values) worker.Fault {
	return worker.Fault{Kind: kind, Workers: worker.Selection{First: 3, Last: 3}, Set: set}
}

// notSucceeded is the share of the requests of the whole run that did not, over some seeds.
func notSucceeded(t *testing.T, run func(seed uint64) Config) map[string]float64 {
	t.Helper()
	const seeds = 3
	shares := map[string]float64{}
	for seed := range uint64(seeds) {
		for _, r := range mustRun(t, run(seed+1)) {
			shares[r.Strategy] += float64(r.Requests.Issued-r.Requests.Succeeded) / float64(r.Requests.Issued) / seeds
		}
	}
	return shares
}

// A worker that fails in a millisecond is always free, and so attracts whoever looks for one that is: more than its tenth of the requests.
// Who counts failures keeps clear of it, and with outlier detection everybody does.
func TestAWorkerThatFailsFast(t *testing.T) {
	if testing.Short() {
		t.Skip("three seeds of each strategy")
	}
	names := []string{"least-loaded", "round-robin", "balanced", "peak-ewma-penalty"}
	fails := third("fail-fast", option.Values{})
	shares := notSucceeded(t, func(seed uint64) Config {
		c := trouble(0.7, fails, seed)
		c.Strategies = names
		return c
	})
	assert.Greater(t, shares["least-loaded"], 0.15)
	assert.InDelta(t, 0.1, shares["round-robin"], 0.002)
	assert.Less(t, shares["balanced"], 0.01)
	assert.Less(t, shares["peak-ewma-penalty"], 0.03)
	random := notSucceeded(t, func(seed uint64) Config {
		c := trouble(0.7, fails, seed)
		c.Strategies = names[:1]
		c.Parameters.Set["tie"] = strategy.TieRandom
		return c
	})
	assert.Greater(t, random["least-loaded"], 0.22)

	for name, share := range notSucceeded(t, func(seed uint64) Config {
		c := trouble(0.7, fails, seed)
		c.Features = outliers(nil)
		c.Parameters.Set["subset-size"] = 10 // five are too few for the load, with or without the fault
		return c
	}) {
		assert.Less(t, share, 0.02, name)
	}
}

// Where all workers fail now and then, to eject as many as do so five times in a row takes the capacity away with which the others were
// served: it is much worse than to do nothing. Panic gives it back.
func TestToEjectTooManyIsWorseThanNotTo(t *testing.T) {
	if testing.Short() {
		t.Skip("several seeds of 8,000 requests")
	}
	flaky := worker.Fault{Kind: "flaky", Workers: worker.Selection{Share: 1}, Set: option.Values{"p": 0.4}}
	run := func(panics float64, features []balancer.Feature) float64 {
		return notSucceeded(t, func(seed uint64) Config {
			c := trouble(0.7, flaky, seed)
			c.Strategies, c.Deadline, c.Panic, c.Features = []string{"least-loaded"}, 2*time.Second, panics, features
			return c
		})["least-loaded"]
	}
	nothing := run(0.5, nil)
	assert.InDelta(t, 0.4, nothing, 0.01)
	assert.Greater(t, run(0, outliers(option.Values{"share": 1.0})), 0.6)
	assert.InDelta(t, nothing, run(0.5, outliers(option.Values{"share": 1.0})), 0.1, "the default panic repairs it")
	assert.InDelta(t, nothing, run(0, outliers(nil)), 0.01, "and so does the default share")
}

// Whatever a strategy knows of its workers, who is ejected gets nothing but what proves that it still fails, and dispatch goes on for all
// the others: also where each request waits for a few workers only.
func TestStrategiesPassTheEjectedBy(t *testing.T) {
	seeds := uint64(2)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		c := trouble(0.4, third("flaky", option.Values{"p": 1.0}), seed)
		c.Queue = 2 // they are full now and then, and requests wait
		c.Mix.Zones, c.Mix.Priorities = []float64{0.5, 0.5}, []float64{0.5, 0.5}
		c.Parameters.Delays = [][]time.Duration{{0, 0}, {0, 0}}
		c.Tiers = Split(10, c.Mix.Priorities)
		c.Parameters.Set["subset-size"] = 10
		c.Features = outliers(nil)
		for _, r := range mustRun(t, c) {
			if r.Strategy != "balanced" { // it keeps clear of who fails before that is five times in a row
				assert.Positive(t, r.Ejections, r.Strategy)
			}
			assert.Less(t, r.Workers[3].Requests, report.Count(40), "%s: five for each time that it is back", r.Strategy)
			if r.Strategy != "most-loaded" {
				assert.Less(t, *r.LatencySeconds.P99, 5.0, "%s: nobody waits for it", r.Strategy)
			}
		}
	}
}

// Requesters whose only worker is ejected wait until it is back, and the others do not wait with them.
func TestAShardThatIsEjectedWaitsAlone(t *testing.T) {
	c := trouble(0.3, third("flaky", option.Values{"p": 1.0}), 1)
	c.Strategies, c.Panic, c.Features = []string{"shuffle-shard"}, 0, outliers(nil)
	c.Parameters.Set["shard-size"] = 1
	c.Log = true
	r := mustRun(t, c)[0]
	waited := func(from, to float64) int {
		n := 0
		for e := range r.Log.All() {
			if waits := (e.Began - e.Start).Seconds(); waits >= from && waits < to {
				n++
			}
		}
		return n
	}
	assert.Greater(t, waited(10, 1000), 100, "those of its shard wait for the end of the ejection")
	assert.Greater(t, waited(0, 3), 8000*8/10, "most of the others are served at once, or nearly so")
}

// Where nothing fails a run with all features is the run without.
func TestHealthCostsNothingThatIsNotAskedFor(t *testing.T) {
	c := trouble(0.5, third("slow", option.Values{"factor": 2.0}), 1)
	c.Strategies = []string{"least-loaded", "weighted-random"}
	before := bytesOf(t, c)
	c.Features = append(outliers(nil), balancer.Feature{Kind: "breaker", Set: nil}, balancer.Feature{Kind: "slow-start", Set: option.Values{"length": time.Second}})
	assert.Equal(t, before, bytesOf(t, c), "nothing fails, so nobody is ever unfit")
}
