package requester

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// The balancer hears of a decision at the requester's first own instant after the winner is home, whenever the swallowed loser came back. Lanes
// are 7 mod 8; the try is swallowed, the hedge after 10 ms wins at 20 ms. The second request begins just then, and is offered at the instant
// after: the balancer may still be at the withdrawal.
func TestTheBalancerIsToldOfAWithdrawal(t *testing.T) {
	const winner, told = 20 * ms, 20*ms | 7
	for _, row := range []struct {
		says      string
		back      time.Duration // the dead letter
		propagate bool
		withdrawn []time.Duration
		next      time.Duration // offer
	}{
		{"long before the winner", ms, true, []time.Duration{told}, told + 8},
		{"after it", winner + 3, true, []time.Duration{told}, told + 8},
		{"even later", told + 3, true, []time.Duration{told}, told + 8},
		{"nobody is to be told", ms, false, nil, told},
	} {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newRig(t, 0, told)
				g.Aim = func(now, due time.Duration) time.Duration { return max(due, now+1) | 7 }
				g.Hedge.After, g.Cut, g.Propagate = 10*ms, time.Second, row.propagate
				var withdrawn, offered []time.Duration
				var channel <-chan struct{}
				g.Withdraw = func(decided <-chan struct{}) {
					assert.Equal(t, channel, decided)
					_, open := <-decided
					assert.False(t, open, "whoever comes to an attempt knows already")
					withdrawn = append(withdrawn, g.now())
				}
				o := g.play(func(q *Request) {
					switch offered = append(offered, g.now()); len(offered) {
					case 1:
						channel = q.Decided
						g.later(q.Reply, Response{Ticket: q.Ticket, Verdict: Lost, Worker: 3, Began: Never, Finished: row.back})
					case 2:
						g.serve(q, winner-g.now(), Succeeded)
					default:
						g.serve(q, ms, Succeeded)
					}
				})
				assert.Equal(t, row.withdrawn, withdrawn)
				assert.Equal(t, row.next, offered[2])
				assert.Equal(t, winner, o[0].Decided)
				assert.Equal(t, attempts(Cancelled, Succeeded), o[0].Attempts)
				assert.Equal(t, []uint8{1, 1, 0}, []uint8{o[0].Executed, o[0].Buried, o[0].Late})
				assert.Equal(t, attempts(Succeeded), o[1].Attempts)
				assert.Equal(t, told, o[1].Start)
			})
		})
	}
}

// The last request of a requester is withdrawn, too, before it ends; and a call is not told to the report, nor its memory used, before.
func TestARequesterEndsOnlyWhenAllIsWithdrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0)
		g.Aim = func(now, due time.Duration) time.Duration { return (max(due, now+1)/ms + 1) * ms }
		g.Hedge.After, g.Cut = 10*ms-1, time.Second
		var withdrawn time.Duration
		g.Withdraw = func(<-chan struct{}) { withdrawn = g.now() }
		g.play(func(q *Request) {
			if q.Attempt == 1 {
				g.send(q.Reply, Response{Ticket: q.Ticket, Verdict: Lost, Worker: 3, Began: Never, Finished: g.now()})
				return
			}
			g.serve(q, 5*ms/2, Succeeded)
		})
		assert.Equal(t, g.now(), withdrawn)
		assert.Len(t, g.free, 1)
	})
}
