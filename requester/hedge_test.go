package requester

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

// A worker's part in a race: how long it takes for an attempt, and what it says.
type answer struct {
	after time.Duration
	says  Verdict
}

// Hedges after 10 ms. Attempts are numbered as they are offered.
func TestAHedgeFollowsATryWithoutAnAnswer(t *testing.T) {
	rows := []struct {
		says    string
		set     func(*Requester)
		answers []answer
		offered []time.Duration // of each attempt
		verdict Verdict
		decided time.Duration
		counts  [Verdicts]uint8
	}{
		{"it wins", nil, []answer{{50 * ms, Succeeded}, {15 * ms, Succeeded}},
			[]time.Duration{0, 10 * ms}, Succeeded, 25 * ms, attempts(Cancelled, Succeeded)},
		{"it loses", nil, []answer{{20 * ms, Succeeded}, {15 * ms, Succeeded}},
			[]time.Duration{0, 10 * ms}, Succeeded, 20 * ms, attempts(Cancelled, Succeeded)},
		{"an answer before is enough", nil, []answer{{9 * ms, Succeeded}}, []time.Duration{0}, Succeeded, 9 * ms, attempts(Succeeded)},
		{"there is one hedge for a try, not a second", nil, []answer{{50 * ms, Succeeded}, {50 * ms, Succeeded}},
			[]time.Duration{0, 10 * ms}, Succeeded, 50 * ms, attempts(Cancelled, Succeeded)},
		{"a try that has failed has none", nil, []answer{{9 * ms, Failed}}, []time.Duration{0}, Failed, 9 * ms, attempts(Failed)},
		{"a try that fails later leaves its hedge to be waited for", nil, []answer{{12 * ms, Failed}, {20 * ms, Succeeded}},
			[]time.Duration{0, 10 * ms}, Succeeded, 30 * ms, attempts(Failed, Succeeded)},
		{"a hedge that fails leaves its try to be waited for", nil, []answer{{30 * ms, Succeeded}, {ms, Failed}},
			[]time.Duration{0, 10 * ms}, Succeeded, 30 * ms, attempts(Failed, Succeeded)},
		{"a pair that fails is one failure, of the last; its retry is a try again",
			func(r *Requester) { r.Retries, r.Backoff = 1, Backoff{Kind: ConstantBackoff, Base: 5 * ms} },
			[]answer{{12 * ms, Failed}, {20 * ms, Failed}, {40 * ms, Succeeded}, {3 * ms, Succeeded}},
			[]time.Duration{0, 10 * ms, 35 * ms, 45 * ms}, Succeeded, 48 * ms, attempts(Failed, Failed, Cancelled, Succeeded)},
		{"hedges do not count as retries", func(r *Requester) { r.Retries = 2 },
			[]answer{{12 * ms, Failed}, {20 * ms, Failed}, {12 * ms, Failed}, {20 * ms, Failed}, {12 * ms, Failed}, {20 * ms, Failed}},
			[]time.Duration{0, 10 * ms, 30 * ms, 40 * ms, 60 * ms, 70 * ms}, Failed, 90 * ms, attempts(Failed, Failed, Failed, Failed, Failed, Failed)},
		{"the backoff goes by retries", func(r *Requester) {
			r.Retries, r.Backoff = 2, Backoff{Kind: ExponentialBackoff, Base: 4 * ms, Cap: time.Second}
		},
			[]answer{{12 * ms, Failed}, {20 * ms, Failed}, {5 * ms, Failed}, {ms, Succeeded}},
			[]time.Duration{0, 10 * ms, 34 * ms, 47 * ms}, Succeeded, 48 * ms, attempts(Failed, Failed, Failed, Succeeded)},
		{"the timeout is each attempt's", func(r *Requester) { r.Timeout = 15 * ms },
			[]answer{{50 * ms, Succeeded}, {50 * ms, Succeeded}},
			[]time.Duration{0, 10 * ms}, TimedOut, 25 * ms, attempts(TimedOut, TimedOut)},
		{"the deadline is of both", func(r *Requester) { r.Deadline = 15 * ms },
			[]answer{{50 * ms, Succeeded}, {50 * ms, Succeeded}},
			[]time.Duration{0, 10 * ms}, TimedOut, 15 * ms, attempts(TimedOut, TimedOut)},
		{"no hedge after the end", func(r *Requester) { r.Timeout = 10 * ms },
			[]answer{{50 * ms, Succeeded}}, []time.Duration{0}, TimedOut, 10 * ms, attempts(TimedOut)},
		{"none that is not paid for", func(r *Requester) { r.Budget = &Budget{Most: 1, Second: time.Second, level: 0.9} },
			[]answer{{50 * ms, Succeeded}}, []time.Duration{0}, Succeeded, 50 * ms, attempts(Succeeded)},
		{"one that is, when it is sent: for the retry nothing is left", func(r *Requester) {
			r.Retries, r.Budget = 1, &Budget{Most: 1, Second: time.Second, PerSecond: 10, level: 0.9}
		},
			[]answer{{12 * ms, Failed}, {20 * ms, Failed}}, []time.Duration{0, 10 * ms}, Failed, 30 * ms, attempts(Failed, Failed)},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newRig(t, 0)
				g.Hedge.After = 10 * ms
				if row.set != nil {
					row.set(g.Requester)
				}
				var offered []time.Duration
				outcomes := g.play(func(q *Request) {
					offered = append(offered, g.now())
					require.Equal(t, len(offered), q.Attempt)
					require.NotNil(t, q.Tried, "a hedge goes to another worker")
					a := row.answers[q.Attempt-1]
					g.serve(q, a.after, a.says)
				})
				require.Len(t, outcomes, 1)
				o := outcomes[0]
				assert.Equal(t, row.offered, offered)
				assert.Equal(t, row.verdict, o.Verdict)
				assert.Equal(t, row.decided, o.Decided)
				assert.Equal(t, row.counts, o.Attempts)
				assert.Equal(t, len(offered), int(o.Executed))
				assert.Equal(t, o.Attempts[Cancelled]+o.Attempts[TimedOut], o.Late, "what a loser does is for nobody")
			})
		})
	}
}

// Time at the door counts: the hedge is ready while its try still waits there, and is offered behind it.
func TestTheDoorCountsForAHedge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, 5*ms)
		g.Hedge.After, g.shut = 10*ms, 20*ms
		type offer struct{ id, attempt int }
		var offers []offer
		outcomes := g.play(func(q *Request) {
			assert.Equal(t, 20*ms, g.now())
			offers = append(offers, offer{q.ID, q.Attempt})
			g.serve(q, time.Duration(10*len(offers))*ms, Succeeded)
		})
		assert.Equal(t, []offer{{0, 1}, {1, 1}, {0, 2}, {1, 2}}, offers, "the oldest first")
		assert.Equal(t, 30*ms, outcomes[0].Decided)
		assert.Equal(t, 40*ms, outcomes[1].Decided)
	})
}

// The loser is told by the channel in its message, at the requester's first own instant after the winner is home: lanes are 7 mod 8 here,
// and the winner is home at 20 ms. What is skipped then has cost nothing, and is no timeout.
func TestALoserIsWithdrawn(t *testing.T) {
	for _, row := range []struct {
		says      string
		propagate bool
		skipped   bool
	}{
		{"at the next own instant", true, true},
		{"unless nobody is to be told", false, false},
	} {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newRig(t, 7)
				g.Aim = func(now, due time.Duration) time.Duration { return max(due, now+1) | 7 }
				g.Hedge.After, g.Propagate = 10*ms, row.propagate
				o := g.play(func(q *Request) {
					if q.Attempt == 1 {
						g.serve(q, 20*ms-g.now(), Succeeded)
						return
					}
					go g.queued(t, q, 20*ms, (20*ms)|7, row.propagate)
				})[0]
				assert.Equal(t, 20*ms, o.Decided)
				assert.Equal(t, attempts(Succeeded, Cancelled), o.Attempts)
				if row.skipped {
					assert.Equal(t, []uint8{1, 1, 0, 0, 0}, []uint8{o.Executed, o.Skipped, o.Late, o.Unserved, o.Withdrawn})
				} else {
					assert.Equal(t, []uint8{2, 0, 1, 0, 0}, []uint8{o.Executed, o.Skipped, o.Late, o.Unserved, o.Withdrawn})
				}
			})
		})
	}
}

// queued is a worker that comes to the request at 30 ms. It looks whether that has lost already: not yet at the first instant, and from the
// second on if it is told at all.
func (g *rig) queued(t *testing.T, q *Request, not, from time.Duration, told bool) {
	time.Sleep(not + 1 - g.now())
	assert.False(t, q.Loser())
	time.Sleep(from + 1 - g.now())
	assert.Equal(t, told, q.Loser())
	time.Sleep(30*ms - g.now())
	a := Response{Ticket: q.Ticket, Verdict: TimedOut, Worker: 3, Dispatched: 10 * ms, Began: Never, Finished: g.now()}
	if !q.Loser() {
		a.Verdict, a.Began, a.Finished = Succeeded, g.now(), g.now()+5*ms
	}
	g.later(q.Reply, a)
}

// The next request that uses the memory of a call is not told of the race before.
func TestTheNextRequestIsNoLoser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, 100*ms, 200*ms)
		g.Hedge.After = 10 * ms
		g.play(func(q *Request) {
			assert.False(t, q.Loser(), "request %d, attempt %d", q.ID, q.Attempt)
			g.serve(q, 20*ms+time.Duration(q.Attempt)*ms, Succeeded)
		})
		assert.Len(t, g.calls, 1, "the second and the third are told in the place of the first")
	})
}

// Requests take 1, 2, …, 100 ms, one after the other; the hundredth latency makes the 95th percentile known, which is 95 ms. Then each takes
// 200 ms and has a hedge, which takes as long and loses; a latency of 200 ms moves the percentile up by one of the others each
// time: with 101 latencies rank ⌈0.95·101⌉ = 96.
func TestAHedgeAtAPercentile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var starts []time.Duration
		for i := range 102 {
			starts = append(starts, time.Duration(i)*time.Second)
		}
		g := newRig(t, starts...)
		g.Hedge.Percentile = 95
		hedges := map[int]time.Duration{}
		g.play(func(q *Request) {
			took := 200 * ms
			if q.ID < 100 {
				took = time.Duration(q.ID+1) * ms
			}
			if q.Attempt > 1 {
				hedges[q.ID] = g.now() - starts[q.ID]
			}
			g.serve(q, took, Succeeded)
		})
		assert.Equal(t, map[int]time.Duration{100: 95 * ms, 101: 96 * ms}, hedges)
	})
}

// Timeouts, rejections and losers are no answers of a request; failures are.
func TestWhichLatenciesAreKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, 100*ms, 200*ms, 300*ms)
		g.Hedge.Percentile, g.Timeout = 50, 50*ms
		g.play(func(q *Request) {
			switch q.ID {
			case 0:
				g.serve(q, 3*ms, Failed)
			case 1:
				g.serve(q, 60*ms, Succeeded)
			case 2:
				g.refuse(q, 0, Rejected)
			default:
				g.serve(q, 2*ms, Succeeded)
			}
		})
		assert.Equal(t, []time.Duration{3 * ms, 2 * ms}, g.recent.ring)
		assert.Equal(t, []time.Duration{2 * ms, 3 * ms}, g.recent.sorted)
	})
}

// Whatever comes, the percentile is that of the last thousand: rank ⌈pn/100⌉.
func TestRecentLatencies(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Int64Range(0, 500), 1, 2500).Draw(t, "latencies")
		thousandths := rapid.IntRange(1, 99_999).Draw(t, "thousandths of a percent")
		var l recent
		for _, d := range all {
			l.add(time.Duration(d))
		}
		last := slices.Clone(all[max(0, len(all)-1000):])
		slices.Sort(last)
		rank := (thousandths*len(last) + 99_999) / 100_000
		require.Equal(t, time.Duration(last[rank-1]), l.percentile(float64(thousandths)/1000))
	})
}

// A requester at the door reads no answers, but with a hedge there it looks when the request is twice as old. The hedge comes to the shut door
// at 10 ms and is looked after at 20 and 40 ms: then the answer of 25 ms is found, and the hedge leaves the door, which opens at 100 ms.
func TestAHedgeAtTheDoorIsLookedAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0)
		g.Hedge.After = 10 * ms
		var looked []time.Duration
		g.Aim = func(now, due time.Duration) time.Duration {
			if looked = append(looked, due); due < now {
				return now
			}
			return due
		}
		o := g.play(func(q *Request) {
			assert.Equal(t, 1, q.Attempt)
			g.serve(q, 25*ms, Succeeded)
			time.Sleep(100 * ms)
		})[0]
		assert.Equal(t, 25*ms, o.Decided)
		assert.Equal(t, attempts(Succeeded, Cancelled), o.Attempts)
		assert.Equal(t, []uint8{1, 1, 1}, []uint8{o.Executed, o.Unserved, o.AtDoor})
		assert.Subset(t, looked, []time.Duration{20 * ms, 40 * ms})
		assert.NotContains(t, looked, 80*ms)
	})
}
