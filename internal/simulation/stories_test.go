package simulation

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/report"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A tale is what a fault does under a strategy: a share of the requests, or a mean latency in seconds, over some seeds that all have in common.
type tale struct {
	says        string
	strategy    string
	set         func(*Config)
	figure      func(report.Result) float64
	least, most float64
}

// ofWorker is a fault that one worker always has, or several of the lowest ids.
func ofWorker(kind string, last int, set option.Values) worker.Fault {
	return worker.Fault{Kind: kind, Workers: worker.Selection{Last: last}, Zone: worker.AnyZone, Set: set}
}

func lostShare(r report.Result) float64   { return 1 - *r.SuccessShare }
func meanSeconds(r report.Result) float64 { return *r.LatencySeconds.Mean }

func failsFast(c *Config) {
	c.Faults = []worker.Fault{ofWorker("fail-fast", 0, option.Values{"after": time.Millisecond})}
}

func isSlow(c *Config) {
	c.Queue, c.Faults = 100_000, []worker.Fault{ofWorker("slow", 0, option.Values{"factor": 5.0})}
}

// twoAreSlow of four: each that is not can do ten a second, each that is, one. At a load of 0.4 16 requests come.
func twoAreSlow(c *Config) {
	c.Workers, c.Speeds, c.Rate = 4, []float64{1, 1, 1, 1}, 16
	c.Queue, c.Faults = 100_000, []worker.Fault{ofWorker("slow", 1, option.Values{"factor": 10.0})}
}

func swallows(c *Config) {
	c.Deadline, c.Faults = time.Second, []worker.Fault{ofWorker("blackhole", 0, nil)}
}

func failsOften(attempts int) func(*Config) {
	return func(c *Config) {
		c.Retries, c.Backoff = attempts-1, requester.Backoff{Kind: requester.NoBackoff}
		c.Faults = []worker.Fault{ofWorker("flaky", 9, option.Values{"p": 0.3})}
	}
}

// tales are of ten workers at load 0.7 with exponential work of 100 ms.
var tales = []tale{
	{"who fails in a millisecond looks idle, and attracts load", "least-loaded", failsFast, lostShare, 0.15, 0.22},
	{"more of it where ties are drawn", "least-loaded", func(c *Config) {
		failsFast(c)
		c.Parameters.Set["tie"] = strategy.TieRandom
	}, lostShare, 0.22, 1},
	{"nothing attracts who counts", "round-robin", failsFast, lostShare, 0.09, 0.11},
	{"failures repel", "balanced", failsFast, lostShare, 0, 0.01},
	{"and so does their penalty", "peak-ewma-penalty", failsFast, lostShare, 0, 0.03},
	{"a slow worker gets its turn, and more than it can do", "round-robin", isSlow, growth, 1, math.Inf(1)},
	{"who counts what is pending gives it less", "least-loaded", isSlow, growth, 0, 0},
	{"two choices are not enough where half are slow", "power-of-two", twoAreSlow, meanSeconds, 19, math.Inf(1)},
	{"four are", "power-of-two", func(c *Config) {
		twoAreSlow(c)
		c.Parameters.Set["choices"] = 4
	}, meanSeconds, 0.3, 0.7},
	{"a hole takes its turn", "round-robin", swallows, lostShare, 0.09, 0.2},
	{"and fills up for who counts what is pending", "least-loaded", swallows, lostShare, 0, 0.09},
	{"one attempt", "round-robin", failsOften(1), lostShare, 0.28, 0.32},
	{"two attempts", "round-robin", failsOften(2), lostShare, 0.08, 0.10},
	{"three attempts", "round-robin", failsOften(3), lostShare, 0.022, 0.032},
}

// growth is 1 for a run in which the number in the system grows without end.
func growth(r report.Result) float64 {
	if r.Saturated {
		return 1
	}
	return 0
}

// TestWhatAFaultDoesUnderAStrategy plays each tale with the same seeds. Over three seeds of 30,000 requests the least-loaded lost 17.9 % to a
// worker that fails fast, with a standard deviation of 0.25 %, 25.6 % (0.4 %) with drawn ties, balanced 0.02 % and the penalty 0.4 %; a black
// hole took 10.5 % of what goes in turn, for requests whose deadline is a second, and 2.6 % of what goes by what is pending. Two choices among
// two slow of four wait for a minute, four for 0.47 s (0.014 s). Every bound is more than four standard errors of two seeds away.
func TestWhatAFaultDoesUnderAStrategy(t *testing.T) {
	if testing.Short() {
		t.Skip("half a million requests")
	}
	for _, tale := range tales {
		t.Run(tale.says, func(t *testing.T) {
			t.Parallel()
			seeds, requests := uint64(2), 20_000
			if *long {
				seeds, requests = 10, 100_000
			}
			mean := 0.0
			for seed := range seeds {
				c := base(10, requests, 0.7)
				c.Work, c.Rate, c.Strategies, c.Seed = requester.Exponential(100*time.Millisecond), 70, []string{tale.strategy}, seed+1
				tale.set(&c)
				r := mustRun(t, c)[0]
				figure := tale.figure(r)
				t.Logf("seed %d: %.5g", seed+1, figure)
				mean += figure / float64(seeds)
			}
			assert.GreaterOrEqual(t, mean, tale.least)
			assert.LessOrEqual(t, mean, tale.most)
		})
	}
}
