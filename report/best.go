package report

import (
	"cmp"
	"math"
	"slices"

	"waza/internal/statistics"
)

// BestBy names the strategies that cannot be told from the best by a figure at 95 % over all of them together (statistics.Best). It takes
// the runs of each strategy, at least one strategy, in the order of their seeds, and goes by the seeds that all of them have; nil: nobody
// can tell.
func BestBy(strategies [][]Result, f Figure) *Best {
	n := len(strategies[0])
	for _, runs := range strategies {
		n = min(n, len(runs))
	}
	all := make([][]float64, len(strategies))
	sums := make([]float64, len(strategies))
	for i, runs := range strategies {
		for k := range n {
			v := math.NaN()
			if is := f.Of(&runs[k]); is != nil {
				v = *is
			}
			if f.Most {
				v = -v
			}
			all[i] = append(all[i], v)
			sums[i] += v
		}
	}
	stay, ok := statistics.Best(all)
	if !ok {
		return nil
	}
	slices.SortStableFunc(stay, func(a, b int) int { return cmp.Compare(sums[a], sums[b]) })
	best := &Best{Figure: f.Name, Best: strategies[stay[0]][0].Strategy}
	for _, i := range stay {
		best.Strategies = append(best.Strategies, strategies[i][0].Strategy)
	}
	return best
}
