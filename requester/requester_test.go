package requester

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRequestsBeginWhenTheWorkloadSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 3*ms, 5*ms, 5*ms, 40*ms)
		g.ID, g.Of = 2, 10
		var at []time.Duration
		var ids []int
		g.play(func(q *Request) {
			at, ids = append(at, g.now()), append(ids, q.ID)
			assert.Equal(t, []int{2, 1, int(ms)}, []int{q.Requester, q.Attempt, int(q.Work)})
			assert.Equal(t, Never, q.End, "nothing ends without a timeout")
			assert.Nil(t, q.Tried, "and without retries nobody has to remember whom it met")
			g.serve(q, 10*ms, Succeeded)
		})
		assert.Equal(t, []time.Duration{3 * ms, 5 * ms, 5 * ms, 40 * ms}, at, "whether or not answers have come: open loop")
		assert.Equal(t, []int{2, 12, 22, 32}, ids)
	})
}

func TestAnOutcomeTellsTheLifeOfARequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 3*ms)
		assert.Equal(t, []Outcome{{
			Work: ms, Start: 3 * ms, Verdict: Succeeded, Decided: 13 * ms,
			Attempts: attempts(Succeeded), Executed: 1, Service: 10 * ms,
			Worker: 5, Offered: 3 * ms, Dispatched: 3 * ms, Began: 3 * ms, Finished: 13 * ms,
		}}, g.play(func(q *Request) { g.serve(q, 10*ms, Succeeded) }))
	})
}

// Coordinated omission: with a clock that starts when the balancer receives, a balancer that stalls would look fast.
func TestLatencyIsCountedFromTheIntendedStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 10*ms, 20*ms)
		g.shut = 50 * ms
		outcomes := g.play(func(q *Request) {
			assert.Equal(t, 50*ms, g.now(), "both have waited at the door, the second behind the first")
			g.serve(q, 5*ms, Succeeded)
		})
		require.Len(t, outcomes, 2)
		for i, start := range []time.Duration{10 * ms, 20 * ms} {
			assert.Equal(t, start, outcomes[i].Start)
			assert.Equal(t, start, outcomes[i].Offered)
			assert.Equal(t, 55*ms, outcomes[i].Decided)
		}
	})
}

func TestAClosedLoopAsksWhenItHasTheVerdictAndHasThought(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t)
		g.Closed, g.Quota, g.Warmup = true, 3, 1
		g.Arrivals = &ClosedArrivals{Left: 3, Think: func() time.Duration { return 10 * ms }}
		var at []time.Duration
		g.play(func(q *Request) {
			at = append(at, g.now())
			g.serve(q, 5*ms, Succeeded)
		})
		assert.Equal(t, []time.Duration{10 * ms, 25 * ms, 40 * ms}, at)
		assert.Equal(t, Milestone{At: 15 * ms}, <-g.milestones, "one request was warm-up")
		assert.Equal(t, Milestone{Last: true, At: 40 * ms}, <-g.milestones)
		assert.Len(t, g.calls, 1, "one at a time needs memory for one")
	})
}

func TestAClosedLoopWithoutWarmUpIsWarmFromTheBeginning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t)
		g.Closed, g.Quota = true, 1
		g.Arrivals = &ClosedArrivals{Left: 1, Think: func() time.Duration { return ms }}
		g.play(func(q *Request) { g.serve(q, ms, Succeeded) })
		assert.Equal(t, Milestone{}, <-g.milestones)
		assert.Equal(t, Milestone{Last: true, At: ms}, <-g.milestones)
	})
}

// There is a channel of answers for the usual number of them. If more are out at once, the mailbox grows: whatever a
// requester does meanwhile, and even if it sleeps for an hour with all its answers in the channels, nobody who answers
// waits; and awake it hears the answers of all channels at once.
func TestMoreAnswersThanTheChannelHasRoomForBlockNobody(t *testing.T) {
	for _, eager := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			var starts []time.Duration
			for i := range 40 {
				starts = append(starts, time.Duration(i)*ms)
			}
			g := newRig(t, append(starts, time.Hour)...)
			g.room, g.Eager = 1, eager
			outcomes := g.play(func(q *Request) { g.serve(q, time.Second, Succeeded) })
			assert.Len(t, g.mail.boxes, 1, "the older ones were dropped when their last answer had come")
			assert.GreaterOrEqual(t, cap(g.mail.boxes[0].answers), 16)
			assert.Len(t, outcomes, 41)
			for _, o := range outcomes {
				assert.Equal(t, o.Start+time.Second, o.Decided, "even read late an answer tells its own time")
			}
		})
	}
}

// When the run is interrupted a requester issues no more, and waits for what is out.
func TestAfterTheInterruptionItIssuesNoMore(t *testing.T) {
	rows := []struct {
		says    string
		wall    bool
		noticed time.Duration
	}{
		{"in simulated time it looks when it would issue", false, 30 * ms},
		{"on the wall clock it is woken", true, 15 * ms},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := newRig(t, 0, 10*ms, 30*ms, 40*ms)
				g.issuing = in(t, 15*ms)
				if row.wall {
					g.Wall, g.Stop = true, g.issuing.Done()
				}
				go func() {
					<-g.noticed
					assert.Equal(t, row.noticed, g.now())
				}()
				outcomes := g.play(func(q *Request) { g.serve(q, 100*ms, Succeeded) })
				require.Len(t, outcomes, 2)
				assert.Equal(t, 110*ms, outcomes[1].Decided, "what is out is still answered")
			})
		})
	}
}

// When the run is over a requester gives up what has no verdict, wherever it is, and still waits for the answers that
// are on their way: a worker must be able to send them.
func TestWhenTheRunIsOverItGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, ms, 2*ms, 3*ms)
		g.issuing, g.run = in(t, 49*ms), in(t, 50*ms)
		g.Retries, g.Backoff = 1, Backoff{Kind: ConstantBackoff, Base: time.Hour}
		outcomes := g.play(func(q *Request) {
			switch q.ID {
			case 0:
				g.serve(q, 100*ms, Succeeded)
			case 1:
				g.refuse(q, ms/2, Rejected)
			case 2:
				g.refuse(q, 60*ms, Cancelled)
				time.Sleep(time.Second) // the door is shut now
			}
		})
		require.Len(t, outcomes, 4)
		for _, o := range outcomes {
			assert.Equal(t, Cancelled, o.Verdict)
			assert.Equal(t, 50*ms, o.Decided)
		}
		inService, backing, waiting, atDoor := outcomes[0], outcomes[1], outcomes[2], outcomes[3]
		assert.Equal(t, attempts(Cancelled), inService.Attempts)
		assert.Equal(t, []uint8{1, 1, 0}, []uint8{inService.Executed, inService.Late, inService.Unserved}, "it is served to its end, for nobody")
		assert.Equal(t, attempts(Rejected), backing.Attempts, "its only attempt has a verdict; the next never began")
		assert.Equal(t, []uint8{0, 1, 0}, []uint8{waiting.Executed, waiting.Unserved, waiting.AtDoor}, "handed back")
		assert.Equal(t, []uint8{0, 1, 1}, []uint8{atDoor.Executed, atDoor.Unserved, atDoor.AtDoor}, "nobody received it")
	})
}

func TestOutcomesAreHandedOverInBlocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, ms, 2*ms, 3*ms, 4*ms)
		g.BlockSize = 2 // play sees that no block is longer
		outcomes := g.play(func(q *Request) { g.serve(q, 0, Succeeded) })
		assert.Len(t, outcomes, 5, "also the last, half of a block")
	})
}
