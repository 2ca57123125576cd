package experiment

import (
	"math"

	"waza/internal/statistics"
	"waza/report"
)

// found is what a search has found, and how that does on so many fresh seeds.
func (s *search) found(seeds int) report.Found {
	played := s.played()
	f := report.Found{Strategy: s.strategy, Flag: s.find.Flag, Largest: s.largest, Monotone: true, Replications: seeds, Tries: len(played)}
	f.Unconfirmed = append([]report.Tried{}, s.refuted...)
	if !s.find.Whole || s.good != nil && s.bad != nil && math.Abs(s.good.value-s.bad.value) > 1 {
		share := precision
		f.Precision = &share
	}
	if s.good == nil {
		f.Tried.SLO = []report.Held{}
		best := s.best(played)
		f.Best = tried(best, s.objectives, best.runs)
		f.Range, f.Idle = rangeOf(played), s.idle
		f.Replications = 0
		return f
	}
	if f.Tried.SLO = []report.Held{}; s.unconfirmed {
		f.Best, f.Range = s.leastRefuted(), rangeOf(played)
	} else {
		f.Tried, f.Next = *s.checked, s.beyond
	}
	if easy, hard := s.exception(played); hard != nil {
		one, two := easy.point.Swept[0], hard.point.Swept[0]
		f.Monotone, f.Exception = false, &report.Pair{Easier: one.Value, Harder: two.Value, EasierText: one.Text, HarderText: two.Text}
	}
	return f
}

// leastRefuted is the value that on fresh seeds was nearest to keeping all objectives.
func (s *search) leastRefuted() *report.Tried {
	best, least := 0, math.Inf(1)
	for i := range s.refuted {
		most := 0.0
		for j, o := range s.objectives {
			most = max(most, o.excess(s.refuted[i].SLO[j].Value))
		}
		if most < least {
			best, least = i, most
		}
	}
	return &s.refuted[best]
}

// rangeOf is from which to which value there were tries.
func rangeOf(played []*try) *report.Range {
	low, high := played[0], played[0]
	for _, t := range played {
		if t.value < low.value {
			low = t
		}
		if t.value > high.value {
			high = t
		}
	}
	one, two := low.point.Swept[0], high.point.Swept[0]
	return &report.Range{Lowest: one.Value, Highest: two.Value, LowestText: one.Text, HighestText: two.Text}
}

// best is the try that is nearest to keeping all objectives.
func (s *search) best(played []*try) *try {
	var best *try
	least := 0.0
	for _, t := range played {
		if most := s.excess(&t.mean); best == nil || most < least {
			best, least = t, most
		}
	}
	return best
}

// exception is a pair of tries that follow each other of which the harder does better, which it should not: it keeps the objectives and
// the easier does not, or a figure is better at 95 % over all such pairs together (Bonferroni), seed by seed. Nil: there is none.
func (s *search) exception(played []*try) (easy, hard *try) {
	for i := 1; i < len(played); i++ {
		if easy, hard = played[i-1], played[i]; hard.kept && !easy.kept {
			return easy, hard
		}
	}
	level := 1 - (1-statistics.Level)/float64(max(1, (len(played)-1)*len(s.objectives)))
	for i := 1; i < len(played); i++ {
		easy, hard = played[i-1], played[i]
		for _, o := range s.objectives {
			a, b := costsOf(hard.runs, o.Figure), costsOf(easy.runs, o.Figure)
			if by, ok := statistics.DifferenceAt(a, b, level); ok && statistics.Judge(by) == statistics.Better {
				return easy, hard
			}
		}
	}
	return nil, nil
}

// tried says how the objectives are kept with a value, in these runs.
func tried(t *try, objectives []Objective, runs []report.Result) *report.Tried {
	swept := t.point.Swept[0]
	is := &report.Tried{Value: swept.Value, Text: swept.Text, SLO: []report.Held{}}
	if t.refused != nil {
		is.Refused = t.refused.Error()
	}
	if len(runs) == 0 {
		return is
	}
	mean := report.Mean(runs)
	is.SLO, is.Success, is.Saturated = heldBy(objectives, &mean, runs), mean.SuccessShare, mean.Saturated
	right, wrong := 0, 0 // intervals wholly on one side
	for i, o := range objectives {
		ci := is.SLO[i].CI95
		if ci == nil {
			continue
		}
		low, high := o.keeps(&ci[0]), o.keeps(&ci[1])
		switch {
		case low && high:
			right++
		case !low && !high:
			wrong++
		}
	}
	if report.KeptAll(is.SLO) {
		is.Sure = right == len(objectives)
	} else {
		is.Sure = wrong > 0
	}
	kept := 0.0
	for i := range runs {
		if report.KeptAll(held(objectives, &runs[i])) {
			kept++
		}
	}
	share := kept / float64(len(runs))
	is.KeptShare = &share
	return is
}
