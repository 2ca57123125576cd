package experiment

import (
	"waza/internal/statistics"
	"waza/report"
)

// runsOf are those of the cells.
func runsOf(cells []Cell) [][]report.Result {
	runs := make([][]report.Result, len(cells))
	for i := range cells {
		runs[i] = cells[i].Runs
	}
	return runs
}

// near names the strategies that cannot be told from the winner, or the leading one, by the same rule, each on the replications that both have.
func near(cells []Cell, winner int, f report.Figure) []string {
	names := []string{}
	for i := range cells {
		n := min(len(cells[i].Runs), len(cells[winner].Runs))
		two := [][]float64{costsOf(cells[winner].Runs[:n], f), costsOf(cells[i].Runs[:n], f)}
		level := 1 - (1-statistics.Level)/float64(max(1, len(cells)-1))
		stay, ok := statistics.BestAt(two, level)
		if i != winner && ok && len(stay) == 2 {
			names = append(names, cells[i].Strategy)
		}
	}
	return names
}
