package strategy

import (
	"math/rand/v2"

	"waza/internal/option"
	"waza/requester"
)

// onePlusBeta picks as power-of-two does with probability β, and else at random (Peres, Talwar & Wieder, "The (1 + β)-choice
// Process and Weighted Balls-into-Bins", 2010; Los & Sauerwald, 2023). O(1) per pick, whatever the number of workers.
// Gentler than power-of-two when the counts are old: at least (1 − β)/n of the requests go to a worker that looks
// busy, and at most (1 + β)/n to one that looks idle, so that it is not run over before its count is seen to rise.
type onePlusBeta struct {
	powerOfTwo
	beta float64
}

var beta = option.New("beta", option.Number(0, 1), "0.5",
	"one-plus-beta: with this probability it chooses the better of two workers, and else takes any")

func newOnePlusBeta(p Parameters, rng *rand.Rand) Strategy {
	return &onePlusBeta{powerOfTwo: powerOfTwo{drawer: drawer{rng: rng}, choices: 2}, beta: beta.In(p.Set)}
}

func (s *onePlusBeta) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	if s.rng.Float64() < s.beta {
		return s.powerOfTwo.Pick(r, eligible)
	}
	return s.draw(s.workers, eligible, nil)
}
