package strategy

import (
	"math/rand/v2"
	"slices"

	"github.com/stretchr/testify/require"
)

// A desk plays the balancer to a strategy: it keeps the counts that strategies read, and calls them as the balancer does.
type desk struct {
	strategy Strategy
	observer Observer
	workers  []*Worker // the members
	joined   int       // ids given so far
	sent     uint64
	barred   []int // ids that are not eligible
	eligible func(*Worker) bool
}

func newDesk(t require.TestingT, name string, seed uint64) *desk {
	return newDeskWith(t, name, Parameters{Choices: 2}, seed)
}

func newDeskWith(t require.TestingT, name string, p Parameters, seed uint64) *desk {
	s, err := New(name, p, rand.New(rand.NewPCG(seed, 1)))
	require.NoError(t, err)
	d := &desk{strategy: s}
	d.observer, _ = s.(Observer)
	d.eligible = func(w *Worker) bool { return w.Pending < w.Limit && !slices.Contains(d.barred, w.ID) }
	return d
}

func (d *desk) join(slots, limit int) *Worker {
	w := &Worker{ID: d.joined, Concurrency: slots, Limit: limit}
	d.joined++
	d.workers = append(d.workers, w)
	d.strategy.Join(w)
	return w
}

func (d *desk) leave(w *Worker) {
	d.workers = slices.DeleteFunc(d.workers, func(other *Worker) bool { return other == w })
	d.strategy.Leave(w)
}

func (d *desk) pick() *Worker { return d.strategy.Pick(nil, d.eligible) }

func (d *desk) send(w *Worker) {
	d.sent++
	w.Pending++
	w.LastSent = d.sent
	if d.observer != nil {
		d.observer.Sent(w)
	}
}

func (d *desk) done(w *Worker) {
	w.Pending--
	if d.observer != nil {
		d.observer.Done(w, Observation{})
	}
}

// busy returns the members that hold something.
func (d *desk) busy() []*Worker {
	var busy []*Worker
	for _, w := range d.workers {
		if w.Pending > 0 {
			busy = append(busy, w)
		}
	}
	return busy
}

func (d *desk) counts() []int {
	counts := make([]int, len(d.workers))
	for i, w := range d.workers {
		counts[i] = w.Pending
	}
	return counts
}

// picks sends so many requests, none of which is done, and returns the ids of the workers that got them; −1 for nobody.
func (d *desk) picks(n int) []int {
	ids := make([]int, n)
	for i := range ids {
		ids[i] = -1
		if w := d.pick(); w != nil {
			ids[i] = w.ID
			d.send(w)
		}
	}
	return ids
}
