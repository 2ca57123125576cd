package balancer

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/requester"
	"waza/strategy"
	"waza/worker"
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
		q := backlog{all: line{discipline: row.discipline}}
		for id, priority := range []int{2, 1, 2, 0, 1} {
			q.Push(&requester.Request{ID: id, Priority: priority})
		}
		var got []int
		for q.Len() > 0 {
			got = append(got, q.Take(q.all.head()).ID)
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

// Several workers that have room at once serve whom one that serves all would: their lines are one order, whether those
// who wait have stood in them from the start or since the workers came.
func TestTheLinesTogetherAreTheOrder(t *testing.T) {
	for _, row := range []struct {
		discipline Discipline
		want       []int
	}{
		{Fifo, []int{0, 1, 2, 3, 4, 5}},
		{Lifo, []int{5, 4, 3, 2, 1, 0}},
		{Priority, []int{2, 5, 1, 4, 0, 3}},
	} {
		for _, late := range []bool{false, true} {
			b := New(&picky{workers: map[int]*strategy.Worker{}})
			b.Discipline, b.Backlog, b.Epoch, b.Window = row.discipline, Unlimited, time.Now(), wholeRun{}
			b.waiting.all.discipline = row.discipline
			var got []int
			b.Tell = func(e requester.Event) { got = append(got, e.Request) }
			join := func() {
				for id := range 2 {
					Join{Worker: id, Concurrency: 1, Limit: 3, Queue: make(chan *worker.Job, 3)}.apply(b)
				}
			}
			if !late {
				join()
			}
			for id := range row.want {
				b.admit(&requester.Request{ID: id, Zone: id % 2, Priority: 2 - id%3, End: requester.Never})
			}
			if late {
				join()
			}
			b.dispatch(nil)
			assert.Equal(t, row.want, got, "discipline %d, workers came late: %t", row.discipline, late)
		}
	}
}

// Whatever is done to a backlog and to the lines in which those that wait stand, too, each holds what a sorted list would.
func TestALineIsASortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		discipline := rapid.SampledFrom(disciplines).Draw(t, "discipline")
		q := backlog{all: line{discipline: discipline}}
		lines := []*line{&q.all, {discipline: discipline}, {discipline: discipline}}
		list := map[*line][]*waiter{} // in order of arrival
		order := func(l *line) []*waiter {
			sorted := slices.Clone(list[l])
			switch discipline {
			case Lifo:
				slices.Reverse(sorted)
			case Priority:
				slices.SortStableFunc(sorted, func(a, b *waiter) int { return a.Priority - b.Priority })
			}
			return sorted
		}
		take := func(w *waiter) {
			want := w.Request
			require.Same(t, want, q.Take(w))
			for _, l := range lines {
				list[l] = slices.DeleteFunc(list[l], func(other *waiter) bool { return other == w })
			}
		}
		push := func(t *rapid.T) {
			w := q.Push(&requester.Request{Priority: rapid.IntRange(0, 3).Draw(t, "priority")})
			list[&q.all] = append(list[&q.all], w)
			for _, l := range lines[1:] {
				if rapid.Bool().Draw(t, "stands here too") {
					l.add(w)
					list[l] = append(list[l], w)
				}
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"push": push,
			"more": push,
			"call": func(t *rapid.T) {
				if w := rapid.SampledFrom(lines).Draw(t, "line").head(); w != nil {
					take(w)
				}
			},
			"turn the newest away": func(t *rapid.T) {
				if q.Len() > 0 {
					newest := q.Newest()
					require.Same(t, list[&q.all][q.Len()-1], newest)
					take(newest)
				}
			},
			"": func(t *rapid.T) {
				require.Equal(t, len(list[&q.all]), q.Len())
				for _, l := range lines {
					verifyLine(t, l, order(l))
				}
			},
		})
	})
}

// verifyLine compares a line with who ought to stand there, in their order, and sees that it does not keep those who have gone.
func verifyLine(t *rapid.T, l *line, want []*waiter) {
	if len(want) == 0 {
		require.Nil(t, l.head())
	} else {
		require.Same(t, want[0], l.head())
	}
	var got []*waiter
	for w := range l.each() {
		got = append(got, w)
	}
	require.ElementsMatch(t, want, got)
	require.True(t, slices.IsSortedFunc(want, func(a, b *waiter) int {
		if l.discipline.before(a, b) {
			return -1
		}
		return 1
	}), "before is the order of the line")
}

// A line whose head is never called does not grow with those who have gone from its middle.
func TestALineForgetsWhoHasGone(t *testing.T) {
	for _, discipline := range disciplines {
		q, other := backlog{all: line{discipline: discipline}}, line{discipline: discipline}
		for range 10 {
			other.add(q.Push(&requester.Request{}))
		}
		for range 10_000 {
			w := q.Push(&requester.Request{})
			other.add(w)
			q.Take(w)
		}
		for _, l := range []*line{&q.all, &other} {
			assert.LessOrEqual(t, l.classes[0].Len(), 2*11+1, "ten stand there, one has just come, and it looks at twice as many")
		}
	}
}
