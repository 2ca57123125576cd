package balancer

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/requester"
	"waza/strategy"
)

var disciplines = []Discipline{Fifo, Lifo, Priority}

func TestTheBacklogHasAnOrder(t *testing.T) {
	for _, row := range []struct {
		says       string
		discipline Discipline
		want       []int
	}{
		{"who came first goes first", Fifo, []int{0, 1, 2, 3, 4}},
		{"who came last goes first", Lifo, []int{4, 3, 2, 1, 0}},
		{"who is important goes first, and among equals who came first", Priority, []int{3, 1, 4, 0, 2}},
	} {
		q := backlog{discipline: row.discipline}
		for id, priority := range []int{2, 1, 2, 0, 1} {
			q.Push(&requester.Request{ID: id, Priority: priority})
		}
		var got []int
		for q.Len() > 0 {
			got = append(got, q.Remove(0).ID)
		}
		assert.Equal(t, row.want, got, row.says)
	}
}

func TestAFreeWorkerGetsWhoIsNext(t *testing.T) {
	for _, row := range []struct {
		says       string
		discipline Discipline
		want       []int
	}{
		{"first in, first out", Fifo, []int{1, 2, 3}},
		{"last in, first out", Lifo, []int{3, 2, 1}},
		{"the highest priority, then first in", Priority, []int{2, 1, 3}},
	} {
		t.Run(row.says, func(t *testing.T) {
			play(t, func(b *Balancer) { b.Discipline = row.discipline }, func(t *testing.T, f *floor) {
				f.join(0, 1)
				for _, priority := range []int{0, 1, 0, 1} {
					f.ask(func(r *requester.Request) { r.Priority = priority })
				}
				f.serve(0) // who came while it was idle
				var got []int
				for range row.want {
					job := f.take(0)
					got = append(got, job.Request.ID)
					f.finish(0, job)
				}
				assert.Equal(t, row.want, got)
			})
		})
	}
}

// What is refused is the request that has just come, wherever its place would be.
func TestTheNewestIsRejectedWhateverTheOrder(t *testing.T) {
	for _, discipline := range disciplines {
		play(t, func(b *Balancer) { b.Reject, b.Backlog, b.Discipline = true, 2, discipline }, func(t *testing.T, f *floor) {
			f.join(0, 1)
			for _, priority := range []int{0, 1, 2, 0} {
				f.ask(func(r *requester.Request) { r.Priority = priority })
			}
			assert.Equal(t, 3, f.answer().Ticket, "its priority is the highest, but there is no room")
		})
	}
}

// A picky strategy has a worker for each zone, and no other will do.
type picky struct{ workers map[int]*strategy.Worker }

func (p *picky) Join(w *strategy.Worker)  { p.workers[w.ID] = w }
func (p *picky) Leave(w *strategy.Worker) { delete(p.workers, w.ID) }
func (p *picky) Particular()              {}

func (p *picky) Pick(r *requester.Request, eligible func(*strategy.Worker) bool) *strategy.Worker {
	if w := p.workers[r.Zone]; w != nil && eligible(w) {
		return w
	}
	return nil
}

func TestAParticularStrategyIsAskedForEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openWith(t, &picky{map[int]*strategy.Worker{}}, func(b *Balancer) { b.Reject, b.Backlog = true, 3 })
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

// Whatever is done to a backlog, it holds what a sorted list would.
func TestABacklogIsASortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := backlog{discipline: rapid.SampledFrom(disciplines).Draw(t, "discipline")}
		var list []*requester.Request // in order of arrival
		order := func() []*requester.Request {
			sorted := slices.Clone(list)
			switch q.discipline {
			case Lifo:
				slices.Reverse(sorted)
			case Priority:
				slices.SortStableFunc(sorted, func(a, b *requester.Request) int { return a.Priority - b.Priority })
			}
			return sorted
		}
		forget := func(r *requester.Request) {
			list = slices.DeleteFunc(list, func(other *requester.Request) bool { return other == r })
		}
		push := func(t *rapid.T) {
			r := &requester.Request{Priority: rapid.IntRange(0, 3).Draw(t, "priority")}
			q.Push(r)
			list = append(list, r)
		}
		t.Repeat(map[string]func(*rapid.T){
			"push": push,
			"more": push,
			"remove": func(t *rapid.T) {
				if len(list) == 0 {
					return
				}
				i := rapid.IntRange(0, len(list)-1).Draw(t, "i")
				want := order()[i]
				require.Same(t, want, q.Remove(i))
				forget(want)
			},
			"remove the newest": func(t *rapid.T) {
				if len(list) == 0 {
					return
				}
				newest := list[len(list)-1]
				require.Same(t, newest, q.RemoveNewest())
				forget(newest)
			},
			"": func(t *rapid.T) {
				require.Equal(t, len(list), q.Len())
				for i, want := range order() {
					require.Same(t, want, q.At(i))
				}
			},
		})
	})
}
