package requester

import (
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every attempt of a request has the same traits, and its outcome tells those that the report asks for.
func TestAttemptsOfARequestAreAlike(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, 100*ms)
		g.Retries, g.Backoff = 1, Backoff{Kind: ConstantBackoff, Base: ms}
		n := 0
		g.Traits = func() Traits { n++; return Traits{Key: uint64(10 * n), Priority: n, Zone: 2 * n} }
		var seen []Traits
		outcomes := g.play(func(q *Request) {
			seen = append(seen, Traits{q.Key, q.Priority, q.Zone})
			g.serve(q, ms, Failed)
		})
		one, two := Traits{10, 1, 2}, Traits{20, 2, 4}
		assert.Equal(t, []Traits{one, one, two, two}, seen)
		require.Len(t, outcomes, 2)
		assert.Equal(t, []uint8{1, 2}, []uint8{outcomes[0].Priority, outcomes[0].Zone})
		assert.Equal(t, []uint8{2, 4}, []uint8{outcomes[1].Priority, outcomes[1].Zone})
	})
}

func TestWorkGoesWithThePriority(t *testing.T) {
	next := 0
	priority := func() int { next++; return next % 2 }
	each := func(d time.Duration) func() time.Duration { return func() time.Duration { return d } }
	c := &Character{Priority: priority, Works: []func() time.Duration{each(ms), each(9 * ms)}}
	for _, want := range []struct {
		work     time.Duration
		priority int
	}{{9 * ms, 1}, {ms, 0}, {9 * ms, 1}} {
		assert.Equal(t, want.work, c.Work())
		assert.Equal(t, Traits{Priority: want.priority}, c.Traits())
	}
}

// Of the requests of a run that three requesters issue, requester 1 has 1, 4, 7, …
func TestClassesThatTakeTurnsFollowFromTheNumber(t *testing.T) {
	class := Cycle(5, 1, 3)
	for _, want := range []int{1, 4, 2, 0, 3, 1} {
		assert.Equal(t, want, class())
	}
}

// Of 100,000 draws, a share p has a standard deviation of √(p(1−p)/n).
func TestClassesHaveTheirShares(t *testing.T) {
	shares, draws := []float64{0.2, 0.3, 0.5}, 100_000
	draw, counts := Shares(shares, rand.New(rand.NewPCG(1, 1))), [3]int{}
	for range draws {
		counts[draw()]++
	}
	for class, p := range shares {
		assert.InDelta(t, p, float64(counts[class])/float64(draws), 4*math.Sqrt(p*(1-p)/float64(draws)))
	}
	assert.Equal(t, 1, Shares([]float64{0, 0}, rand.New(rand.NewPCG(1, 1)))(), "what rounding leaves over goes to the last")
}
