package strategy

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"waza/internal/option"
	"waza/requester"
)

// subset lets each balancer know --subset-size workers only, and picks the least loaded of them, of equals the one sent
// to longest ago: deterministic subsetting (Beyer et al., "Site Reliability Engineering", chapter 20, 2016). With n
// workers, n/d balancers in a row are a round; each round shuffles the workers its own way and deals them out, d to
// each. So the workers of a round are in one subset each, but for the n mod d that it leaves over.
// O(d) per pick, O(n log n) after a change of members.
// Use it where there are many balancers and each connection costs. A worker that is in no subset gets nothing: with fewer
// than n/d balancers some are wasted. When ⌊n/d⌋ changes, all are dealt anew.
type subset struct {
	roster
	few
	size, balancer int
	dealt          []*Worker // all members, in the order of the round
	mine           []*Worker // those of them that this balancer uses
}

// SubsetSize is how many workers are a subset.
var SubsetSize = option.New("subset-size", option.Whole(1, option.MaxWorkers), "5",
	"subset: workers that one balancer uses")

func newSubset(p Parameters, rng *rand.Rand) Strategy {
	return &subset{few: newFew(p, rng), size: SubsetSize.In(p.Set), balancer: p.Balancer}
}

func (s *subset) Join(w *Worker) {
	s.roster.Join(w)
	s.turns.join(w)
}

func (s *subset) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	if s.changed {
		s.deal()
		s.changed = false
	}
	return s.leastOf(s.mine, eligible)
}

func (s *subset) deal() {
	size := min(s.size, len(s.workers))
	subsets := max(1, len(s.workers)/s.size)
	round, mine := uint64(s.balancer/subsets), s.balancer%subsets
	s.dealt = append(s.dealt[:0], s.workers...)
	slices.SortFunc(s.dealt, func(a, b *Worker) int {
		return cmp.Compare(hash(round, uint64(a.ID)), hash(round, uint64(b.ID)))
	})
	s.mine = s.dealt[mine*size : (mine+1)*size]
}
