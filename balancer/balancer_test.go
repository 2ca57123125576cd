package balancer

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// play runs a test in a bubble with a balancer that asks least-loaded.
func play(t *testing.T, set func(*Balancer), test func(*testing.T, *floor)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "least-loaded", set)
		t.Cleanup(func() { f.close() }) // also after a failure: a goroutine that is left behind would hide it
		test(t, f)
	})
}

func TestARequestGoesToTheLeastPending(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		for id := range 3 {
			f.join(id, 10)
		}
		for range 4 {
			f.ask()
		}
		assert.Equal(t, []int{2, 1, 1}, []int{f.at(0), f.at(1), f.at(2)}, "in turn, and from the beginning again")
		f.serve(2)
		f.ask()
		assert.Equal(t, []int{2, 1, 1}, []int{f.at(0), f.at(1), f.at(2)}, "2 has had the least")
	})
}

func TestAJobTellsWhereAndWhen(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		f.join(7, 1)
		time.Sleep(time.Second)
		f.ask()
		job := f.take(7)
		assert.Equal(t, 0, job.Request.ID)
		assert.Equal(t, time.Second, job.Dispatched)
		assert.Zero(t, job.Incarnation)
		f.finish(7, job)
	})
}

func TestWhatFindsNoRoomWaitsInTheBacklog(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		for range 3 {
			f.ask() // before anybody has joined
		}
		f.join(0, 1)
		require.Equal(t, 1, f.at(0), "a worker that joins gets what waits, up to its limit")
		for want := range 3 {
			job := f.take(0)
			assert.Equal(t, want, job.Request.ID, "the oldest first")
			f.finish(0, job) // makes room for the next
		}
		assert.Zero(t, f.at(0))
	})
}

// With a full backlog the balancer does not receive: who asks stands at the door, in its own goroutine and on its own
// time. One request it must be able to hold, or it could not receive at all.
func TestBackPressure(t *testing.T) {
	rows := []struct {
		says    string
		backlog int
		holds   int
	}{
		{"no backlog: one request is in the balancer's hand", 0, 1},
		{"a backlog of one", 1, 1},
		{"a backlog of three", 3, 3},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			play(t, func(b *Balancer) { b.Backlog = row.backlog }, func(t *testing.T, f *floor) {
				f.join(0, 1)
				require.True(t, f.ask(), "the worker takes one")
				for range row.holds {
					require.True(t, f.ask(), "there is room")
				}
				require.False(t, f.ask(), "it is full")
				time.Sleep(time.Hour)
				require.False(t, f.ask(), "and stays so: only a message can change it")
				f.serve(0)
				require.True(t, f.ask(), "a Done makes room")
				require.False(t, f.ask(), "for one")
				f.join(1, 1)
				require.True(t, f.ask(), "and so does a worker that joins")
			})
		})
	}
}

func TestAnUnlimitedBacklogNeverStopsReceiving(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		for range 500 {
			require.True(t, f.ask())
		}
	})
}

func TestReject(t *testing.T) {
	for _, backlog := range []int{0, 1, 3} {
		t.Run(fmt.Sprintf("backlog %d", backlog), func(t *testing.T) {
			play(t, func(b *Balancer) { b.Reject, b.Backlog = true, backlog }, func(t *testing.T, f *floor) {
				f.join(0, 2)
				for range 2 + backlog {
					require.True(t, f.ask())
				}
				require.Empty(t, f.replies, "the worker and the backlog have room for them")
				time.Sleep(time.Second)
				require.True(t, f.ask(), "it never stops receiving")
				assert.Equal(t, requester.Response{
					Ticket: 2 + backlog, Verdict: requester.Rejected, Reason: requester.NoRoom, Worker: requester.None,
					Dispatched: requester.Never, Began: requester.Never, Finished: time.Second,
				}, f.answer(), "the one that has just come is rejected")
				f.serve(0)
				f.answer()
				f.ask()
				require.Empty(t, f.replies, "a Done makes room for one")
				f.ask()
				assert.Equal(t, requester.Rejected, f.answer().Verdict, "and for no more")
			})
		})
	}
}

func TestWhatNobodyWaitsForIsSkippedAtTheHeadOfTheBacklog(t *testing.T) {
	until := func(end time.Duration) func(*requester.Request) {
		return func(r *requester.Request) { r.End = end }
	}
	play(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask()
		f.ask(until(2 * time.Second))
		f.ask(until(2*time.Second + 1))
		time.Sleep(2 * time.Second)
		require.Empty(t, f.replies, "no message has come that would wake it, and nobody waits for this answer")
		f.serve(0) // its Done comes before its answer: what the balancer makes of it is said first
		assert.Equal(t, requester.Response{
			Ticket: 1, Verdict: requester.TimedOut, Worker: requester.None,
			Dispatched: requester.Never, Began: requester.Never, Finished: 2 * time.Second,
		}, f.answer(), "nobody waits at its end any more")
		assert.Equal(t, requester.Succeeded, f.answer().Verdict)
		assert.Equal(t, 2, f.take(0).Request.ID, "a nanosecond before its end it is worth a try")
		f.ask()
		f.ask(until(2 * time.Second))
		assert.Empty(t, f.replies, "its end has come, but it is not at the head")
		assert.Equal(t, 1, f.close().Skipped)
	})
}

// Attempts of one request share a note of the workers that they have met.
func TestARequestIsSentToAWorkerThatItHasNotMet(t *testing.T) {
	play(t, nil, func(t *testing.T, f *floor) {
		var tried requester.Tried
		met := func(r *requester.Request) { r.Tried = &tried }
		for id := range 3 {
			f.join(id, 2)
		}
		f.ask(met)
		f.ask() // to 1
		f.serve(0)
		f.ask(met)
		assert.Equal(t, []int{0, 2}, tried[0], "0 is idle and would be next but for this request")
		f.serve(1)
		f.ask(met)
		assert.Equal(t, []int{0, 2, 1}, tried[0])
		f.ask(met)
		assert.Equal(t, []int{0, 2, 1, 0}, tried[0], "it has met all: everybody is eligible again")
		for range 3 {
			f.ask() // now all are full
		}
		f.serve(2)
		f.ask(func(r *requester.Request) { r.Tried = &requester.Tried{{2}} })
		assert.Equal(t, 2, f.at(2), "every other is full: better the same again than to wait")
	})
}

// qpool's balancer has a name for it; others reject without a word.
func TestARejectionSaysWhyIfTheStrategyKnows(t *testing.T) {
	for name, want := range map[string]string{"capacity-latency": "no available workers", "least-loaded": ""} {
		synctest.Test(t, func(t *testing.T) {
			var refused []requester.Event
			f := open(t, name, func(b *Balancer) {
				b.Reject, b.Backlog = true, 0
				b.Tell = func(e requester.Event) {
					if e.What == requester.Refuses {
						refused = append(refused, e)
					}
				}
			})
			defer f.close()
			f.join(0, 1)
			f.ask()
			f.ask()
			require.Len(t, refused, 1)
			assert.Equal(t, requester.Rejected, refused[0].Verdict)
			assert.Equal(t, want, refused[0].Why, name)
		})
	}
}
