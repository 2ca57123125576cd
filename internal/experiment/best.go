package experiment

import (
	"cmp"
	"slices"

	"waza/internal/statistics"
	"waza/report"
)

// bestBy names the strategies that cannot be told from the best by a figure, on the replications that all of them have; nil: nobody can tell.
func bestBy(cells []Cell, f report.Figure) *report.Best {
	n := len(cells[0].Runs)
	for i := range cells {
		n = min(n, len(cells[i].Runs))
	}
	values := make([][]float64, len(cells))
	means := make([]float64, len(cells))
	for i := range cells {
		values[i] = valuesOf(cells[i].Runs[:n], f)
		for k := range values[i] {
			if f.Most {
				values[i][k] = -values[i][k]
			}
			means[i] += values[i][k]
		}
	}
	stay, ok := statistics.Best(values)
	if !ok {
		return nil
	}
	slices.SortStableFunc(stay, func(a, b int) int { return cmp.Compare(means[a], means[b]) })
	best := &report.Best{Figure: f.Name, Best: cells[stay[0]].Strategy}
	for _, i := range stay {
		best.Strategies = append(best.Strategies, cells[i].Strategy)
	}
	return best
}

// near names the strategies that cannot be told from the winner by the same rule, each on the replications that both have.
func near(cells []Cell, winner int, f report.Figure) []string {
	names := []string{}
	for i := range cells {
		n := min(len(cells[i].Runs), len(cells[winner].Runs))
		two := [][]float64{valuesOf(cells[winner].Runs[:n], f), valuesOf(cells[i].Runs[:n], f)}
		if f.Most {
			two[0], two[1] = two[1], two[0]
		}
		level := 1 - (1-statistics.Level)/float64(max(1, len(cells)-1))
		stay, ok := statistics.BestAt(two, level)
		if i != winner && ok && len(stay) == 2 {
			names = append(names, cells[i].Strategy)
		}
	}
	return names
}
