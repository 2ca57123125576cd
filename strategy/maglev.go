package strategy

import (
	"math/rand/v2"

	"waza/internal/option"
	"waza/requester"
)

// maglev looks the key up in a table of M = --table-size slots, M a prime, and passes over the ineligible slot by slot
// (Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016). Each worker prefers the
// slots in an order of its own, and they fill the table in turn; with unequal weights, one of a third of the
// heaviest's weight takes part in every third round. O(1) per pick; O(M log M) on average after a change of members.
// Use it instead of ring-hash where equal shares matter more than that no key moves without need: shares differ by
// one slot, which is at most 1 % with up to M/100 workers; but when a worker leaves, keys of others move too, of all keys
// less than 1 % with the default table. With more workers one slot is a larger share, and with more than M some have none
// and get nothing.
type maglev struct {
	roster
	slots []*Worker // none empty, if there are members
}

// TableSize is how many slots the table has; the most are as in Envoy.
var TableSize = option.New("table-size", option.Prime(5_000_011), "65537",
	"maglev: entries of the table, a prime number")

func newMaglev(p Parameters, _ *rand.Rand) Strategy {
	return &maglev{slots: make([]*Worker, TableSize.In(p.Set))}
}

func (s *maglev) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	if len(s.workers) == 0 {
		return nil
	}
	if s.changed {
		s.fill(s.wishes())
		s.changed = false
	}
	at, m := hash(r.Key), uint64(len(s.slots))
	for i := range m {
		if w := s.slots[(at+i)%m]; eligible(w) {
			return w
		}
	}
	return nil
}

// A wish is the slot that a worker wants next. It wants offset, offset + skip, offset + 2 skip … modulo M: every slot
// once, for no skip has a factor in common with a prime.
type wish struct {
	worker     *Worker
	next, skip uint64
	taken      int // slots that it has
}

func (s *maglev) wishes() []wish {
	m, wishes := uint64(len(s.slots)), make([]wish, len(s.workers))
	for i, w := range s.workers {
		id := uint64(w.ID)
		wishes[i] = wish{worker: w, next: hash('o', id) % m, skip: hash('s', id)%(m-1) + 1}
	}
	return wishes
}

// fill lets the workers take slots in turn, each the first on its list that is free, until none is.
func (s *maglev) fill(wishes []wish) {
	heaviest := 0.0
	for _, w := range wishes {
		heaviest = max(heaviest, w.worker.Weight)
	}
	clear(s.slots)
	m, free := uint64(len(s.slots)), len(s.slots)
	for round := 1.0; ; round++ {
		for i := range wishes {
			w := &wishes[i]
			if float64(w.taken) >= round*w.worker.Weight/heaviest-1e-6 {
				continue // it has its share of this round, but for an error of rounding
			}
			for s.slots[w.next] != nil {
				w.next = (w.next + w.skip) % m
			}
			s.slots[w.next] = w.worker
			w.taken++
			if free--; free == 0 {
				return
			}
		}
	}
}
