package balancer

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// queues are so many, with so much room each, as a balancer has them.
func queues(number, room int) func(*Balancer) {
	return func(b *Balancer) {
		b.Queues = Queues{number, room, rand.New(rand.NewPCG(1, 1))}
		b.Backlog, b.Reject = number*room, true
	}
}

// stands returns who waits in each queue, the oldest first.
func (q *backlog) stands() (all [][]int) {
	for i := range q.all.(*queuesLine).queues {
		ids := []int{}
		for w := range q.all.(*queuesLine).queues[i].each() {
			ids = append(ids, w.ID)
		}
		all = append(all, ids)
	}
	return all
}

// askAll asks once for each priority. The first of them all is sent to the only worker.
func (f *floor) askAll(priorities ...int) {
	for _, p := range priorities {
		f.ask(func(r *requester.Request) { r.Priority = p })
	}
}

// Three queues have room for two each: 0 and 3 belong into the first, 1 and 4 into the second, 2 and 5 into the third.
func TestARequestGoesIntoItsQueueOrTheNextWithRoom(t *testing.T) {
	play(t, queues(3, 2), func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.askAll(0, 0, 3, 0, 4)
		assert.Equal(t, [][]int{{1, 2}, {3, 4}, {}}, f.waiting.stands(), "request 0 is with the worker; 3 found its queue full")
		f.askAll(1)
		assert.Equal(t, [][]int{{1, 2}, {3, 4}, {5}}, f.waiting.stands())
		f.askAll(0)
		assert.Equal(t, [][]int{{1, 2}, {3, 4}, {5, 6}}, f.waiting.stands(), "the second is full, too")
		require.Empty(t, f.replies)
		f.askAll(2)
		assert.Equal(t, requester.Rejected, f.answer().Verdict, "all are full")
		assert.Equal(t, [][]int{{1, 2}, {3, 4}, {5, 6}}, f.waiting.stands())
		f.serve(0)
		f.answer()
		assert.Equal(t, 5, f.waiting.size, "one of the oldest is with the worker")
		f.askAll(2)
		assert.Empty(t, f.replies, "and its place is free, for whomever it is")
		f.askAll(2)
		assert.Equal(t, requester.Response{
			Ticket: 9, Verdict: requester.Rejected, Reason: requester.NoRoom, Worker: requester.None, Dispatched: requester.Never, Began: requester.Never, Finished: 0,
		}, f.answer())
		assert.Equal(t, 2, f.close().Rejected)
	})
}

// From the last queue the next is the first.
func TestTheNextOfTheLastQueueIsTheFirst(t *testing.T) {
	play(t, queues(3, 1), func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.askAll(0, 2, 2, 5)
		assert.Equal(t, [][]int{{2}, {3}, {1}}, f.waiting.stands())
	})
}

// Inside a queue the oldest goes first, whatever its priority.
func TestAQueueIsFirstInFirstOut(t *testing.T) {
	play(t, queues(1, 4), func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.askAll(0, 3, 1, 2, 0)
		for want := range 5 {
			job := f.take(0)
			assert.Equal(t, want, job.Request.ID)
			f.finish(0, job)
		}
	})
}

// A free worker takes from each queue that is not empty with the same probability, however long it is, and whenever its head was looked at
// before. Of n draws a share p has a standard deviation of √(p(1−p)/n).
func TestWhoIsNextIsDrawnAmongTheQueuesThatAreNotEmpty(t *testing.T) {
	const n = 30_000
	counts := [4]int{}
	q := newBacklog(Discipline{make: Queues{4, 5, rand.New(rand.NewPCG(1, 1))}.line}, nil, &health{})
	for range n {
		for _, priority := range []int{0, 0, 0, 1} {
			q.push(&requester.Request{Priority: priority})
		}
		looked := q.all.head()
		require.Same(t, looked, q.all.head(), "it is the same until something changes")
		q.push(&requester.Request{Priority: 3})
		counts[q.take(q.all.head()).Priority]++
		for q.size > 0 {
			q.take(q.all.head())
		}
	}
	assert.Zero(t, counts[2], "the third is empty")
	for _, i := range []int{0, 1, 3} {
		assert.InDelta(t, 1./3, float64(counts[i])/n, 4*math.Sqrt(2./9/n), "queue %d", i)
	}
}

// The same seed draws the same, and another one other queues.
func TestQueuesAreDrawnByTheSeed(t *testing.T) {
	order := func(seed uint64) (ids []int) {
		q := newBacklog(Discipline{make: Queues{5, 10, rand.New(rand.NewPCG(seed, 1))}.line}, nil, &health{})
		for id := range 50 {
			q.push(&requester.Request{ID: id, Priority: id % 5})
		}
		for q.size > 0 {
			ids = append(ids, q.take(q.all.head()).ID)
		}
		return ids
	}
	assert.Equal(t, order(1), order(1))
	assert.NotEqual(t, order(1), order(2))
}

// One whose time is over keeps its place until it is at the head that is drawn. Then somebody who has just come and found all full has room.
func TestWhatNobodyWaitsForIsSkippedAtTheHeadOfAnyQueue(t *testing.T) {
	play(t, queues(2, 1), func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask()
		for priority := range 2 {
			f.ask(func(r *requester.Request) { r.Priority, r.End = priority, time.Second })
		}
		time.Sleep(time.Second)
		f.askAll(0)
		assert.Equal(t, requester.TimedOut, f.answer().Verdict)
		l := f.close()
		assert.Equal(t, []int{0, 2}, []int{l.Rejected, l.Skipped})
	})
}
