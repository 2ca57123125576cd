package scenario_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"waza/internal/scenario"
	"waza/report"
)

// A claim is a sentence of a scenario's "what to look for": a figure of one run, or its ratio to that of another run with the same
// arrivals and the same work, lies within bounds.
type claim struct {
	scenario string
	says     string
	figure   figure
	of, than run // than nothing: the figure itself
	above    float64
	below    float64 // 0: no bound
}

// A run is a strategy in the scenario, with flags beside it. Of several strategies the last is meant: the others are those that heed a flag of
// the scenario which means nothing to the last alone.
type run struct{ strategies, beside string }

type figure func(report.Result) float64

// claims are those of all families, each of which has a file of its own for them. Each scenario has at least one.
var claims = slices.Concat(loadClaims, workersClaims, failuresClaims, knowledgeClaims, qpoolClaims, brokerClaims, streamsClaims, adaptiveClaims, uploadsClaims)

// The figures, of a run that has them.
func mean(r report.Result) float64        { return *r.LatencySeconds.Mean }
func median(r report.Result) float64      { return *r.LatencySeconds.P50 }
func p99(r report.Result) float64         { return *r.LatencySeconds.P99 }
func longest(r report.Result) float64     { return *r.LatencySeconds.Max }
func success(r report.Result) float64     { return *r.SuccessShare }
func failures(r report.Result) float64    { return 1 - *r.SuccessShare }
func goodput(r report.Result) float64     { return *r.Goodput }
func attempts(r report.Result) float64    { return *r.AttemptsPerRequest }
func utilisation(r report.Result) float64 { return *r.Utilization }
func started(r report.Result) float64     { return float64(r.Pool.Started) }
func busyZone(r report.Result) float64    { return *r.Classes[0].LatencySeconds.P99 }

// over is the figure as a multiple of what theory says.
func over(f figure, of float64) figure {
	return func(r report.Result) float64 { return f(r) / of }
}

// seeds is over how many seeds a claim is held. It holds if its mean, four standard errors towards the bound, is within the bound: a figure
// that lies on the bound would pass once in a thousand times or so.
//
// Each claim lies more than that within its bounds. So half of the seeds are within them, too, by 4/√2 standard errors of so few, and the other
// half is played in the long form, and where the first is outside: then all four decide.
const seeds, first = 4, 2

var long = flag.Bool("long", false, "hold every claim over four seeds, with its standard error")

// TestEachScenarioShowsWhatItSays holds every claim, each ratio between runs of the same seed.
func TestEachScenarioShowsWhatItSays(t *testing.T) {
	if testing.Short() {
		t.Skip("several seeds of each scenario")
	}
	results := map[string]report.Result{}
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			told := 0
			for _, c := range claims {
				if c.scenario == s.Name {
					told++
					c.hold(t, results)
				}
			}
			assert.Positive(t, told, "no row holds the scenario to what it says")
		})
	}
	for _, c := range claims {
		_, found := scenario.Find(c.scenario)
		assert.True(t, found, "%s: %s", c.scenario, c.says)
	}
	t.Run("README", func(t *testing.T) { tellPublished(t, results) })
}

// tellPublished holds the README to what comes out where Palantir's Dialogue publishes the success, in the order of the README.
func tellPublished(t *testing.T, results map[string]report.Result) {
	var told []string
	for _, of := range []struct{ scenario, strategy string }{
		{"fail-fast-worker", "round-robin"}, {"black-hole", "balanced"}, {"flaky", "balanced"}, {"short-outage", "balanced"}, {"all-fail", "round-robin"},
	} {
		sum := 0.0
		for seed := range seeds {
			sum += success(run{of.strategy, ""}.result(t, of.scenario, seed+1, results))
		}
		told = append(told, fmt.Sprintf("%.1f", 100*sum/seeds))
	}
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	last := len(told) - 1
	assert.Contains(t, string(readme), strings.Join(told[:last], ", ")+" and "+told[last]+" % here")
}

// hold plays what the claim is about, but for runs whose results are there, and holds the mean within its bounds.
func (c claim) hold(t *testing.T, results map[string]report.Result) {
	if !*long {
		mean, _, values := c.mean(t, first, results)
		t.Logf("%s: %.4g, of %.4g", c.says, mean, values)
		if c.above < mean && (c.below == 0 || mean < c.below) {
			return
		}
	}
	mean, standardError, values := c.mean(t, seeds, results)
	slack := 4 * standardError
	t.Logf("%s: %.4g ± %.2g, of %.4g", c.says, mean, slack, values)
	assert.Greater(t, mean-slack, c.above, c.says)
	if c.below != 0 {
		assert.Less(t, mean+slack, c.below, c.says)
	}
}

// mean is that of the figure over the first n seeds, with its standard error and the figure of each.
func (c claim) mean(t *testing.T, n int, results map[string]report.Result) (mean, standardError float64, values []float64) {
	for seed := range n {
		v := c.figure(c.of.result(t, c.scenario, seed+1, results))
		if c.than != (run{}) {
			v /= c.figure(c.than.result(t, c.scenario, seed+1, results))
		}
		values = append(values, v)
	}
	mean, deviation := stat.MeanStdDev(values, nil)
	return mean, stat.StdErr(deviation, float64(n)), values
}

// result is that of the run with so many as seed.
func (r run) result(t *testing.T, scenario string, seed int, results map[string]report.Result) report.Result {
	t.Helper()
	args := append([]string{"--scenario=" + scenario, "--strategy=" + r.strategies, fmt.Sprintf("--seed=%d", seed)}, strings.Fields(r.beside)...)
	key := strings.Join(args, " ")
	if known, found := results[key]; found {
		return known
	}
	_, all := played(t, args...)
	results[key] = all[len(all)-1]
	return results[key]
}
