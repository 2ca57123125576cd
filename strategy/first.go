package strategy

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"waza/internal/option"
	"waza/requester"
)

// first picks the worker of the lowest id that holds fewer than --bound requests, and none if all hold as many (HAProxy
// first): it packs the work on as few workers as can bear it. The bound is a limit, so it goes by what a worker holds now.
// O(k) per pick, with k workers that are full or not eligible passed over.
// For workers that can be switched off while they are idle; the price is that requests wait beside idle workers.
type first struct {
	members // by id
	bound   int
}

var bound = option.New("bound", option.Whole(1, option.MaxHeld), "2",
	"requests that bounded-pull and first give one worker at most")

func newFirst(p Parameters, _ *rand.Rand) Strategy { return &first{bound: bound.In(p.Set)} }

func (s *first) Join(w *Worker) {
	at, _ := slices.BinarySearchFunc(s.workers, w.ID, func(w *Worker, id int) int { return cmp.Compare(w.ID, id) })
	s.workers = slices.Insert(s.workers, at, w)
}

func (s *first) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	for _, w := range s.workers {
		if w.Held < s.bound && eligible(w) {
			return w
		}
	}
	return nil
}
