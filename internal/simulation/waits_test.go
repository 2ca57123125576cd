package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"gonum.org/v1/gonum/stat"

	"waza/internal/theory"
)

// A waiting is a queue of which theory knows the mean wait, whatever the unit of time and the number of those who ask.
type waiting struct {
	name    string
	kind    string // of work
	workers int
	load    float64
	wait    float64 // in mean services
}

// waitings are what the sweep knows. One worker waits as Pollaczek and Khinchine say, several that pull as Erlang does.
// The more they are, the higher a load it takes to wait at all.
var waitings = []waiting{
	{"M/M/1", "exponential", 1, 0.8, theory.MMcWait(1, 0.8, 1)},
	{"M/D/1", "constant", 1, 0.8, theory.MD1Wait(0.8, 1)},
	{"M/G/1", "bimodal", 1, 0.8, theory.MG1Wait(0.8/0.975, theory.Bimodal(0.5, 10, 0.05)) / 0.975},
	{"M/M/10", "exponential", 10, 0.8, theory.MMcWait(10, 0.8, 1)},
	{"M/M/100", "exponential", 100, 0.95, theory.MMcWait(100, 0.95, 1)},
	{"M/M/10000", "exponential", 10_000, 0.99, theory.MMcWait(10_000, 0.99, 1)},
}

// TestWaitsAreThoseOfTheoryAtEveryScale plays each queue at both ends of the scale and in between, with one requester up to 100,000: the mean
// over seeds is within four of its standard errors, as in TestTheory. The usual form has fewer seeds and some of the scales.
func TestWaitsAreThoseOfTheoryAtEveryScale(t *testing.T) {
	if testing.Short() {
		t.Skip("more than a million requests")
	}
	for _, queue := range waitings {
		for _, mean := range []time.Duration{time.Microsecond, 10 * time.Millisecond, time.Hour} {
			for _, requesters := range []int{1, 100, 10_000, 100_000} {
				if queue.isPlayed(mean, requesters) {
					queue.check(t, mean, requesters)
				}
			}
		}
	}
}

func (q waiting) isPlayed(mean time.Duration, requesters int) bool {
	shortest := mean == time.Microsecond
	switch {
	case q.workers == 10_000:
		return *long && shortest && requesters == 100_000
	case *long, q.name == "M/M/1" && shortest && requesters == 100:
		return true
	case mean == 10*time.Millisecond: // which is that of TestTheory
		return false
	}
	return requesters == 100 && q.workers < 100 && (shortest || q.name == "M/M/1") || q.name == "M/M/1" && shortest && requesters == 10_000
}

func (q waiting) check(t *testing.T, mean time.Duration, requesters int) {
	c := base(q.workers, max(20_000, min(1000*q.workers, 1_000_000), requesters), q.load)
	c.Strategies, c.Requesters, c.Work = []string{"pull"}, requesters, kindsOfWork[q.kind](mean)
	service := c.Work.Mean().Seconds()
	c.Rate = q.load * float64(q.workers) / service
	seeds := 8
	if *long {
		seeds = 20
	}
	var waits []float64
	for _, r := range overSeeds(t, c, seeds) {
		waits = append(waits, *r.WaitSeconds.Mean/service)
	}
	measured, deviation := stat.MeanStdDev(waits, nil)
	standardError := stat.StdErr(deviation, float64(seeds))
	t.Logf("%s, %v, %d requesters: theory %.4f services, measured %.4f, standard error %.4f (%.1f %%)",
		q.name, mean, requesters, q.wait, measured, standardError, 100*standardError/q.wait)
	assert.InDelta(t, q.wait, measured, 4*standardError, "%s, %v, %d requesters", q.name, mean, requesters)
	most := 0.1
	if q.workers == 10_000 {
		most = 0.2 // a million requests are no more than a hundred services of each worker
	}
	assert.Less(t, standardError, most*q.wait, "%s, %v, %d requesters", q.name, mean, requesters)
}
