package statistics

import (
	"fmt"
	"math"
	"slices"
)

// FirstStage is how many replications a Selection takes before it looks at any, n0 of the paper: of them come the variances.
const FirstStage = 10

// A Selection finds the best of k strategies by the fully sequential procedure KN, with c = 1 (Kim and Nelson, "A fully sequential
// procedure for indifference-zone selection in simulation", ACM TOMACS 11, 2001). Less is better. It is told one paired replication
// after the other, and after the tenth and each further one it drops whoever is behind another of the race by more than W, which
// narrows down to zero as replications r are added:
//
//	η = ½·((2α/(k−1))^(−2/(n0−1)) − 1)      h² = 2cη(n0−1)      W_il(r) = max(0, δ/(2cr)·(h²S_il²/δ² − r))
//
// S_il² is the variance of the differences of i and l over the first ten replications. If the values are normal and the best is better
// than all others by at least δ, then it is the one selected with a probability of at least 1 − α, whatever the strategies have in common
// within a replication. If others are within δ of the best, then one of them, or the best, is selected. The indifference zone δ is here a
// share of the smallest mean of the first ten replications, and fixed from then on; that it is measured is not in the paper's proof.
type Selection struct {
	share  float64
	alpha  float64
	zone   float64     // δ, zero until it is known
	first  [][]float64 // by strategy, its values in the first stage but the last
	bound  [][]float64 // h²S_il²/δ², the number of replications from which on W_il is zero
	spread [][]float64 // S_il
	behind [][]float64 // the sums of the differences i − l: a sum over each would leave noise between equal ones
	racing []int
	played int
}

// NewSelection starts a race of at least one strategy. The share is positive; the risk α lies in (0, 1 − 1/k), since to name one blindly
// has a risk of 1 − 1/k.
func NewSelection(strategies int, share, alpha float64) (*Selection, error) {
	if strategies < 1 {
		return nil, fmt.Errorf("a selection among %d strategies", strategies)
	}
	if !(share > 0) || math.IsInf(share, 0) {
		return nil, fmt.Errorf("an indifference zone of %v of the best mean, which is not positive", share)
	}
	k := float64(strategies)
	if !(alpha > 0) || strategies > 1 && !(alpha < 1-1/k) {
		return nil, fmt.Errorf("a risk of %v among %d strategies, which is not in (0, %v)", alpha, strategies, 1-1/k)
	}
	s := &Selection{share: share, alpha: alpha, first: make([][]float64, strategies), bound: square(strategies),
		spread: square(strategies), behind: square(strategies)}
	for i := range strategies {
		s.racing = append(s.racing, i)
	}
	return s, nil
}

// Racing returns the strategies that are still in the race, by index in order: all of them during the first stage, and at last one.
func (s *Selection) Racing() []int { return slices.Clone(s.racing) }

// Winner returns the strategy that is left, if only one is.
func (s *Selection) Winner() (int, bool) { return s.racing[0], len(s.racing) == 1 }

// Replications returns how many have been taken.
func (s *Selection) Replications() int { return s.played }

// Zone returns the indifference zone δ in the unit of the values, once the first stage has fixed it.
func (s *Selection) Zone() (float64, bool) { return s.zone, s.zone > 0 }

// AtMost returns after how many replications the race is over at the latest, once the first stage is over. It falls as strategies drop
// out.
func (s *Selection) AtMost() (int, bool) {
	most := math.Ceil(max(float64(s.played), s.last()))
	if s.zone == 0 || most > math.MaxInt32 {
		return 0, false
	}
	return int(most), true
}

// last returns the largest bound of those in the race.
func (s *Selection) last() float64 {
	last := 0.0
	for _, i := range s.racing {
		for _, l := range s.racing {
			last = max(last, s.bound[i][l])
		}
	}
	return last
}

// Estimate returns after how many replications the race would be over if the mean differences stayed as they are, once the first stage is
// over: whoever is behind by d goes after h²S²/δ² / (1 + 2d/δ) of them, where d exceeds W. It is no bound, since the differences change.
// With it comes S of the two for which it takes that long.
func (s *Selection) Estimate() (replications int, spread float64, ok bool) {
	if s.zone == 0 {
		return 0, 0, false
	}
	most := 0.0
	for _, i := range s.racing {
		least, by := math.Inf(1), 0.0
		for _, l := range s.racing {
			d := s.behind[i][l] / float64(s.played)
			if needs := s.bound[i][l] / (1 + 2*d/s.zone); l != i && d >= 0 && needs < least {
				least, by = needs, s.spread[i][l]
			}
		}
		if !math.IsInf(least, 0) && least > most {
			most, spread = least, by
		}
	}
	most = max(float64(s.played), math.Floor(most)+1)
	return int(min(most, math.MaxInt32)), spread, most <= math.MaxInt32
}

// Add takes one more replication, with a value for each of the strategies; those of whoever is out of the race are not read. A race
// that is over takes no more. It is an error, and nothing is taken, if a value is not finite, or if the smallest mean of the first stage is
// zero, of which no share is an indifference zone; of a negative one (a throughput, negated) it is a share of its size.
func (s *Selection) Add(values []float64) error {
	if len(values) != len(s.first) {
		panic(fmt.Sprintf("statistics: a replication of %d values, of %d strategies", len(values), len(s.first)))
	}
	if len(s.racing) == 1 {
		return nil
	}
	for _, i := range s.racing {
		if !finite(values[i]) {
			return fmt.Errorf("replication %d of strategy %d is %v, which cannot be compared", s.played+1, i, values[i])
		}
	}
	if s.played+1 == FirstStage {
		if err := s.measure(values); err != nil {
			return err
		}
	}
	s.take(values)
	if s.played >= FirstStage {
		s.screen()
	}
	return nil
}

// measure fixes the indifference zone and the variances, with the last replication of the first stage.
func (s *Selection) measure(last []float64) error {
	least := math.Inf(1)
	stage := make([][]float64, len(s.first))
	for i := range s.first {
		stage[i] = append(slices.Clone(s.first[i]), last[i])
		mean, _, _ := meanAndSD(stage[i])
		least = min(least, mean)
	}
	zone := s.share * math.Abs(least)
	if !(zone > 0) || math.IsInf(zone, 0) {
		return fmt.Errorf("the smallest mean of the first %d replications is %v, of which no share is an indifference zone", FirstStage, least)
	}
	s.zone = zone
	k, n0 := float64(len(stage)), float64(FirstStage)
	eta := (math.Pow(2*s.alpha/(k-1), -2/(n0-1)) - 1) / 2
	h2 := 2 * eta * (n0 - 1)
	for i := range stage {
		for l := range stage {
			_, sd, _ := meanAndSD(less(stage[i], stage[l]))
			s.spread[i][l] = sd
			s.bound[i][l] = h2 * (sd / zone) * (sd / zone)
		}
	}
	return nil
}

// take adds a replication to the sums, and to the first stage while that lasts.
func (s *Selection) take(values []float64) {
	s.played++
	for _, i := range s.racing {
		if s.played < FirstStage {
			s.first[i] = append(s.first[i], values[i])
		}
		for _, l := range s.racing {
			s.behind[i][l] += values[i] - values[l]
		}
	}
}

// screen drops whoever is behind another of those that have been in the race until now. If no W is left, then whoever stays has been
// equal to the others in each replication, and the first of them wins.
func (s *Selection) screen() {
	r := float64(s.played)
	racing := slices.Clone(s.racing)
	s.racing = slices.DeleteFunc(s.racing, func(i int) bool {
		return slices.ContainsFunc(racing, func(l int) bool {
			w := max(0, s.zone/(2*r)*(s.bound[i][l]-r))
			return s.behind[i][l]/r > w
		})
	})
	if s.last() <= r {
		s.racing = s.racing[:1]
	}
}

func square(n int) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, n)
	}
	return rows
}
