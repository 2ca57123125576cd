package balancer

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"

	"waza/requester"
	"waza/strategy"
)

// A picky strategy has a worker for each zone, and no other will do. It has worker 0 for a zone without.
type picky struct {
	workers map[int]*strategy.Worker
	asked   int
}

func (p *picky) Join(w *strategy.Worker)  { p.workers[w.ID] = w }
func (p *picky) Leave(w *strategy.Worker) { delete(p.workers, w.ID) }

func (p *picky) Shard(r *requester.Request) []*strategy.Worker {
	for _, id := range []int{r.Zone, 0} {
		if w := p.workers[id]; w != nil {
			return []*strategy.Worker{w}
		}
	}
	return nil
}

func (p *picky) Pick(r *requester.Request, eligible func(*strategy.Worker) bool) *strategy.Worker {
	p.asked++
	for _, w := range p.Shard(r) {
		if eligible(w) {
			return w
		}
	}
	return nil
}

func TestUnderAParticularStrategyEachWaitsForItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openWith(t, &picky{workers: map[int]*strategy.Worker{}}, func(b *Balancer) { b.Reject, b.Backlog = true, 3 })
		in := func(zone int) func(*requester.Request) { return func(r *requester.Request) { r.Zone = zone } }
		f.join(0, 1)
		f.join(1, 1)
		for range 3 {
			f.ask(in(0))
		}
		f.ask(in(1))
		assert.Equal(t, 3, f.take(1).Request.ID, "those before it wait for the other worker")
		f.ask(in(1))
		f.ask(in(1))
		assert.Equal(t, 5, f.answer().Ticket, "the backlog is full")
		f.finish(1, f.held[0])
		assert.Equal(t, 4, f.take(1).Request.ID, "and may send from its end")
		f.close()
	})
}

// However many wait for others, the strategy is asked no more often than somebody gets work.
func TestNobodyIsAskedAboutInVain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &picky{workers: map[int]*strategy.Worker{}}
		f := openWith(t, p, nil)
		f.join(0, 1)
		f.join(1, 1)
		for range 500 {
			f.ask()
		}
		asked := func(what string, want int, do func()) {
			p.asked = 0
			do()
			assert.Equal(t, want, p.asked, what)
		}
		asked("one more that waits", 0, func() { f.ask() })
		asked("who has a place", 1, func() { f.ask(func(r *requester.Request) { r.Zone = 1 }) })
		asked("a place that nobody waits for", 0, func() { f.serve(1) })
		asked("a place that many wait for", 1, func() { f.serve(0) })
		asked("a worker that comes back", 1, func() { f.join(0, 1) })
		f.close()
	})
}

// A shard that no longer exists leaves nobody behind: who waited for it waits for what comes in its place.
func TestWhoWaitsFollowsItsShard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openWith(t, &picky{workers: map[int]*strategy.Worker{}}, nil)
		f.ask()
		f.ask()
		f.join(0, 1)
		assert.Equal(t, 0, f.take(0).Request.ID, "who came before anybody was there")
		f.event(Leave{Worker: 0})
		f.finish(0, f.held[0])
		assert.Zero(t, f.at(0), "who has left calls nobody")
		f.join(0, 1)
		assert.Equal(t, 1, f.take(0).Request.ID)
		of1 := func(r *requester.Request) { r.Zone = 1 }
		f.ask(of1)
		f.ask(of1)
		f.ask()
		f.join(1, 1)
		assert.Equal(t, 2, f.take(1).Request.ID, "zone 1 has a worker now")
		f.finish(0, f.held[0])
		assert.Equal(t, 4, f.take(0).Request.ID, "worker 0 is no longer for those before")
		f.close()
	})
}
