package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// A hedge's loser that still waits in the backlog is skipped when its turn comes, and no worker hears of it.
func TestALoserIsSkippedAtTheHeadOfTheBacklog(t *testing.T) {
	decided := make(chan struct{})
	hedge := func(r *requester.Request) { r.Decided = decided }
	play(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask(hedge)
		f.ask(hedge)
		f.ask(func(r *requester.Request) { r.Decided = make(chan struct{}) })
		time.Sleep(time.Second)
		close(decided)
		require.Empty(t, f.replies, "it is told when its turn comes")
		f.serve(0)
		assert.Equal(t, requester.Response{
			Ticket: 1, Verdict: requester.TimedOut, Worker: requester.None,
			Dispatched: requester.Never, Began: requester.Never, Finished: time.Second,
		}, f.answer())
		assert.Equal(t, requester.Succeeded, f.answer().Verdict, "what had begun was served")
		assert.Equal(t, 2, f.take(0).Request.ID)
		assert.Equal(t, 1, f.close().Skipped)
	})
}
