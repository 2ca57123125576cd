package requester

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An answer counts when it is home, not when it is given.
func TestAnAnswerHasAWayHome(t *testing.T) {
	const way = 4 * ms
	for _, row := range []struct {
		says     string
		end      time.Duration // of the run; 0: nobody interrupts it
		finished time.Duration
		answer   Verdict
		verdict  Verdict
		decided  time.Duration
		late     uint8
	}{
		{"home in time", 0, 10 * ms, Succeeded, Succeeded, 14 * ms, 0},
		{"home at the very end", 0, 16 * ms, Succeeded, Succeeded, 20 * ms, 0},
		{"given in time, but home too late", 0, 16*ms + 1, Succeeded, TimedOut, 20 * ms, 1},
		{"given too late", 0, 21 * ms, Succeeded, TimedOut, 20 * ms, 1},
		{"an error is on the same way", 0, 10 * ms, Failed, Failed, 14 * ms, 0},
		{"the run is cut while the answer is on its way", 12 * ms, 10 * ms, Succeeded, Lost, 12 * ms, 1},
		{"the run is over when it is home", 14*ms + 1, 10 * ms, Succeeded, Succeeded, 14 * ms, 0},
	} {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newRig(t, 0)
				g.Timeout = 20 * ms
				if row.end > 0 {
					g.run = in(t, row.end)
				}
				outcomes := g.play(func(q *Request) { g.serveFar(q, row.finished, way, row.answer) })
				require.Len(t, outcomes, 1)
				o := outcomes[0]
				assert.Equal(t, row.verdict, o.Verdict)
				assert.Equal(t, row.decided, o.Decided)
				assert.Equal(t, row.finished, o.Finished, "the worker finished all the same")
				assert.Equal(t, row.late, o.Late)
				assert.Equal(t, attempts(row.verdict), o.Attempts)
				assert.EqualValues(t, 1, o.Executed)
			})
		})
	}
}

// It acts on an answer that comes home at the first instant of its own after that, here a whole millisecond, when nobody else is awake,
// though the verdict is of the instant at which the answer was home.
func TestAnAnswerThatComesHomeIsActedOnAtAnOwnInstant(t *testing.T) {
	for took, acts := range map[time.Duration]time.Duration{
		10*ms + 300*time.Microsecond: 16 * ms, // asked at 1 ms, and home 4 ms after it was given, at 15.3
		10*ms + 700*time.Microsecond: 16 * ms,
		11 * ms:                      17 * ms, // home at an own instant: the next one
	} {
		synctest.Test(t, func(t *testing.T) {
			g := newRig(t, 0)
			g.Aim = func(now, due time.Duration) time.Duration { return max(due.Round(ms), now.Truncate(ms)+ms) }
			var decides []time.Duration
			g.Tell = func(e Event) {
				if e.What == Decides {
					decides = append(decides, g.now())
				}
			}
			outcomes := g.play(func(q *Request) { g.serveFar(q, took, 4*ms, Succeeded) })
			assert.Equal(t, []time.Duration{acts}, decides)
			assert.Equal(t, 5*ms+took, outcomes[0].Decided)
		})
	}
}

func TestARetryAndTheNextThoughtFollowTheAnswerHome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t)
		g.Closed, g.Quota, g.Warmup, g.Retries, g.Backoff = true, 2, 1, 1, Backoff{Kind: ConstantBackoff, Base: 3 * ms}
		g.Arrivals = &ClosedArrivals{Left: 2, Think: func() time.Duration { return 10 * ms }}
		var at []time.Duration
		g.play(func(q *Request) {
			at = append(at, g.now())
			if q.Attempt == 1 {
				g.serveFar(q, ms, ms, Failed)
			} else {
				g.serveFar(q, 2*ms, 5*ms, Succeeded)
			}
		})
		assert.Equal(t, []time.Duration{10 * ms, 15 * ms, 32 * ms, 37 * ms}, at,
			"each first attempt is home 2 ms later and tried again 3 ms after that; 7 ms later the next thought begins")
		assert.Equal(t, Milestone{At: 22 * ms}, <-g.milestones)
	})
}

// Who sleeps until its next request reads answers late, and they count as if it had waited for them.
func TestAnAnswerMayBeReadLongAfterItIsHome(t *testing.T) {
	for _, eager := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			g := newRig(t, 0, 100*ms)
			g.Eager = eager
			outcomes := g.play(func(q *Request) { g.serveFar(q, 10*ms, 5*ms, Succeeded) })
			assert.Equal(t, 15*ms, outcomes[0].Decided)
			assert.Equal(t, 115*ms, outcomes[1].Decided)
		})
	}
}
