package requester

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/virtualtime"
)

// A fate is what the balancer and the workers of a test do to one attempt.
type fate struct {
	shut   time.Duration // after it has been received the door stays shut for so long
	served bool
	took   time.Duration
	way    time.Duration // of the answer, if it was served
	says   Verdict
}

// A life is all that a requester meets. It is drawn before the bubble opens, so that rapid can make one that
// fails shorter.
type life struct {
	starts            []time.Duration
	timeout, deadline time.Duration
	retries           int
	backoff           Backoff
	hedge             time.Duration // 0: none
	budget            float64       // per request; 0: none
	propagate, eager  bool
	room              int
	end               time.Duration // of the run, if it is interrupted
	fates             []fate        // of the attempts in the order of their being received, and again from the first
}

func lives() *rapid.Generator[life] {
	length := rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.IntRange(0, 40).Draw(t, "ms")) * ms
	})
	optional := rapid.OneOf(rapid.Just(time.Duration(0)), length)
	fates := rapid.Custom(func(t *rapid.T) fate {
		f := fate{served: rapid.Bool().Draw(t, "served"), took: length.Draw(t, "took")}
		if f.says = Rejected; f.served {
			f.says = rapid.SampledFrom([]Verdict{Succeeded, Failed}).Draw(t, "says")
			f.way = optional.Draw(t, "way")
		}
		if rapid.IntRange(0, 3).Draw(t, "shuts") == 0 {
			f.shut = length.Draw(t, "shut")
		}
		return f
	})
	return rapid.Custom(func(t *rapid.T) life {
		l := life{
			starts:  rapid.SliceOfN(length, 1, 12).Draw(t, "starts"),
			timeout: optional.Draw(t, "timeout"), deadline: optional.Draw(t, "deadline"),
			retries: rapid.IntRange(0, 3).Draw(t, "retries"),
			backoff: Backoff{BackoffKind(rapid.IntRange(0, 5).Draw(t, "backoff")), ms, 10 * ms},
			hedge:   optional.Draw(t, "hedge"), budget: rapid.SampledFrom([]float64{0, 0.3, 1}).Draw(t, "budget"),
			propagate: rapid.Bool().Draw(t, "propagate"), eager: rapid.Bool().Draw(t, "eager"),
			room: rapid.IntRange(1, 3).Draw(t, "room"), end: optional.Draw(t, "end"),
			fates: rapid.SliceOfN(fates, 1, 10).Draw(t, "fates"),
		}
		slices.Sort(l.starts)
		return l
	})
}

// A count is what the other side has seen of one request.
type count struct {
	received, served int
	service          time.Duration
	ways             map[time.Duration]time.Duration // of its answers, by when the attempts were received
}

// Whatever happens, each request gets exactly one outcome, it agrees with what the balancer and the workers have seen,
// and nobody who answers ever has to wait (the rig sees to that).
func TestEveryRequestIsAccountedFor(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		l := lives().Draw(t, "life")
		failures := &failures{}
		var outcomes []Outcome
		counts := make([]count, len(l.starts))
		err := virtualtime.Run(func() { outcomes = l.live(failures, counts) })
		require.NoError(t, err)
		require.Empty(t, failures.all)
		if l.end == 0 {
			require.Len(t, outcomes, len(l.starts))
		}
		for i, o := range outcomes {
			require.Equal(t, i, o.ID, "one outcome each")
			l.check(t, o, counts[i])
		}
	})
}

// failures collects what fails outside of rapid's goroutine.
type failures struct{ all []string }

func (f *failures) Errorf(format string, args ...any) {
	f.all = append(f.all, fmt.Sprintf(format, args...))
}

// live plays the life and counts, by request.
func (l *life) live(t *failures, counts []count) []Outcome {
	g := newRig(t, slices.Clone(l.starts)...)
	g.Aim = virtualtime.Lane{Phase: 1, Period: 4}.Aim
	g.Timeout, g.Deadline, g.Retries, g.Backoff = l.timeout, l.deadline, l.retries, l.backoff
	if g.Hedge.After = l.hedge; l.budget > 0 {
		g.Budget = NewBudget(l.budget, 0, 1, 1, time.Second)
	}
	g.Propagate, g.Eager, g.room = l.propagate, l.eager, l.room
	if l.end > 0 {
		over, cancel := context.WithCancel(context.Background())
		time.AfterFunc(l.end+2, cancel) // on a lane that nobody else is on
		g.issuing, g.run = over, over
	}
	attempt := 0
	return g.play(func(q *Request) {
		f := l.fates[attempt%len(l.fates)]
		attempt++
		counts[q.ID].received++
		switch {
		case f.served:
			counts[q.ID].served++
			counts[q.ID].service += f.took
			if counts[q.ID].ways == nil {
				counts[q.ID].ways = map[time.Duration]time.Duration{}
			}
			counts[q.ID].ways[g.now()] = f.way
			g.serveFar(q, f.took, f.way, f.says)
		case q.End != Never && q.End < g.now()+f.took: // it is skipped: its end comes first
			g.refuse(q, f.took, TimedOut)
		default:
			g.refuse(q, f.took, f.says)
		}
		time.Sleep(f.shut)
	})
}

// most is how many attempts a request may have.
func (l *life) most() int {
	if l.hedge > 0 {
		return 2 * (1 + l.retries)
	}
	return 1 + l.retries
}

// check holds an outcome against the definitions of its fields.
func (l *life) check(t *rapid.T, o Outcome, seen count) {
	tries := o.Tries()
	require.LessOrEqual(t, tries, l.most())
	require.Equal(t, tries, seen.received+int(o.Withdrawn)+int(o.AtDoor), "attempts are received, withdrawn or cancelled at the door")
	require.Equal(t, seen.served, int(o.Executed))
	require.Equal(t, seen.service, o.Service)
	require.Equal(t, tries-int(o.Attempts[Rejected])-int(o.Skipped)-int(o.Withdrawn)-int(o.Unserved), int(o.Executed),
		"executions are attempts − rejected − skipped − withdrawn − cancelled before service")
	require.LessOrEqual(t, o.Late, o.Executed)
	require.GreaterOrEqual(t, o.Decided, o.Start)
	if o.Verdict == Cancelled {
		return // perhaps between two attempts
	}
	require.NotZero(t, o.Attempts[o.Verdict], "the verdict is that of an attempt")
	require.Equal(t, o.Verdict == Succeeded, o.Attempts[Succeeded] == 1)
	if o.Verdict == Succeeded || o.Verdict == Failed {
		require.Equal(t, o.Finished+seen.ways[o.Dispatched], o.Decided, "the verdict falls when the answer is home")
	}
	if l.deadline > 0 {
		require.LessOrEqual(t, o.Decided, o.Start+l.deadline+8, "the deadline, and two periods for being moved")
	}
}
