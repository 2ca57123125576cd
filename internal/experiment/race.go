package experiment

import (
	"cmp"
	"fmt"
	"slices"

	"waza/internal/statistics"
	"waza/report"
)

// Select asks for replications until one strategy is left in a race, of those whose figure differs from that of the best by more than a
// share of it.
type Select struct {
	Figure report.Figure
	Share  float64 // above 0
}

// risk is how probable it is at most that another is selected although the best is better than all others by that share.
const risk = 1 - statistics.Level

// A race is one at one point.
type race struct {
	Select
	told *statistics.Selection
	runs int // replications that it was told
}

func (s Select) begin(strategies int) (*race, error) {
	told, err := statistics.NewSelection(strategies, s.Share, risk)
	return &race{Select: s, told: told}, err
}

// more tells the race what was played, and returns how many replications each strategy at the point is to have: those in the race one
// more, after the first stage.
func (r *race) more(cells []Cell, most int) ([]int, error) {
	for ; r.runs < r.ran(cells); r.runs++ {
		values := make([]float64, len(cells))
		for _, i := range r.told.Racing() {
			v := r.Figure.Of(&cells[i].Runs[r.runs])
			if v == nil {
				return nil, fmt.Errorf("--select=%s:%g%% cannot be decided: not every run of %s has a %s", r.Figure.Name, 100*r.Share, cells[i].Strategy, r.Figure.Says)
			}
			values[i] = *v
			if r.Figure.Most {
				values[i] = -values[i]
			}
		}
		if err := r.told.Add(values); err != nil {
			return nil, fmt.Errorf("--select=%s:%g%%: no race: %w", r.Figure.Name, 100*r.Share, err)
		}
	}
	wanted := make([]int, len(cells))
	for i := range cells {
		wanted[i] = len(cells[i].Runs)
	}
	if _, over := r.told.Winner(); !over {
		for _, i := range r.told.Racing() {
			wanted[i] = min(max(statistics.FirstStage, r.runs+1), most)
		}
	}
	return wanted, nil
}

// ran is how many replications all in the race have.
func (r *race) ran(cells []Cell) int {
	racing := r.told.Racing()
	n := len(cells[racing[0]].Runs)
	for _, i := range racing {
		n = min(n, len(cells[i].Runs))
	}
	return n
}

// selected says what the race has left.
func (r *race) selected(cells []Cell) *report.Selection {
	s := &report.Selection{Figure: r.Figure.Name, Share: r.Share, Replications: map[string]int{}}
	if zone, known := r.told.Zone(); known {
		s.Zone = &zone
	}
	for _, i := range r.told.Racing() {
		s.Racing = append(s.Racing, cells[i].Strategy)
	}
	for i := range cells {
		s.Replications[cells[i].Strategy] = len(cells[i].Runs)
		s.Runs += len(cells[i].Runs)
	}
	best, over := r.told.Winner()
	if over {
		s.Winner = &cells[best].Strategy
	} else {
		best = r.leading(cells)
		s.Leading = &cells[best].Strategy
		if most, known := r.told.AtMost(); known {
			s.AtMost = &most
		}
	}
	s.Near = near(cells, best, r.Figure)
	return s
}

// leading is the one with the best mean of those in the race, which have equally many replications.
func (r *race) leading(cells []Cell) int {
	sums := map[int]float64{}
	for _, i := range r.told.Racing() {
		for _, cost := range costsOf(cells[i].Runs[:r.runs], r.Figure) {
			sums[i] += cost
		}
	}
	return slices.MinFunc(r.told.Racing(), func(a, b int) int { return cmp.Compare(sums[a], sums[b]) })
}
