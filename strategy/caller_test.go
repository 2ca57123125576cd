package strategy

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
)

// A caller plays the balancer to a strategy: it keeps the counts that strategies read, and calls them as the balancer does.
type caller struct {
	strategy Strategy
	observer Observer
	ranker   Ranker
	prober   Prober
	workers  []*Worker // the members
	joined   int       // ids given so far
	sent     uint64
	barred   []int             // ids that are not eligible
	request  requester.Request // the next one; pick gives each a key of its own
	now      time.Duration     // what an observation says it is
	epoch    time.Time         // instant 0 of the strategy
	eligible func(*Worker) bool
}

func newCaller(t require.TestingT, name string, seed uint64) *caller {
	return newCallerWith(t, name, defaults(), seed)
}

// defaults are the parameters of one balancer that does not know of zones, where nothing is set.
func defaults() Parameters {
	return Parameters{Set: option.Values{}, Balancers: 1, Epoch: time.Now()}
}

func newCallerWith(t require.TestingT, name string, p Parameters, seed uint64) *caller {
	s, err := New(name, p, rand.New(rand.NewPCG(seed, 1)))
	require.NoError(t, err)
	d := &caller{strategy: s, epoch: p.Epoch}
	d.observer, _ = s.(Observer)
	d.ranker, _ = s.(Ranker)
	d.prober, _ = s.(Prober)
	d.eligible = func(w *Worker) bool { return w.Held < w.Limit && !slices.Contains(d.barred, w.ID) }
	return d
}

func (d *caller) join(slots, limit int) *Worker {
	w := &Worker{ID: d.joined, Concurrency: slots, Limit: limit, Weight: 1}
	d.joined++
	d.workers = append(d.workers, w)
	d.strategy.Join(w)
	return w
}

func (d *caller) leave(w *Worker) {
	d.workers = slices.DeleteFunc(d.workers, func(other *Worker) bool { return other == w })
	d.strategy.Leave(w)
}

// pick asks for a worker for the next request, which is about something else than the one before and comes from
// the next requester.
func (d *caller) pick() *Worker {
	d.request.Key = d.request.Key*6364136223846793005 + 1442695040888963407 // Knuth's, so that all its bits vary
	d.request.Requester = (d.request.Requester + 1) % 100
	return d.strategy.Pick(&d.request, d.eligible)
}

func (d *caller) send(w *Worker) {
	d.sent++
	w.Held++
	w.LastSent, w.Pending = d.sent, w.Held
	if d.ranker != nil {
		d.ranker.Changed(w)
	}
	if d.observer != nil {
		d.observer.Sent(w)
	}
	if d.prober != nil { // probes are answered at once, as if there were no way
		for _, asked := range d.prober.Ask() {
			d.prober.Read(requester.Reading{Worker: asked.ID, InFlight: asked.Held, Home: d.now})
		}
	}
}

// done is for the only balancer that there is: a worker whose last request it is will be idle.
func (d *caller) done(w *Worker) { d.observe(w, Observation{At: d.now, Idle: w.Held == 1}) }

// observe is done with what there is to be learnt from it.
func (d *caller) observe(w *Worker, o Observation) {
	w.Held--
	w.Pending = w.Held
	if d.ranker != nil {
		d.ranker.Changed(w)
	}
	if d.observer != nil {
		d.observer.Done(w, o)
	}
}

// finish sends a request that is done at once, is told to have taken so long, and ended so.
func (d *caller) finish(w *Worker, took time.Duration, v requester.Verdict) {
	d.send(w)
	d.observe(w, Observation{At: time.Since(d.epoch), Took: took, Verdict: v, Idle: w.Held == 1})
}

// busy returns the members that hold something.
func (d *caller) busy() []*Worker {
	var busy []*Worker
	for _, w := range d.workers {
		if w.Held > 0 {
			busy = append(busy, w)
		}
	}
	return busy
}

func (d *caller) counts() []int {
	counts := make([]int, len(d.workers))
	for i, w := range d.workers {
		counts[i] = w.Held
	}
	return counts
}

// picks sends so many requests, none of which is done, and returns the ids of the workers that got them; −1 for nobody.
func (d *caller) picks(n int) []int {
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
