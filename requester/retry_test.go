package requester

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whether an answer is in time is told by the instants that it names, never by what was received first.
func TestAnAnswerIsInTimeUntilTheEnd(t *testing.T) {
	const end = 15 * ms
	rows := []struct {
		says     string
		answer   Verdict
		served   bool
		finished time.Duration
		verdict  Verdict
		decided  time.Duration
		late     uint8
		skipped  uint8
	}{
		{"before the end", Succeeded, true, end - 1, Succeeded, end - 1, 0, 0},
		{"at the end", Succeeded, true, end, Succeeded, end, 0, 0},
		{"after the end: the verdict has fallen at the end, and the answer is late", Succeeded, true, end + 1, TimedOut, end, 1, 0},
		{"long after the end", Succeeded, true, end + time.Hour, TimedOut, end, 1, 0},
		{"a failure before the end", Failed, true, end - 1, Failed, end - 1, 0, 0},
		{"a failure after the end is a timeout", Failed, true, end + 1, TimedOut, end, 1, 0},
		{"rejected", Rejected, false, 6 * ms, Rejected, 6 * ms, 0, 0},
		{"skipped after the end", TimedOut, false, end + 1, TimedOut, end, 0, 1},
		{"skipped at the very end", TimedOut, false, end, TimedOut, end, 0, 1},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newRig(t, 5*ms)
				g.Timeout = 10 * ms
				outcomes := g.play(func(q *Request) {
					assert.Equal(t, end, q.End)
					a := Response{Ticket: q.Ticket, Verdict: row.answer, Began: Never, Finished: row.finished}
					if row.served {
						a.Began = 5 * ms
					}
					if row.finished > end {
						g.later(q.Reply, a)
					} else {
						g.send(q.Reply, a) // before it says: at one instant nobody knows who is first
					}
				})
				require.Len(t, outcomes, 1, "one outcome, when the answer is home")
				o := outcomes[0]
				assert.Equal(t, row.verdict, o.Verdict)
				assert.Equal(t, row.decided, o.Decided)
				assert.Equal(t, attempts(row.verdict), o.Attempts)
				assert.Equal(t, row.late, o.Late)
				assert.Equal(t, row.skipped, o.Skipped)
				assert.Equal(t, row.served, o.Executed == 1)
			})
		})
	}
}

func TestEndsAreToldToOthersOnlyIfTheyArePropagated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 5*ms)
		g.Timeout, g.Propagate = 10*ms, false
		outcomes := g.play(func(q *Request) {
			assert.Equal(t, Never, q.End)
			g.serve(q, 20*ms, Succeeded)
		})
		assert.Equal(t, TimedOut, outcomes[0].Verdict, "it gives up all the same")
	})
}

func TestARetryFollowsItsBackoff(t *testing.T) {
	for _, v := range []Verdict{Failed, Rejected} {
		t.Run(v.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newRig(t, 0)
				g.Retries, g.Backoff = 2, Backoff{Kind: ConstantBackoff, Base: 3 * ms}
				var at []time.Duration
				outcomes := g.play(func(q *Request) {
					at = append(at, g.now())
					assert.Equal(t, len(at), q.Attempt)
					assert.Equal(t, ms, q.Work, "every attempt has the same work")
					assert.Len(t, q.Tried[0], len(at)-1, "what the balancer has noted")
					q.Tried[0] = append(q.Tried[0], 7)
					switch {
					case q.Attempt == 3:
						g.serve(q, 2*ms, Succeeded)
					case v == Failed:
						g.serve(q, 7*ms, Failed)
					default:
						g.refuse(q, 7*ms, Rejected)
					}
				})
				assert.Equal(t, []time.Duration{0, 10 * ms, 20 * ms}, at)
				require.Len(t, outcomes, 1)
				o := outcomes[0]
				assert.Equal(t, attempts(v, v, Succeeded), o.Attempts)
				assert.Equal(t, 3, o.Tries())
				assert.Equal(t, 22*ms, o.Decided)
				assert.Equal(t, 20*ms, o.Offered, "of the attempt that was answered")
			})
		})
	}
}

func TestWithoutARetryLeftTheLastVerdictStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0)
		g.Retries, g.Backoff = 2, Backoff{Kind: NoBackoff}
		outcomes := g.play(func(q *Request) {
			if q.Attempt < 3 {
				g.refuse(q, ms, Rejected)
			} else {
				g.serve(q, ms, Failed)
			}
		})
		assert.Equal(t, Failed, outcomes[0].Verdict)
		assert.Equal(t, attempts(Rejected, Rejected, Failed), outcomes[0].Attempts)
		assert.Equal(t, 3*ms, outcomes[0].Decided)
	})
}

// The deadline is of the whole request, backoff included: start 0, deadline 40, timeout 10, backoff 5.
func TestTheDeadlineHoldsAcrossRetries(t *testing.T) {
	rows := []struct {
		says     string
		deadline time.Duration
		ends     []time.Duration // of the attempts, which begin at 0, 15 and 30 ms
		decided  time.Duration
	}{
		{"far away, each attempt has its timeout", time.Hour, []time.Duration{10 * ms, 25 * ms, 40 * ms, 55 * ms}, 55 * ms},
		{"it cuts the third attempt short", 37 * ms, []time.Duration{10 * ms, 25 * ms, 37 * ms}, 37 * ms},
		{"it comes when the third would begin: that is not made", 30 * ms, []time.Duration{10 * ms, 25 * ms}, 25 * ms},
		{"it comes before the first timeout", 8 * ms, []time.Duration{8 * ms}, 8 * ms},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newRig(t, 0)
				g.Timeout, g.Deadline = 10*ms, row.deadline
				g.Retries, g.Backoff = 3, Backoff{Kind: ConstantBackoff, Base: 5 * ms}
				var ends []time.Duration
				outcomes := g.play(func(q *Request) {
					ends = append(ends, q.End)
					g.serve(q, time.Second, Succeeded)
				})
				assert.Equal(t, row.ends, ends)
				require.Len(t, outcomes, 1)
				assert.Equal(t, TimedOut, outcomes[0].Verdict)
				assert.Equal(t, row.decided, outcomes[0].Decided)
				assert.Equal(t, len(ends), int(outcomes[0].Late), "every attempt was served in vain")
			})
		})
	}
}

// A worker still reads the attempt that its requester has given up: the next one must be another message.
func TestAnAttemptThatIsStillOutIsNotWrittenOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0)
		g.Timeout, g.Retries, g.Backoff = 10*ms, 1, Backoff{Kind: NoBackoff}
		var messages []*Request
		outcomes := g.play(func(q *Request) {
			messages = append(messages, q)
			g.serve(q, 15*ms-time.Duration(q.Attempt-1)*10*ms, Succeeded) // the second is home together with the first
		})
		require.Len(t, messages, 2)
		assert.Equal(t, []int{1, 2}, []int{messages[0].Attempt, messages[1].Attempt})
		assert.Equal(t, Succeeded, outcomes[0].Verdict)
		assert.Equal(t, attempts(TimedOut, Succeeded), outcomes[0].Attempts)
		assert.Equal(t, []uint8{2, 1}, []uint8{outcomes[0].Executed, outcomes[0].Late})
	})
}

// An attempt that is not received before its end is withdrawn, and the one behind it is the next.
func TestAnAttemptIsWithdrawnAtTheDoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, 8*ms)
		g.Timeout, g.shut = 10*ms, 15*ms
		received := 0
		outcomes := g.play(func(q *Request) {
			received++
			assert.Equal(t, 1, q.ID, "nobody has ever seen request 0")
			assert.Equal(t, 18*ms, q.End, "its time runs from its start and not from the door")
			g.serve(q, ms, Succeeded)
		})
		assert.Equal(t, 1, received)
		require.Len(t, outcomes, 2)
		assert.Equal(t, Outcome{
			ID: 0, Work: ms, Verdict: TimedOut, Decided: 10 * ms, Attempts: attempts(TimedOut), Withdrawn: 1,
			Worker: None, Dispatched: Never, Began: Never, Finished: Never,
		}, outcomes[0])
		assert.Equal(t, 16*ms, outcomes[1].Decided)
	})
}
