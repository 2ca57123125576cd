package experiment

import (
	"cmp"
	"fmt"
	"slices"

	"waza/internal/statistics"
	"waza/report"
)

// Select asks for replications until one strategy is left in a race, of those whose figure differs from that of the best by more than a
// share of it. In a race on a latency only those take part whose requests fail least over the first stage.
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
	in   []int // the cells that take part, of which it is told
	out  []report.LeftOut
	runs int // replications that it was told
	open bool
}

func (s Select) begin(strategies int) (*race, error) {
	told, err := statistics.NewSelection(strategies, s.Share, risk)
	r := &race{Select: s, told: told}
	for i := range strategies {
		r.in = append(r.in, i)
	}
	return r, err
}

// admit leaves out of a race on a latency, once the first stage has been played, those that the verdict would not call best, for they fail
// more.
func (r *race) admit(cells []Cell) (err error) {
	if r.open || r.ran(cells) < statistics.FirstStage {
		return nil
	}
	if r.open = true; !r.Figure.Seconds {
		return nil
	}
	stage := make([]report.Result, len(cells))
	for i := range cells {
		stage[i] = report.Mean(cells[i].Runs[:statistics.FirstStage])
	}
	most := report.MostSuccessful(stage)
	r.in = nil
	for i := range stage {
		if report.FailsLeast(&stage[i], most) {
			r.in = append(r.in, i)
		} else {
			r.out = append(r.out, report.LeftOut{Strategy: cells[i].Strategy, SuccessShare: report.Succeeded(&stage[i])})
		}
	}
	r.runs = 0
	r.told, err = statistics.NewSelection(len(r.in), r.Share, risk)
	return err
}

// racing are the cells that are still in the race.
func (r *race) racing() (all []int) {
	for _, i := range r.told.Racing() {
		all = append(all, r.in[i])
	}
	return all
}

// more tells the race what was played, and returns how many replications each strategy at the point is to have: those in the race one
// more, after the first stage.
func (r *race) more(cells []Cell, most int) ([]int, error) {
	if err := r.admit(cells); err != nil {
		return nil, err
	}
	for ; r.runs < r.ran(cells); r.runs++ {
		values := make([]float64, len(r.in))
		for _, n := range r.told.Racing() {
			i := r.in[n]
			v := r.Figure.Of(&cells[i].Runs[r.runs])
			if v == nil {
				return nil, fmt.Errorf("--select=%s:%g%% cannot be decided: not every run of %s has a %s", r.Figure.Name, 100*r.Share, cells[i].Strategy, r.Figure.Says)
			}
			values[n] = *v
			if r.Figure.Most {
				values[n] = -values[n]
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
		for _, i := range r.racing() {
			wanted[i] = min(max(statistics.FirstStage, r.runs+1), most)
		}
	}
	return wanted, nil
}

// ran is how many replications all in the race have.
func (r *race) ran(cells []Cell) int {
	racing := r.racing()
	n := len(cells[racing[0]].Runs)
	for _, i := range racing {
		n = min(n, len(cells[i].Runs))
	}
	return n
}

// selected says what the race has left.
func (r *race) selected(cells []Cell) *report.Selection {
	s := &report.Selection{Figure: r.Figure.Name, Share: r.Share, Replications: map[string]int{}, LeftOut: append([]report.LeftOut{}, r.out...)}
	if zone, known := r.told.Zone(); known {
		s.Zone = &zone
	}
	for _, i := range r.racing() {
		s.Racing = append(s.Racing, cells[i].Strategy)
	}
	for i := range cells {
		s.Replications[cells[i].Strategy] = len(cells[i].Runs)
		s.Runs += len(cells[i].Runs)
	}
	best := r.racing()[0]
	if _, over := r.told.Winner(); over {
		s.Winner = &cells[best].Strategy
	} else {
		best = r.leading(cells)
		s.Leading = &cells[best].Strategy
		if most, known := r.told.AtMost(); known {
			s.AtMost = &most
		}
		if runs, deviation, known := r.told.Estimate(); known {
			s.Estimated, s.Deviation = &runs, &deviation
		}
	}
	var took []Cell
	for _, i := range r.in {
		took = append(took, cells[i])
	}
	s.Near = near(took, slices.Index(r.in, best), r.Figure)
	return s
}

// leading is the one with the best mean of those in the race, which have equally many replications.
func (r *race) leading(cells []Cell) int {
	sums := map[int]float64{}
	for _, i := range r.racing() {
		for _, cost := range costsOf(cells[i].Runs[:r.runs], r.Figure) {
			sums[i] += cost
		}
	}
	return slices.MinFunc(r.racing(), func(a, b int) int { return cmp.Compare(sums[a], sums[b]) })
}
