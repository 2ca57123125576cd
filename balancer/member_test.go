package balancer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/instant"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

func TestAWorkerThatLeavesDrains(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 2)
		f.ask()
		f.ask()
		f.event(Leave{Worker: 0})
		f.ask()
		f.serve(0)
		f.serve(0)
		assert.Zero(t, f.at(0), "the place that became free is not filled")
		f.join(1, 1)
		assert.Equal(t, 2, f.take(1).Request.ID, "what waits goes to another")
		f.event(Leave{Worker: 0}) // twice is once
		f.event(Leave{Worker: 9}) // and nobody has never been a member
		assert.Equal(t, 3, f.close().Completed)
	})
}

// A worker that comes back after a crash has a new queue and holds nothing. What its earlier incarnation held is off the
// books, and if a Done of that time still comes, it must not make room that there is not.
func TestAWorkerThatJoinsAgainIsANewIncarnation(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 2)
		f.ask()
		f.ask()
		earlier := f.take(0)
		time.Sleep(time.Second)
		f.join(0, 2)
		assert.Zero(t, f.members[0].Held)
		f.ask()
		f.ask()
		f.ask()
		require.Equal(t, 2, f.at(0), "the new one holds its limit, one request waits")
		before := f.ledger
		f.finish(0, earlier)
		assert.Equal(t, 2, f.members[0].Held)
		assert.Equal(t, before, f.ledger)
		assert.Equal(t, 2, f.at(0), "nothing more was sent")
		job := f.take(0)
		assert.Equal(t, 1, job.Incarnation)
		f.finish(0, job)
		assert.Equal(t, 2, f.at(0), "a Done of its own makes room")
		l := f.close()
		assert.Equal(t, 2, l.Forgotten)
		assert.Equal(t, 2*time.Second, l.Workers[0].Sojourns, "two jobs for a second, before it came back; after that no time has passed")
		assert.Equal(t, 2*time.Second, l.Workers[0].Pending)
	})
}

func TestStopEndsTheRunWhenEverythingIsAnswered(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask()
		f.ask()
		f.event(Stop{})
		require.False(t, f.over(), "one is at the worker and one waits")
		f.serve(0)
		require.False(t, f.over(), "the second is at the worker")
		f.serve(0)
		require.True(t, f.over())
	})
	play(t, nil, func(t *testing.T, f *floor) {
		f.event(Stop{})
		require.True(t, f.over(), "at once if nothing is out")
	})
}

func TestCancelAnswersWhatWaits(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 1)
		for range 3 {
			f.ask()
		}
		f.event(Cancel{})
		for _, ticket := range []int{1, 2} {
			a := f.answer()
			assert.Equal(t, ticket, a.Ticket)
			assert.Equal(t, requester.Cancelled, a.Verdict)
			assert.False(t, a.Served())
		}
		f.ask()
		assert.Equal(t, requester.Cancelled, f.answer().Verdict, "and what still comes")
		f.serve(0) // what is at a worker is the worker's to answer
		assert.Equal(t, requester.Succeeded, f.answer().Verdict)
		l := f.close()
		assert.Equal(t, []int{4, 1, 1, 3}, []int{l.Admitted, l.Dispatched, l.Completed, l.Cancelled})
	})
}

// Pending over time, by hand: one job from 0 s to 3 s and one from 1 s to 2 s are 4 job-seconds, whether one adds up
// how many there were at each instant or how long each was there.
func TestTheBookOfAWorker(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		f.join(2, 5)
		f.ask()
		time.Sleep(time.Second)
		f.ask()
		first, second := f.take(2), f.take(2)
		time.Sleep(time.Second)
		f.finish(2, second)
		time.Sleep(time.Second)
		f.finish(2, first)
		time.Sleep(time.Second)
		l := f.close()
		require.Len(t, l.Workers, 3, "by worker id; 0 and 1 have never joined")
		book := l.Workers[2]
		assert.Equal(t, 4*time.Second, book.Pending)
		assert.Equal(t, 4e9, book.PendInside, "all of the run is measured")
		assert.Equal(t, 4*time.Second, book.Sojourns)
		assert.Equal(t, 2, book.MostPending)
		assert.Equal(t, 2, book.MostEver)
	})
}

// A worker is there from its joining until it has left and finished what it held; the time between two stays does not count.
func TestHowLongAWorkerWasThere(t *testing.T) {
	play(t, func(b *Balancer) { b.Window = from(2 * time.Second) }, func(t *testing.T, f *floor) {
		f.join(1, 1) // there all the time
		time.Sleep(time.Second)
		f.join(0, 2)
		f.ask(func(r *requester.Request) { r.Tried = &requester.Tried{{1}} })
		time.Sleep(2 * time.Second)
		f.event(Leave{Worker: 0})
		time.Sleep(4 * time.Second)
		assert.True(t, f.members[0].book.Stays.Here, "it still works")
		f.serve(0) // there from 1 s to 7 s
		time.Sleep(time.Second)
		f.join(0, 2) // and from 8 s
		f.event(Leave{Worker: 0})
		time.Sleep(time.Second)
		f.join(0, 2) // and from 9 s
		time.Sleep(time.Second)
		l := f.close()
		assert.Equal(t, Stays{Past: 6 * time.Second, PastInside: 5 * time.Second, Since: 9 * time.Second, Until: 8 * time.Second, Here: true}, l.Workers[0].Stays)
		assert.Equal(t, 7*time.Second, l.Workers[0].Stays.Ever(10*time.Second))
		upTo10 := func(since, until time.Duration) time.Duration {
			return min(until, 10*time.Second) - max(since, 2*time.Second)
		}
		assert.Equal(t, 6*time.Second, l.Workers[0].Stays.Inside(upTo10))
		assert.Equal(t, 8*time.Second, l.Workers[1].Stays.Inside(upTo10), "all of the window")
	})
}

// A completion may lie in its channel when a worker leaves or comes back: it is in the books before that.
func TestWhatIsDoneIsInTheBooksBeforeAWorkerLeavesOrComesBack(t *testing.T) {
	for _, row := range []struct {
		says  string
		event Control
		past  time.Duration
	}{
		{"it leaves", Leave{}, 5 * time.Second},
		{"it comes back", Join{Concurrency: 1, Limit: 5, Weight: 1, Queue: make(chan *worker.Job, 5)}, 5 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := New(strategyNamed(t, "least-loaded"))
			b.Backlog, b.Epoch, b.Window = Unlimited, time.Now(), wholeRun{}
			in, done, control, ended := make(chan *requester.Request), make(chan *worker.Job, 8), make(chan Control), make(chan struct{})
			go func() {
				b.Run(in, done, control)
				close(ended)
			}()
			queue, replies := make(chan *worker.Job, 5), make(chan requester.Response, 1)
			control <- Join{Concurrency: 1, Limit: 5, Weight: 1, Queue: queue}
			in <- &requester.Request{End: requester.Never, Reply: replies}
			time.Sleep(time.Second)
			job := <-queue
			job.Finished = time.Second
			done <- job
			synctest.Wait()
			require.Len(t, done, 1, "nothing waits for room: it is not heard")
			time.Sleep(4 * time.Second)
			control <- row.event
			control <- Stop{}
			<-ended
			l := b.Ledger()
			assert.Equal(t, []int{1, 0}, []int{l.Completed, l.Forgotten}, row.says)
			assert.Equal(t, time.Second, l.Workers[0].Pending, row.says)
			assert.Equal(t, row.past, l.Workers[0].Stays.Past, row.says)
		})
	}
}

// from is a window that opens at an instant.
type from time.Duration

func (o from) Known() instant.Interval {
	return instant.Interval{Open: time.Duration(o), First: time.Duration(o), Close: requester.Never, Last: requester.Never}
}

// On the wall clock a Done may lie in its channel while another job is sent to the same worker. In the books time does not
// run backwards: the job counts as held until the change before it, here the dispatch at 2 s.
func TestADoneThatIsHeardLate(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 5)
		f.ask()
		time.Sleep(2 * time.Second)
		f.ask()
		first, second := f.take(0), f.take(0)
		f.held = nil
		first.Finished, second.Finished = time.Second, 3*time.Second
		f.done <- first
		time.Sleep(time.Second)
		f.done <- second
		book := f.close().Workers[0]
		assert.Equal(t, 3*time.Second, book.Pending, "two seconds of the first and one of the second")
		assert.Equal(t, 3*time.Second, book.Sojourns)
	})
}

// An ear is an observer that only listens.
type ear struct{ heard []strategy.Observation }

func (e *ear) Sent(*strategy.Worker)                           {}
func (e *ear) Done(_ *strategy.Worker, o strategy.Observation) { e.heard = append(e.heard, o) }

func TestAnObserverHearsHowItWent(t *testing.T) {
	e := &ear{}
	play(t, func(b *Balancer) { b.observer = e }, func(t *testing.T, f *floor) {
		f.join(0, 2)
		f.ask()
		time.Sleep(time.Second)
		f.ask()
		time.Sleep(time.Second)
		f.serve(0)
		f.serve(0)
		assert.Equal(t, []strategy.Observation{
			{At: 2 * time.Second, Took: 2 * time.Second},
			{At: 2 * time.Second, Took: time.Second, Idle: true},
		}, e.heard, "the worker has nothing more after the second")
	})
}
