package worker

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/instant"
	"waza/internal/virtualtime"
	"waza/requester"
)

const ms = time.Millisecond

// newSlot returns a slot of speed 1 that wakes exactly when it is due.
func newSlot(set ...func(*Slot)) *Slot {
	s := &Slot{
		Speed: 1, Epoch: time.Now(), Window: wholeRun{},
		Aim: func(_, due time.Duration) time.Duration { return due },
	}
	for _, change := range set {
		change(s)
	}
	return s
}

// wholeRun is a window in which everything is measured.
type wholeRun struct{}

func (wholeRun) Known() instant.Interval {
	return instant.Interval{Close: requester.Never, Last: requester.Never}
}

// ask returns a request without an end.
func ask(id int, work time.Duration) *requester.Request {
	return &requester.Request{ID: id, Ticket: id, Attempt: 1, Work: work, End: requester.Never}
}

// A record is what came out of some slots on one queue.
type record struct {
	dones   []*Job
	heard   []time.Duration // when each Done came
	answers []requester.Response
}

// serve gives the requests to the slots, all at once, and plays the balancer until all of them have been answered.
func serve(ctx context.Context, requests []*requester.Request, slots ...*Slot) record {
	queue, done := make(chan *Job, len(requests)), make(chan *Job)
	replies := make(chan requester.Response, len(requests))
	epoch := slots[0].Epoch
	for _, r := range requests {
		r.Reply = replies
		queue <- &Job{Request: r, Done: done, Incarnation: 3}
	}
	close(queue)
	ended := make(chan bool)
	for _, s := range slots {
		go func() {
			s.Run(ctx, queue)
			ended <- true
		}()
	}
	var rec record
	for range requests {
		rec.dones = append(rec.dones, <-done)
		rec.heard = append(rec.heard, time.Since(epoch))
	}
	for range slots {
		<-ended
	}
	for range requests {
		rec.answers = append(rec.answers, <-replies)
	}
	return rec
}

func TestAServiceTakesWorkOverSpeed(t *testing.T) {
	rows := []struct {
		says       string
		work, took time.Duration
		speed      float64
	}{
		{says: "speed 1 takes as long as the work says", work: 10 * ms, speed: 1, took: 10 * ms},
		{says: "twice the speed takes half of it", work: 10 * ms, speed: 2, took: 5 * ms},
		{says: "a quarter of the speed takes four times as long", work: 10 * ms, speed: 0.25, took: 40 * ms},
		{says: "no work takes no time", work: 0, speed: 1, took: 0},
		{says: "work that would overflow the clock is cut off", work: 1 << 60, speed: 1e-9, took: 100_000 * time.Hour},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSlot(func(s *Slot) { s.Speed, s.Worker = row.speed, 4 })
				rec := serve(t.Context(), []*requester.Request{ask(7, row.work), ask(8, 0)}, s)
				assert.Equal(t, requester.Response{
					Ticket: 7, Worker: 4, Verdict: requester.Succeeded, Began: 0, Finished: row.took,
				}, rec.answers[0])
				assert.Equal(t, row.took, rec.answers[1].Began, "the next begins when it ends")
				assert.Equal(t, Tally{Received: 2, Begun: 2, BegunInside: 2, Answered: 2, AnsweredInside: 2, Busy: row.took, BusyInside: row.took, Ended: row.took}, s.Tally)
				assert.Equal(t, 3, rec.dones[0].Incarnation, "a Done says which incarnation the job was sent to")
			})
		})
	}
}

// Books before answers: if the client heard first, it could ask again before the balancer knows that there is room.
func TestDoneComesBeforeTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue, done, reply := make(chan *Job, 1), make(chan *Job), make(chan requester.Response, 1)
		go newSlot().Run(t.Context(), queue)
		r := ask(0, ms)
		r.Reply = reply
		queue <- &Job{Request: r, Done: done}
		time.Sleep(time.Second)
		synctest.Wait()
		require.Empty(t, reply, "it has finished long ago, but the balancer has not heard of it")
		<-done
		synctest.Wait()
		require.Len(t, reply, 1)
		close(queue)
	})
}

func TestTheSlotsOfAWorkerShareItsQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := serve(t.Context(), []*requester.Request{ask(0, 10*ms), ask(1, 20*ms), ask(2, 5*ms)}, newSlot(), newSlot())
		assert.Equal(t, []time.Duration{10 * ms, 15 * ms, 20 * ms}, rec.heard, "the third goes to whichever is free first")
	})
}

// onLane makes a slot wake at its own instants only.
func onLane(phase, period time.Duration) func(*Slot) {
	return func(s *Slot) { s.Aim = virtualtime.Lane{Phase: phase, Period: period}.Aim }
}

func TestWhatNobodyWaitsForIsSkippedAtALaterInstant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlot(onLane(5, 8))
		expired := ask(1, time.Hour)
		expired.End = 3 * ms
		rec := serve(t.Context(), []*requester.Request{ask(0, 8*ms), expired, ask(2, 8*ms)}, s)
		assert.Equal(t, []time.Duration{8*ms + 5, 8*ms + 13, 16*ms + 13}, rec.heard)
		assert.Equal(t, requester.Response{
			Ticket: 1, Verdict: requester.TimedOut, Began: requester.Never, Finished: 8*ms + 13,
		}, rec.answers[1], "that it began never says that nobody has worked on it")
		assert.Equal(t, requester.TimedOut, rec.dones[1].Verdict)
		assert.Equal(t, 1, s.Tally.Skipped)
		assert.Equal(t, 2, s.Tally.Begun)
		assert.Equal(t, 16*ms, s.Tally.Busy)
	})
}

// On lanes no two goroutines ever act at one instant, whatever comes: work of no length, work that is skipped,
// work that is shorter than the comb of the lane.
func TestNoInstantHasTwoDones(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var requests []*requester.Request
		for id := range 300 {
			r := ask(id, []time.Duration{0, 1, 63, 64, 65, 1000}[id%6])
			if id%4 == 0 {
				r.End = 0
			}
			requests = append(requests, r)
		}
		rec := serve(t.Context(), requests, newSlot(onLane(0, 4)), newSlot(onLane(1, 4)), newSlot(onLane(2, 4)))
		seen := map[time.Duration]bool{}
		for _, at := range rec.heard {
			require.False(t, seen[at], "two at %d ns", at)
			require.NotEqual(t, time.Duration(3), at%4, "nobody has that lane")
			seen[at] = true
		}
	})
}

// A lane moves every wake-up, and constant work would always be moved the same way, here down by 300 ns. The slot
// carries that over to its next wake-up, so that what all services take together is never off by more than half a
// period, to the nearest instant of the lane, and the mean of n of them by an n-th of that.
func TestMovedWakeUpsDoNotBiasServices(t *testing.T) {
	const n, period = 1000, 1 << 10
	const work = 1000*period + 300
	synctest.Test(t, func(t *testing.T) {
		s := newSlot(onLane(0, period))
		var requests []*requester.Request
		for id := range n {
			requests = append(requests, ask(id, work))
		}
		serve(t.Context(), requests, s)
		assert.InDelta(t, n*work, s.Tally.Busy, period/2)
	})
}
