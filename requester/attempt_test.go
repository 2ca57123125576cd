package requester

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/agenda"
)

// Two attempts of one call in flight: the second begins 3 ms after the first, whatever becomes of that. Each has its message,
// its end, its state and its answer; the first success is the call's, and of two that fail the last counts.
func TestTwoAttemptsInFlight(t *testing.T) {
	type answer struct {
		worker int
		after  time.Duration
		says   Verdict
	}
	rows := []struct {
		says          string
		first, second answer
		want          Outcome
	}{
		{"the first wins, and the other's answer is late",
			answer{1, 5 * ms, Succeeded}, answer{2, 9 * ms, Succeeded},
			Outcome{Verdict: Succeeded, Decided: 5 * ms, Attempts: attempts(Succeeded, Cancelled), Executed: 2, Late: 1, Service: 14 * ms,
				Worker: 1, Finished: 5 * ms}},
		{"the second wins",
			answer{1, 9 * ms, Succeeded}, answer{2, 2 * ms, Succeeded},
			Outcome{Verdict: Succeeded, Decided: 5 * ms, Attempts: attempts(Succeeded, Cancelled), Executed: 2, Late: 1, Service: 11 * ms,
				Worker: 2, Offered: 3 * ms, Dispatched: 3 * ms, Began: 3 * ms, Finished: 5 * ms}},
		{"the first fails, and the other is waited for",
			answer{1, 4 * ms, Failed}, answer{2, 4 * ms, Succeeded},
			Outcome{Verdict: Succeeded, Decided: 7 * ms, Attempts: attempts(Failed, Succeeded), Executed: 2, Service: 8 * ms,
				Worker: 2, Offered: 3 * ms, Dispatched: 3 * ms, Began: 3 * ms, Finished: 7 * ms}},
		{"both fail: the last counts, which was the first",
			answer{1, 8 * ms, Failed}, answer{2, 2 * ms, Failed},
			Outcome{Verdict: Failed, Decided: 8 * ms, Attempts: attempts(Failed, Failed), Executed: 2, Service: 10 * ms,
				Worker: 1, Finished: 8 * ms}},
		{"both time out, each at its own end",
			answer{1, 30 * ms, Succeeded}, answer{2, 40 * ms, Succeeded},
			Outcome{Verdict: TimedOut, Decided: 23 * ms, Attempts: attempts(TimedOut, TimedOut), Executed: 2, Late: 2, Service: 70 * ms,
				Worker: 2, Offered: 3 * ms, Dispatched: 3 * ms, Began: 3 * ms, Finished: 43 * ms}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newRig(t, 0)
				g.Timeout = 20 * ms
				g.agenda.Set(&agenda.Entry{Do: func(now time.Duration) { g.attempt(g.calls[0], now) }}, 3*ms)
				outcomes := g.play(func(q *Request) {
					a := row.first
					if q.Attempt == 2 {
						a = row.second
					}
					now := g.now()
					g.later(q.Reply, Response{
						Ticket: q.Ticket, Verdict: a.says, Worker: a.worker, Dispatched: now, Began: now, Finished: now + a.after,
					})
				})
				row.want.Work = ms
				require.Equal(t, []Outcome{row.want}, outcomes)
				assert.Len(t, g.attempts, 2)
			})
		})
	}
}

// The answer to one attempt ends the other where it stands, as soon as the requester is awake to read it: it leaves the door, and no
// balancer ever sees it.
func TestALoserAtTheDoorIsNotOffered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, 8*ms)
		g.agenda.Set(&agenda.Entry{Do: func(now time.Duration) { g.attempt(g.calls[0], now) }}, 3*ms)
		var received []int
		outcomes := g.play(func(q *Request) {
			received = append(received, q.ID)
			g.serve(q, 5*ms, Succeeded)
			time.Sleep(10 * ms) // meanwhile the door is shut
		})
		require.Len(t, outcomes, 2)
		o := outcomes[0]
		assert.Equal(t, []int{0, 1}, received)
		assert.Equal(t, 5*ms, o.Decided)
		assert.Equal(t, attempts(Succeeded, Cancelled), o.Attempts)
		assert.Equal(t, []uint8{1, 1, 1, 0}, []uint8{o.Executed, o.Unserved, o.AtDoor, o.Late})
	})
}
