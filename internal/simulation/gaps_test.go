package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// spaced are arrivals of which many come at one instant.
var spaced = []condition{
	{"gaps of which half are nothing, priorities that take turns, and retries", func(c *Config) {
		c.Arrivals, c.Gap = Gaps, requester.Bimodal(0, time.Duration(2e9/c.Rate), 0.5)
		c.Mix.Priorities, c.Mix.Cycle, c.Discipline = []float64{0.5, 0.5}, true, "priority"
		c.Timeout, c.Retries = 40*time.Millisecond, 1
		c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
	}},
}

// Gaps that are all the same are constant arrivals: the runs are the same, byte for byte.
func TestConstantGapsAreConstantArrivals(t *testing.T) {
	one := base(10, 2000, 0.8)
	one.Strategies, one.Arrivals = []string{"least-loaded", "pull", "power-of-two"}, Constant
	other := one
	other.Arrivals, other.Gap = Gaps, requester.Constant(1250*time.Microsecond)
	assert.Equal(t, bytesOf(t, one), bytesOf(t, other))
}

// Exponential gaps are a Poisson process, of which the number of arrivals is given and not the time: M/M/1 at 0.5 has a mean latency
// of two mean works, 20 ms. Of 200,000 requests it has a standard deviation of 0.9 % (Whitt, 1989), and of 60,000 1.6 %, so over four seeds the
// standard error is 0.45 or 0.8 %, of which four and a half are allowed: a true claim fails once in 100,000 tries. Constant gaps are D/M/1: σ = e^(−2(1−σ)) is 0.20319, and the mean 10 ms/(1−σ) = 12.550 ms.
func TestGapsAreThoseOfTheory(t *testing.T) {
	if testing.Short() {
		t.Skip("480,000 requests")
	}
	for _, row := range []struct {
		gap  requester.Distribution
		mean float64
	}{{requester.Exponential(20 * time.Millisecond), 20}, {requester.Constant(20 * time.Millisecond), 12.550}} {
		c, allowed := base(1, 60_000, 0.5), 0.036
		if *long {
			c.Requests, allowed = 200_000, 0.02
		}
		c.Strategies, c.Arrivals, c.Gap = []string{"pull"}, Gaps, row.gap
		sum := 0.0
		for _, r := range overSeeds(t, c, 4) {
			sum += meanLatency(r)
		}
		assert.InEpsilon(t, row.mean, sum/4, allowed)
	}
}

// The window ends with the gaps, wherever that is in this run: a tenth of the time is warm-up, and all requests begin before its end.
func TestTheWindowIsThatOfTheGaps(t *testing.T) {
	c := base(4, 50, 1)
	c.Strategies, c.Arrivals, c.Gap = []string{"pull"}, Gaps, requester.Uniform(10*time.Millisecond, 60*time.Millisecond)
	c.Rate, c.Work = 1/0.035, requester.Constant(time.Second)
	gaps := requester.NewGaps(c.Gap, 50, c.Seed, gapRole.stream())
	assert.NotEqual(t, c.length(), gaps.End())
	r := mustRun(t, c)[0]
	assert.InDelta(t, 0.9*gaps.End().Seconds(), r.WindowSeconds, 1e-6)
}
