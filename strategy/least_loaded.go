package strategy

import (
	"math/rand/v2"

	"waza/heap"
	"waza/internal/option"
	"waza/requester"
)

// A Tie says which of several equally loaded workers wins.
type Tie int

// The tie rules.
const (
	TieRoundRobin Tie = iota // the one dispatched to longest ago
	TieFirst                 // the lowest id
	TieRandom                // uniform over the tied
)

// leastLoaded picks the worker with the fewest pending requests, as the balancer of the Waza talk does (Pike, "Concurrency is not
// parallelism", 2012; leastconn in HAProxy). The heap holds all members; a worker whose count has changed is put into its place before the
// next pick, and a full worker stays in the heap and is passed over. O(log n) per pick, and O(ties · log ties) under TieRandom.
// It is the best that one balancer with fresh counts and equal workers can do without a central queue.
type leastLoaded struct {
	workers *heap.Heap[*Worker, rank]
	rank    func(*Worker) rank
	turns   *turns
	rng     *rand.Rand // for TieRandom, else nil
	tied    []*Worker  // scratch
}

var tie = option.New("tie", option.OneOf(
	option.Choice[Tie]{Name: "round-robin", Is: TieRoundRobin},
	option.Choice[Tie]{Name: "first", Is: TieFirst},
	option.Choice[Tie]{Name: "random", Is: TieRandom},
), "round-robin", "who wins among equals: round-robin (sent to longest ago; with several balancers, sent to or heard from), first (lowest id) or random")

func newLeastLoaded(p Parameters, rng *rand.Rand) Strategy {
	return newLeast(pending, tie.In(p.Set), p, rng)
}

func pending(w *Worker) float64 { return float64(w.Pending) }

// newLeast returns a strategy that picks the worker of the least load, by any measure of load.
func newLeast(load func(*Worker) float64, tie Tie, p Parameters, rng *rand.Rand) *leastLoaded {
	s, turn := &leastLoaded{turns: new(turns)}, noTurn
	switch tie {
	case TieRoundRobin:
		s.turns = newTurns(p, rng)
		turn = s.turns.order()
	case TieFirst:
		turn = idOf
	case TieRandom:
		s.rng = rng
	}
	s.rank = func(w *Worker) rank { return rank{load(w), turn(w)} }
	s.workers = heap.New(s.rank, rank.before)
	return s
}

// A rank is a worker's place in the order: by load, and among those equally loaded by turn.
type rank struct {
	load float64
	turn uint64
}

func (a rank) before(b rank) bool { return a.load < b.load || a.load == b.load && a.turn < b.turn }

func (s *leastLoaded) Join(w *Worker) {
	s.turns.join(w)
	s.workers.Push(w)
}

func (s *leastLoaded) Leave(w *Worker) { s.workers.Remove(w) }

func (s *leastLoaded) Changed(w *Worker) {
	s.turns.changed(w)
	s.workers.Fix(w)
}

func (s *leastLoaded) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	s.tied = s.tied[:0]
	for w := range s.workers.Ascending() {
		if len(s.tied) > 0 && s.rank(s.tied[0]).before(s.rank(w)) {
			break // worse than the best: no tie any more
		}
		if !eligible(w) {
			continue
		}
		if s.rng == nil {
			return w // the order has no ties
		}
		s.tied = append(s.tied, w)
	}
	if len(s.tied) == 0 {
		return nil
	}
	return s.tied[s.rng.IntN(len(s.tied))]
}
