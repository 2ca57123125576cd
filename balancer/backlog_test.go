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

// named returns a discipline of the table.
func named(name string) Discipline {
	d, _ := FindDiscipline(name)
	return d
}

func TestTheBacklogHasAnOrder(t *testing.T) {
	for _, row := range []struct {
		says       string
		discipline string
		want       []int
	}{
		{"who came first goes first", "fifo", []int{0, 1, 2, 3, 4}},
		{"who came last goes first", "lifo", []int{4, 3, 2, 1, 0}},
		{"who is important goes first, and among equals who came first", "priority", []int{3, 1, 4, 0, 2}},
	} {
		q := newBacklog(named(row.discipline), nil, &health{})
		for id, priority := range []int{2, 1, 2, 0, 1} {
			q.push(&requester.Request{ID: id, Priority: priority})
		}
		var got []int
		for q.size > 0 {
			got = append(got, q.take(q.all.head()).ID)
		}
		assert.Equal(t, row.want, got, row.says)
	}
}

func TestAFreeWorkerGetsWhoIsNext(t *testing.T) {
	for _, row := range []struct {
		says       string
		discipline string
		want       []int
	}{
		{"first in, first out", "fifo", []int{1, 2, 3}},
		{"last in, first out", "lifo", []int{3, 2, 1}},
		{"the highest priority, then first in", "priority", []int{2, 1, 3}},
	} {
		t.Run(row.says, func(t *testing.T) {
			play(t, func(b *Balancer) { b.Discipline = named(row.discipline) }, func(t *testing.T, f *floor) {
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
	for _, discipline := range Disciplines() {
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
		discipline string
		want       []int
	}{
		{"fifo", []int{0, 1, 2, 3, 4, 5}},
		{"lifo", []int{5, 4, 3, 2, 1, 0}},
		{"priority", []int{2, 5, 1, 4, 0, 3}},
		{"edf", []int{3, 4, 5, 0, 1, 2}},
		{"codel", []int{0, 1, 2, 3, 4, 5}},
	} {
		for _, late := range []bool{false, true} {
			b := New(&picky{workers: map[int]*strategy.Worker{}})
			b.Discipline, b.Backlog, b.Epoch, b.Window = named(row.discipline), Unlimited, time.Now(), wholeRun{}
			b.connect(nil, nil)
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
				b.admit(&requester.Request{ID: id, Zone: id % 2, Priority: 2 - id%3, End: time.Hour - time.Duration(id/3)})
			}
			if late {
				join()
			}
			b.dispatch()
			assert.Equal(t, row.want, got, "%s, workers came late: %t", row.discipline, late)
		}
	}
}

// Whatever is done to a backlog and to the lines in which those that wait stand, too, each holds what a sorted list would. Waiters
// are used again, so a list tells them by their arrival.
func TestALineIsASortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		discipline := rapid.SampledFrom(Disciplines()).Draw(t, "discipline")
		q := newBacklog(discipline, nil, &health{})
		lines := []line{q.all, discipline.line(&q.spare), discipline.line(&q.spare)}
		list := make([][]*waiter, len(lines)) // in order of arrival
		order := func(l int) []*waiter {
			sorted := slices.Clone(list[l])
			switch discipline.Name {
			case "lifo":
				slices.Reverse(sorted)
			case "priority":
				slices.SortStableFunc(sorted, func(a, b *waiter) int { return a.Priority - b.Priority })
			case "edf":
				slices.SortStableFunc(sorted, func(a, b *waiter) int { return int(a.End - b.End) })
			}
			return sorted
		}
		take := func(w *waiter) {
			want := w.Request
			require.Same(t, want, q.take(w))
			for l := range lines {
				list[l] = slices.DeleteFunc(list[l], func(other *waiter) bool { return other == w })
			}
		}
		push := func(t *rapid.T) {
			w := q.push(&requester.Request{Priority: rapid.IntRange(0, 3).Draw(t, "priority"), End: drawEnd(t)})
			require.NotContains(t, list[0], w, "no waiter is used again while it waits")
			list[0] = append(list[0], w)
			for l := range lines[1:] {
				if rapid.Bool().Draw(t, "stands here too") {
					lines[l+1].add(w)
					list[l+1] = append(list[l+1], w)
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
				if q.size > 0 {
					newest := q.all.newest()
					require.Same(t, list[0][q.size-1], newest)
					take(newest)
				}
			},
			"": func(t *rapid.T) {
				require.Equal(t, len(list[0]), q.size)
				for l := range lines {
					verifyLine(t, lines[l], order(l))
				}
			},
		})
	})
}

func drawEnd(t *rapid.T) time.Duration {
	return rapid.SampledFrom([]time.Duration{1, 2, 3, requester.Never}).Draw(t, "end")
}

// verifyLine compares a line with what ought to stand there, in that order, and sees that it yields none that has gone.
func verifyLine(t *rapid.T, l line, want []*waiter) {
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
		if l.before(a, b) {
			return -1
		}
		return 1
	}), "before is the order of the line")
}

// A line whose head is never called does not grow with those that have gone from its middle, and what it forgets is used again.
func TestALineForgetsWhatHasGone(t *testing.T) {
	for _, discipline := range Disciplines() {
		q := newBacklog(discipline, nil, &health{})
		other := discipline.line(&q.spare)
		made := map[*waiter]bool{}
		push := func() *waiter {
			w := q.push(&requester.Request{})
			other.add(w)
			made[w] = true
			return w
		}
		for range 10 {
			push()
		}
		for range 10_000 {
			q.take(push())
		}
		assert.LessOrEqual(t, len(made), 2*(2*11+1), "%s: ten wait, one has just come, and a line looks at twice as many", discipline.Name)
	}
}
