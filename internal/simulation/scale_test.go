package simulation

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
)

// With the defaults the clock of a run is that of people, whatever is compared. It goes faster where lengths are short for so many sleepers.
func TestTheScaleOfTheClock(t *testing.T) {
	for _, row := range []struct {
		says  string
		set   func(*Config)
		scale float64
	}{
		{"as --help's defaults have it", func(*Config) {}, 1},
		{"period 256 ns, service 10 us", func(c *Config) { c.Workers, c.Work = 50, requester.Constant(10*time.Microsecond) }, 32},
		{"work of 1 us in one of ten requests", func(c *Config) {
			c.Work = requester.Bimodal(time.Microsecond, 100*time.Millisecond, 0.9)
		}, 128},
		{"lognormal work with a median of 100 us", func(c *Config) { c.Work = requester.Lognormal(10*time.Millisecond, 100) }, 2},
		{"Pareto's, which begins at 67 us", func(c *Config) {
			work, err := requester.BoundedPareto(200*time.Microsecond, 1.5, 100*time.Second)
			require.NoError(t, err)
			c.Work = work
		}, 2},
		{"a timeout of 1 us", func(c *Config) { c.Timeout = time.Microsecond }, 128},
		{"one requester asks every 10 us", func(c *Config) { c.Rate = 1e5 * float64(c.Requesters) }, 16},
		{"one requester asks every 125 us, for a while", func(c *Config) {
			c.Shape = shaped(t, "spike", option.Values{"factor": 1000.0, "at": time.Second, "for": 1200 * time.Microsecond})
		}, 2},
		{"a pause of 1 us", func(c *Config) {
			c.Shape = shaped(t, "bursty", option.Values{"factor": 1.0, "on": 100 * time.Microsecond, "off": time.Microsecond})
		}, 128},
		{"on the wall clock there are no lanes", func(c *Config) { c.WallClock, c.Timeout = true, time.Microsecond }, 1},
	} {
		c := base(10, 1000, 0.8)
		row.set(&c)
		assert.Equal(t, row.scale, c.Scale(), row.says)
		if scaled := c.scaled(); !c.WallClock {
			assert.LessOrEqual(t, finest*float64(c.LanePeriod()), scaled.Shortest(), row.says)
		}
	}
}

// A million times faster is a million times faster: whatever the unit of the lengths, the figures of a run are the same in that unit, to
// what the lanes move.
func TestFiguresHoldAtEveryScale(t *testing.T) {
	if testing.Short() {
		t.Skip("plays for seconds")
	}
	for _, strategy := range []string{"least-loaded", "peak-ewma", "balanced", "prequal"} {
		var want float64
		for _, unit := range []time.Duration{time.Microsecond, time.Millisecond, time.Second, 100 * time.Second} {
			c := base(10, 4000, 0.8)
			c.Strategies = []string{strategy}
			c.Work = requester.Exponential(10 * unit)
			c.Rate = 0.8 * 10 / (10 * unit).Seconds()
			for name, length := range map[string]float64{"ewma-decay": 1000, "probe-age": 100, "probe-delay": 0.5} {
				c.Parameters.Set[name] = time.Duration(length * float64(unit))
			}
			r := mustRun(t, c)[0]
			require.NotNil(t, r.LatencySeconds.Mean)
			mean := *r.LatencySeconds.Mean / unit.Seconds()
			if want == 0 {
				want = mean
			}
			assert.InEpsilon(t, want, mean, 0.05, "%s, work of %v", strategy, 10*unit)
			assert.InEpsilon(t, 10, *r.ServiceSeconds.Mean/unit.Seconds(), 0.06, "%s: four standard errors of 4,000 services are 6 %%", strategy)
		}
	}
}

// Services of constant work are that work, however many workers and requesters there are. Where each worker has one at most, nothing makes good
// what the lanes of the first 2,000 of 100,000 requesters and of workers are apart.
func TestAServiceIsItsWork(t *testing.T) {
	for _, row := range []struct {
		workers, requesters int
		off                 float64 // the mean
	}{{1, 100, 1e-5}, {100, 100, 1e-5}, {10_000, 100, 1e-5}, {10_000, 100_000, 1e-3}} {
		if testing.Short() && row.workers > 100 {
			continue
		}
		for _, work := range []time.Duration{time.Microsecond, 10 * time.Microsecond, time.Millisecond, time.Hour} {
			says := fmt.Sprintf("%d workers, %d requesters, work %v", row.workers, row.requesters, work)
			c := base(row.workers, 2000, 0.5)
			c.Strategies, c.Requesters, c.Work = []string{"round-robin"}, row.requesters, requester.Constant(work)
			c.Rate = 0.5 * float64(row.workers) / work.Seconds()
			r := mustRun(t, c)[0]
			assert.InEpsilon(t, work.Seconds(), *r.ServiceSeconds.Mean, row.off, says)
			for _, figure := range []*float64{r.ServiceSeconds.P50, r.ServiceSeconds.Max} {
				assert.InEpsilon(t, work.Seconds(), *figure, 1e-3, says)
			}
		}
	}
}

// Five thousand rows of one instant, of 1 ms each, of a hundred workers that pull keep each busy for 50 ms: the k-th hundred of them has
// waited for k − 1 ms, however few requesters they are of, and they last for 25.5 ms in the mean.
func TestACrowdOfRowsComesAtOnce(t *testing.T) {
	for _, requesters := range []int{1, 2, 100, 5000} {
		trace := &requester.Trace{Work: slices.Repeat([]time.Duration{time.Millisecond}, 5002)}
		for i := range trace.Work {
			trace.Arrivals = append(trace.Arrivals, time.Duration((i+4999)/5000)*time.Second) // one, the crowd, and one
		}
		c := base(100, 5002, 0.5)
		c.Strategies, c.Requesters, c.Warmup = []string{"pull"}, requesters, 0
		c.Arrivals, c.Work, c.Rate, c.Trace = Trace, nil, 5001./2, trace
		r := mustRun(t, c)[0]
		assert.InEpsilon(t, (5000*0.0255+2*0.001)/5002, *r.LatencySeconds.Mean, 1e-3, "%d requesters", requesters)
		assert.InEpsilon(t, 0.050, *r.LatencySeconds.Max, 1e-3, "%d requesters", requesters)
	}
}

// Nine rows in ten have work of 1 µs, and each tenth of 100 ms.
func TestShortRowsOfATraceAreTheirWork(t *testing.T) {
	for _, requesters := range []int{1, 100, 10_000} {
		trace := new(requester.Trace)
		for i := range 1000 {
			trace.Arrivals = append(trace.Arrivals, time.Duration(i)*12*time.Millisecond)
			trace.Work = append(trace.Work, []time.Duration{100 * time.Millisecond, time.Microsecond}[min(1, i%10)])
		}
		c := base(10, 1000, 0.5)
		c.Strategies, c.Requesters, c.Warmup = []string{"least-loaded"}, requesters, 0
		c.Arrivals, c.Work, c.Rate, c.Trace = Trace, nil, 1/0.012, trace
		r := mustRun(t, c)[0]
		assert.InEpsilon(t, 1e-6, *r.ServiceSeconds.P50, 1e-3, "%d requesters", requesters)
		assert.InEpsilon(t, 0.0100009, *r.ServiceSeconds.Mean, 1e-3, "%d requesters", requesters)
	}
}
