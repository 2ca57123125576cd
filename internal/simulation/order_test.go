package simulation

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"gonum.org/v1/gonum/stat"

	"waza/report"
)

// TestTheOrderOfStrategies holds who is better than whom in mean latency, with ten workers at load 0.9. Both of a pair
// meet the same arrivals and the same work under each seed, so it is the mean difference that counts: above zero by
// more than four of its standard errors. The least of these differences is above twenty of them.
func TestTheOrderOfStrategies(t *testing.T) {
	if testing.Short() {
		t.Skip("400,000 requests")
	}
	ladder := []string{"pull", "least-loaded", "power-of-two", "random", "most-loaded"}
	c := base(10, 4000, 0.9)
	c.Strategies = ladder
	means := make([][]float64, len(ladder))
	for _, r := range bySeed(overSeeds(t, c, 20), len(ladder)) {
		for i := range ladder {
			means[i] = append(means[i], meanLatency(r[i]))
		}
	}
	for i, better := range ladder[:len(ladder)-1] {
		var differences []float64
		for seed := range means[i] {
			differences = append(differences, means[i+1][seed]-means[i][seed])
		}
		mean, deviation := stat.MeanStdDev(differences, nil)
		t.Logf("%s is better than %s by %.2f ms, standard error %.2f", better, ladder[i+1], mean, stat.StdErr(deviation, 20))
		assert.Greater(t, mean, 4*stat.StdErr(deviation, 20), "%s against %s", better, ladder[i+1])
	}
}

// bySeed parts results of several strategies per seed.
func bySeed(results []report.Result, strategies int) (seeds [][]report.Result) {
	for ; len(results) > 0; results = results[strategies:] {
		seeds = append(seeds, results[:strategies])
	}
	return seeds
}
