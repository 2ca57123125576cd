package worker

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/instant"
	"waza/requester"
)

// When the run is over a slot finishes what it has begun, for in simulated time that takes no time, and hands
// back the rest: everybody who asked gets an answer.
func TestAfterTheEndASlotHandsBackWhatComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		run, end := context.WithCancel(t.Context())
		time.AfterFunc(5*ms, end)
		s := newSlot(onLane(0, 8))
		rec := serve(run, []*requester.Request{ask(0, 8*ms), ask(1, 8*ms), ask(2, 8*ms)}, s)
		assert.Equal(t, requester.Succeeded, rec.answers[0].Verdict)
		for i, a := range rec.answers[1:] {
			assert.Equal(t, requester.Cancelled, a.Verdict)
			assert.False(t, a.Served())
			assert.Equal(t, rec.heard[i+1], rec.heard[0], "at once, for there may be many, and nothing depends on the order any more")
		}
		assert.Equal(t, 2, s.Tally.Cancelled)
		assert.Equal(t, 1, s.Tally.Begun)
	})
}

// On the wall clock nobody wants to wait for a service of an hour: Stop interrupts it.
func TestStopInterruptsAService(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		run, end := context.WithCancel(t.Context())
		time.AfterFunc(5*ms, end)
		s := newSlot(func(s *Slot) { s.Wall, s.Stop = true, run.Done() })
		rec := serve(run, []*requester.Request{ask(0, ms), ask(1, time.Hour), ask(2, ms)}, s)
		assert.Equal(t, requester.Succeeded, rec.answers[0].Verdict, "what is finished before is not touched")
		assert.Equal(t, requester.Response{
			Ticket: 1, Verdict: requester.Cancelled, Began: ms, Finished: 5 * ms,
		}, rec.answers[1], "it was begun and is cut short")
		assert.Equal(t, requester.Never, rec.answers[2].Began, "this one is not even begun")
		assert.Equal(t, Tally{Received: 3, Begun: 2, BegunInside: 2, Answered: 1, AnsweredInside: 1, Failed: 1, Cancelled: 1, Busy: 5 * ms, BusyInside: 5 * ms, Ended: 5 * ms}, s.Tally)
	})
}

// Only what lies inside the measured window is measured.
func TestATallyKnowsTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlot(func(s *Slot) { s.Window = from{15 * ms} })
		serve(t.Context(), []*requester.Request{ask(0, 10*ms), ask(1, 10*ms), ask(2, 10*ms)}, s)
		assert.Equal(t, Tally{Received: 3, Begun: 3, BegunInside: 1, Answered: 3, AnsweredInside: 2, Busy: 30 * ms, BusyInside: 15 * ms, Ended: 30 * ms}, s.Tally)
	})
}

// from is a window without an end.
type from struct{ at time.Duration }

func (w from) Known() instant.Interval {
	return instant.Interval{Open: w.at, First: w.at, Close: requester.Never, Last: requester.Never}
}

// Whoever watches hears what the slot does, as it happens.
func TestTell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var heard []requester.Event
		s := newSlot(func(s *Slot) { s.Tell = func(e requester.Event) { heard = append(heard, e) } })
		expired := ask(1, ms)
		expired.End = ms
		serve(t.Context(), []*requester.Request{ask(0, 2*ms), expired}, s)
		assert.Equal(t, []requester.Event{
			{At: 0, What: requester.Begins, Request: 0, Attempt: 1},
			{At: 2 * ms, What: requester.Ends, Request: 0, Attempt: 1},
			{At: 2 * ms, What: requester.Skips, Request: 1, Attempt: 1, Verdict: requester.TimedOut, Why: "its time is over"},
		}, heard)
	})
}
