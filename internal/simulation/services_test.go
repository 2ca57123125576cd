package simulation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/report"
	"waza/requester"
)

// recorded is a distribution that keeps what each requester draws from it, in seconds.
type recorded struct {
	requester.Distribution
	scale float64
	draws *[][]float64 // by the number of the requester, for they are made in this order
}

func record(d requester.Distribution) recorded { return recorded{d, 1, new([][]float64)} }

func (r recorded) Times(factor float64) requester.Distribution {
	return recorded{r.Distribution.Times(factor), r.scale * factor, r.draws}
}

func (r recorded) Sampler(src rand.Source) func() time.Duration {
	draw, id := r.Distribution.Sampler(src), len(*r.draws)
	*r.draws = append(*r.draws, nil)
	return func() time.Duration {
		d := draw()
		(*r.draws)[id] = append((*r.draws)[id], d.Seconds()/r.scale)
		return d
	}
}

// of returns the work of a request, in seconds: of so many requesters, number k of requester i is request i + k·requesters.
func (r recorded) of(id, requesters int) float64 { return (*r.draws)[id%requesters][id/requesters] }

// A scene is one place in the sweep over the scales.
type scene struct {
	kind                string
	mean                time.Duration
	requesters, workers int
}

func (s scene) String() string {
	return fmt.Sprintf("%s work of %v, %d requesters, %d workers", s.kind, s.mean, s.requesters, s.workers)
}

// kindsOfWork are what the sweeps over the scales know.
var kindsOfWork = map[string]func(mean time.Duration) requester.Distribution{
	"exponential": requester.Exponential,
	"constant":    requester.Constant,
	"bimodal":     func(mean time.Duration) requester.Distribution { return requester.Bimodal(mean/2, 10*mean, 0.05) },
}

// scenes are the whole sweep in the long form of the test. Otherwise they are those of few sleepers; in the short form, of
// a hundred and fewer.
func scenes() (all []scene) {
	for _, mean := range []time.Duration{time.Microsecond, 100 * time.Microsecond, 10 * time.Millisecond, time.Second, time.Hour} {
		for _, kind := range []string{"exponential", "constant", "bimodal"} {
			for _, requesters := range []int{1, 100, 10_000, 100_000} {
				for _, workers := range []int{1, 100, 10_000} {
					all = append(all, scene{kind, mean, requesters, workers})
				}
			}
		}
	}
	return slices.DeleteFunc(all, func(s scene) bool {
		few := s.requesters*s.workers <= 100 || !testing.Short() && s.requesters*s.workers < 100_000 && s.workers <= 100
		return !few && !*long
	})
}

// Every single service is its own work over the speed of its worker, to a thousandth, of whatever kind and length and however many sleepers
// there are. Of exponential work some is shorter than all lengths that the clock minds: it is that, or off by a period of the lanes, which
// is at most a thousandth of the mean; after one of less than half a period, which cannot end before the next own instant, the next repays
// up to half a period more. The busy time of each worker is the sum of its services.
func TestEachServiceIsItsOwnWork(t *testing.T) {
	for _, s := range scenes() {
		work := record(kindsOfWork[s.kind](s.mean))
		c := base(s.workers, max(1000, s.requesters, 2*s.workers), 0.5)
		c.Strategies, c.Requesters, c.Work, c.Log = []string{"least-loaded"}, s.requesters, work, true
		capacity := 0.0
		for i := range c.Speeds {
			c.Speeds[i] = []float64{1, 0.5, 3}[i%3]
			capacity += c.Speeds[i]
		}
		c.Rate = 0.5 * capacity / work.Mean().Seconds()
		r := mustRun(t, c)[0]
		require.EqualValues(t, c.Requests, r.Requests.Succeeded, s)
		t.Log(s) // for who waits for the long form
		requireServices(t, s, c, r, work)
		requireBusy(t, s, c, r, work)
		r.Log.Close()
	}
}

// nanosecond is what the instants of the log are rounded to.
const nanosecond = 1e-9

// period is that of the lanes, in simulated seconds.
func period(c Config) float64 { return c.LanePeriod().Seconds() / c.Scale() }

func requireServices(t *testing.T, s scene, c Config, r report.Result, work recorded) {
	allowed := nanosecond
	if s.kind == "exponential" {
		require.LessOrEqual(t, period(c), 1e-3*work.Mean().Seconds(), s)
		allowed += 2 * period(c)
	}
	off := 0.0
	for e := range r.Log.All() {
		takes := work.of(e.ID, c.Requesters) / c.Speeds[e.Worker]
		off = max(off, math.Abs((e.Finished-e.Began).Seconds()-takes)-1e-3*takes)
	}
	assert.LessOrEqual(t, off, allowed, "%v: a service is off by so many seconds more than a thousandth", s)
}

// requireBusy compares utilisations with the sums of what the works over the speeds have of the window. That of one worker may be a
// single service, cut by the window.
func requireBusy(t *testing.T, s scene, c Config, r report.Result, work recorded) {
	to := float64(c.Requests) / c.Rate
	from := c.Warmup * to
	busy, sum := make([]float64, c.Workers), 0.0
	for e := range r.Log.All() {
		began, takes := e.Began.Seconds(), work.of(e.ID, c.Requesters)/c.Speeds[e.Worker]
		inside := max(0, min(began+takes, to)-max(began, from))
		busy[e.Worker] += inside
		sum += inside
	}
	assert.InEpsilon(t, sum/float64(c.Workers)/(to-from), *r.Utilization, 1e-3, s)
	off := 0.0
	for i, w := range r.Workers {
		off = max(off, math.Abs(*w.Utilization*(to-from)-busy[i])-1e-3*busy[i])
	}
	assert.LessOrEqual(t, off, 2*(period(c)+nanosecond), "%v: the busy time of a worker is off by so many seconds more than a thousandth", s)
}
