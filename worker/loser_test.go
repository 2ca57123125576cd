package worker

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// A hedge's loser that still waits in the queue costs no service; one whose service has begun is served to its end.
func TestALoserIsSkippedAtTheHeadOfTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlot(onLane(5, 8))
		decided := make(chan struct{})
		begun, loser, other := ask(0, 8*ms), ask(1, time.Hour), ask(2, 8*ms)
		begun.Decided, loser.Decided, other.Decided = decided, decided, make(chan struct{})
		time.AfterFunc(4*ms, func() { close(decided) })
		rec := serve(t.Context(), []*requester.Request{begun, loser, other}, s)
		assert.Equal(t, []time.Duration{8*ms + 5, 8*ms + 13, 16*ms + 13}, rec.heard)
		assert.Equal(t, requester.Succeeded, rec.answers[0].Verdict)
		assert.Equal(t, requester.Response{
			Ticket: 1, Verdict: requester.TimedOut, Began: requester.Never, Finished: 8*ms + 13,
		}, rec.answers[1])
		assert.Equal(t, requester.Succeeded, rec.answers[2].Verdict, "another request has not been decided")
		assert.Equal(t, []int{1, 2}, []int{s.Tally.Skipped, s.Tally.Begun})
		assert.Equal(t, 16*ms, s.Tally.Busy)
	})
}
