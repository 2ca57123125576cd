package simulation

import (
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"waza/internal/theory"
	"waza/report"
	"waza/requester"
	"waza/strategy"
)

// A system is something that queueing theory knows, as waza plays it. Times are in milliseconds.
type system struct {
	name   string
	set    func(*Config)
	claims []claim
}

var systems = []system{
	{"M/M/1 at load 0.8", oneWorker, []claim{
		{"the mean latency is S/(1−ρ)", meanLatency, theory.MM1Mean(0.8, 10)},
		{"latency is exponential, so p99 is that times ln 100", p99Latency, theory.MM1Quantile(0.99, 0.8, 10)},
	}},
	{"M/D/1 at load 0.8", func(c *Config) {
		oneWorker(c)
		c.Work = requester.Constant(10 * time.Millisecond)
	}, []claim{{"the mean wait is ρS/2(1−ρ)", meanWait, theory.MD1Wait(0.8, 10)}}},
	{"ten workers that pull, at load 0.8, are M/M/10", func(c *Config) { c.Strategies = []string{"pull"} }, []claim{
		{"the mean wait is Erlang's", meanWait, theory.MMcWait(10, 0.8, 10)},
	}},
	{"ten workers that pull behind two proxies, at load 0.8, are M/M/10 a millisecond later", func(c *Config) {
		behindProxies(c, 2)
		c.Requests /= 2
	}, []claim{
		{"the mean wait is Erlang's and the proxies' time", meanWait, theory.MMcWait(10, 0.8, 10) + 1},
	}},
	{"round-robin over ten workers, at load 0.7, is ten times E₁₀/M/1", func(c *Config) {
		c.Strategies, c.Rate = []string{"round-robin"}, 700
		c.Requests /= 2
	}, []claim{
		{"the mean latency is S/(1−σ)", meanLatency, theory.NewErlangM1(10, 0.7, 10).Mean()},
	}},
	twoChoices(0.5, 1.2673, 50_000),
	twoChoices(0.9, 2.6454, 100_000),
	{"random over ten workers, at load 0.8, is ten times M/M/1", func(c *Config) { c.Strategies = []string{"random"} }, []claim{
		{"the mean latency is S/(1−ρ)", meanLatency, theory.MM1Mean(0.8, 10)},
		{"and p99 that times ln 100", p99Latency, theory.MM1Quantile(0.99, 0.8, 10)},
	}},
}

// more are systems of which there is one at a higher and one at a lower load, or nearly so, in the table above. They are played in the long form.
var more = []system{
	{"random over ten workers, at load 0.7, is ten times M/M/1", func(c *Config) { c.Strategies, c.Rate = []string{"random"}, 700 }, []claim{
		{"the mean latency is S/(1−ρ)", meanLatency, theory.MM1Mean(0.7, 10)},
	}},
	twoChoices(0.7, 1.6202, 50_000),
	twoChoices(0.8, 1.9585, 50_000),
	twoChoices(0.95, 3.4610, 200_000),
}

// twoChoices is power-of-two over 100 workers, whose mean latency is known for just so many (Mitzenmacher, 2001, has the
// limit for infinitely many, Σ ρ^(2^i − 2), up to 2.3 % below).
func twoChoices(load, works float64, requests int) system {
	return system{fmt.Sprintf("power-of-two over 100 workers at load %g", load), func(c *Config) {
		c.Strategies, c.Workers, c.Speeds = []string{"power-of-two"}, 100, slices.Repeat([]float64{1}, 100)
		c.Rate, c.Requests = load*100/0.01, requests
	}, []claim{{"the mean latency in units of work", meanLatency, 10 * works}}}
}

// A claim is what theory says of one figure of a system.
type claim struct {
	says   string
	figure func(report.Result) float64
	theory float64
}

func oneWorker(c *Config) {
	c.Workers, c.Speeds, c.Rate = 1, []float64{1}, 80
	c.Strategies, c.Queue = []string{"least-loaded"}, 100_000
}

func meanLatency(r report.Result) float64 { return 1e3 * *r.LatencySeconds.Mean }
func p99Latency(r report.Result) float64  { return 1e3 * *r.LatencySeconds.P99 }
func meanWait(r report.Result) float64    { return 1e3 * *r.WaitSeconds.Mean }

// long asks for the long form of a test, whose result stands in this folder's README.
var long = flag.Bool("long", false, "play the long form of what stands in the README")

// TestTheory compares means over 20 seeds of 30,000 requests with theory; in the long form of 200,000. Each seed is one
// independent draw of the figure, so the standard error is that of the mean of 20, and the mean has to be within four of it:
// a true claim fails once in 1,300 tries (Student's t with 19 degrees of freedom). The error has to be below 3 % of theory,
// or 1 % in the long form; it goes with the root of the number of requests.
func TestTheory(t *testing.T) {
	require.InDelta(t, 2.0459, theory.MMcWait(10, 0.8, 10), 5e-5)
	if testing.Short() {
		t.Skip("4 million requests")
	}
	all := systems
	if *long {
		all = slices.Concat(systems, more)
	}
	for _, system := range all {
		t.Run(system.name, func(t *testing.T) {
			c := base(10, 200_000, 0.8)
			system.set(&c)
			if !*long {
				c.Requests = c.Requests * 3 / 20
			}
			runs := overSeeds(t, c, 20)
			for _, claim := range system.claims {
				claim.check(t, runs)
			}
		})
	}
}

func (c claim) check(t *testing.T, runs []report.Result) {
	var figures []float64
	for _, r := range runs {
		figures = append(figures, c.figure(r))
	}
	mean, deviation := stat.MeanStdDev(figures, nil)
	standardError := stat.StdErr(deviation, float64(len(figures)))
	t.Logf("%s: theory %.4f ms, measured %.4f, standard error %.4f (%.2f %%)",
		c.says, c.theory, mean, standardError, 100*standardError/c.theory)
	most := 0.03
	if *long {
		most = 0.01
	}
	assert.Less(t, standardError, most*c.theory, c.says)
	assert.InDelta(t, c.theory, mean, 4*standardError, c.says)
}

// overSeeds runs the configuration with seeds 1 to n, two at a time.
func overSeeds(t *testing.T, c Config, n int) []report.Result {
	results := make(chan []report.Result)
	for half := range 2 {
		go func() {
			var mine []report.Result
			for seed := half; seed < n; seed += 2 {
				c := c
				c.Seed = uint64(seed + 1)
				mine = append(mine, mustRun(t, c)...)
			}
			results <- mine
		}()
	}
	return append(<-results, <-results...)
}

// TestOneAtATimeIsSpreadEvenly holds that least-loaded does not send everything to worker 0 when all are idle.
// Under random ties each of 10 workers expects 1,000 of 10,000 with a standard deviation of 30: four of them are 120.
func TestOneAtATimeIsSpreadEvenly(t *testing.T) {
	for _, row := range []struct {
		says string
		tie  strategy.Tie
		off  float64
	}{
		{"in turn: exactly evenly", strategy.TieRoundRobin, 0},
		{"at random: evenly in the long run", strategy.TieRandom, 120},
	} {
		c := base(10, 10_000, 0.8)
		c.Strategies, c.Parameters.Set["tie"], c.Warmup = []string{"least-loaded"}, row.tie, 0
		c.Arrivals, c.Rate, c.Requesters, c.Think = Closed, 0, 1, requester.Constant(time.Millisecond)
		for _, w := range mustRun(t, c)[0].Workers {
			assert.InDelta(t, 1000, float64(w.Requests), row.off, row.says)
		}
	}
}
