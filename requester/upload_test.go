package requester

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// So many are slow as the share says, rounded, and at least one; which of them depends on the seed, and not on who asks.
func TestSlowRequestersAreAsManyAsTheShareSays(t *testing.T) {
	for _, row := range []struct {
		share            float64
		requesters, slow int
	}{{0.1, 100, 10}, {0.1, 1, 1}, {0.001, 100, 1}, {0.5, 3, 2}, {1, 7, 7}} {
		u := Upload{Takes: ms, Share: row.share}
		n := 0
		for _, slow := range u.IsSlow(1, row.requesters) {
			if slow {
				n++
			}
		}
		assert.Equal(t, []int{row.slow, row.slow}, []int{n, u.Slow(row.requesters)}, "%v of %d", row.share, row.requesters)
	}
	u := Upload{Takes: ms, Share: 0.1}
	assert.Equal(t, u.IsSlow(1, 100), u.IsSlow(1, 100))
	assert.NotEqual(t, u.IsSlow(1, 100), u.IsSlow(2, 100))
	assert.Zero(t, Upload{}.Slow(100))
}

// Of two requests, at 0 and at 5 ms, each has a body of 100 ms. Where nobody buffers it, it goes with the request, which is offered at once.
func TestABodyIsOfferedWithItsRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, 5*ms)
		g.Upload = Upload{Takes: 100 * ms}
		var at []time.Duration
		g.play(func(q *Request) {
			at = append(at, g.now())
			assert.Equal(t, 100*ms, q.Upload)
			g.serve(q, q.Work+q.Upload, Succeeded)
		})
		assert.Equal(t, []time.Duration{0, 5 * ms}, at)
	})
}

// Buffered, it is offered 100 ms later, and without: the wait counts from its start. The bodies of two requests come at the same time.
func TestABufferedBodyLetsItsRequestComeLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, 5*ms)
		g.Upload = Upload{Takes: 100 * ms, Buffered: true}
		outcomes := g.play(func(q *Request) {
			assert.Zero(t, q.Upload)
			g.serve(q, q.Work, Succeeded)
		})
		for i, start := range []time.Duration{0, 5 * ms} {
			o := outcomes[i]
			assert.Equal(t, []time.Duration{start, start, start + 100*ms, start + 101*ms}, []time.Duration{o.Start, o.Offered, o.Began, o.Decided})
		}
	})
}

// An attempt whose time is over before its body is there has left without being received, and the next one sends it anew.
func TestTheTimeOfAnAttemptMayEndBeforeItsBodyIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0)
		g.Upload = Upload{Takes: 100 * ms, Buffered: true}
		g.Timeout, g.Retries, g.Backoff = 60*ms, 1, Backoff{Kind: ConstantBackoff, Base: ms}
		outcomes := g.play(func(*Request) { t.Error("it is never offered") })
		o := outcomes[0]
		assert.Equal(t, TimedOut, o.Verdict)
		assert.Equal(t, []uint8{2, 2, 0}, []uint8{o.Attempts[TimedOut], o.Withdrawn, o.Executed})
		assert.Equal(t, 121*ms, o.Decided.Round(ms))
	})
}

// A hedge sends its own body, from when it begins; the first to be answered wins, and the other, whose body is not there yet, is dropped.
func TestALoserMayStillBeSendingItsBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0)
		g.Upload = Upload{Takes: 100 * ms, Buffered: true}
		g.Hedge = Hedge{After: 50 * ms}
		offered := 0
		outcomes := g.play(func(q *Request) { offered++; g.serve(q, 10*ms, Succeeded) })
		o := outcomes[0]
		assert.Equal(t, Succeeded, o.Verdict)
		assert.Equal(t, 110*ms, o.Decided)
		assert.Equal(t, 1, offered)
		assert.Equal(t, []uint8{1, 1, 1, 1}, []uint8{o.Attempts[Succeeded], o.Attempts[Cancelled], o.Unserved, o.AtDoor})
	})
}
