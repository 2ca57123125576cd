package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

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
