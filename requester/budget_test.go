package requester

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

// A bucket by hand: 0.2 per request, 10 per second, 800 requests per second, 100 requesters. A requester's part earns 0.1 per second,
// holds at most 10·(10 + 0.2·800)/100 = 17 and begins with max(1, 10·10/100) = 1.
func TestTheLevelOfABudget(t *testing.T) {
	b := NewBudget(0.2, 10, 800, 100, time.Second)
	level := func(want float64, says string) {
		t.Helper()
		assert.InDelta(t, want, b.level, 1e-12, says)
	}
	level(1, "the beginning")
	assert.True(t, b.pay(0))
	level(0, "it was one token")
	assert.False(t, b.pay(time.Second))
	level(0.1, "a second has earned a tenth, and what cannot be paid is not taken")
	b.earn(3 * time.Second)
	level(0.5, "two seconds more, and a request")
	b.earn(2 * time.Second)
	level(0.7, "an instant that has passed earns nothing again")
	assert.True(t, b.pay(6*time.Second))
	level(0, "three seconds more made it one")
	b.pass(time.Hour)
	level(17, "it is full")
	b.earn(time.Hour)
	level(17, "and stays so")
}

func TestTheSizeOfABudget(t *testing.T) {
	for _, row := range []struct {
		says                   string
		share, minimum, rate   float64
		requesters             int
		begins, most, inSecond float64
	}{
		{"the defaults, for one", 0.2, 10, 800, 1, 100, 1700, 10},
		{"no minimum: it begins with nothing", 0.2, 0, 800, 1, 0, 1600, 0},
		{"little, for many: each has room for a token", 0.2, 1, 10, 1000, 1, 1, 0.001},
		{"with nothing to begin with", 0.2, 0, 10, 1000, 0, 1, 0},
	} {
		b := NewBudget(row.share, row.minimum, row.rate, row.requesters, time.Second)
		assert.InDelta(t, row.begins, b.level, 1e-9, row.says)
		assert.InDelta(t, row.most, b.Most, 1e-9, row.says)
		b.level = 0
		b.pass(time.Second)
		assert.InDelta(t, row.inSecond, b.level, 1e-12, row.says)
	}
	fast := NewBudget(0.2, 10, 800, 100, 1024*time.Second) // a clock that goes 1,024 times as fast
	require.True(t, fast.pay(0))
	fast.pass(1024 * time.Second)
	assert.InDelta(t, 0.1, fast.level, 1e-12, "a second is a second")
}

// Ten times 0.1 is a token, though the sum of the floats is a little less.
func TestDecimalSharesAddUp(t *testing.T) {
	b := NewBudget(0.1, 0, 100, 1, time.Second)
	for range 10 {
		require.False(t, b.pay(0))
		b.earn(0)
	}
	assert.Less(t, b.level, 1.0)
	assert.True(t, b.pay(0))
	assert.Zero(t, b.level)
}

func TestNoBudgetHasNoLimit(t *testing.T) {
	var none *Budget
	none.earn(0)
	assert.True(t, none.pay(0))
}

// However it is asked: a budget pays no more than it began with and has earned, and holds between nothing and its most.
func TestABudgetPaysNoMoreThanItEarns(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		share, minimum := rapid.Float64Range(0.01, 2).Draw(t, "share"), rapid.Float64Range(0, 20).Draw(t, "minimum")
		b := NewBudget(share, minimum, 100, rapid.IntRange(1, 100).Draw(t, "requesters"), time.Second)
		earned, paid, now := b.level, 0.0, time.Duration(0)
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			now += time.Duration(rapid.IntRange(0, 100).Draw(t, "ms")) * ms
			if rapid.Bool().Draw(t, "begins") {
				b.earn(now)
				earned += share
			} else if b.pay(now) {
				paid++
			}
			require.LessOrEqual(t, paid, earned+b.PerSecond*now.Seconds()+1e-6)
			require.GreaterOrEqual(t, b.level, 0.0)
			require.LessOrEqual(t, b.level, b.Most)
		}
	})
}

// A retry pays when its backoff begins: the one of request 0 takes the only token at 10 ms, though it is sent at 60 ms, and request 1,
// which fails between, has none left. The verdict is that of its failure.
func TestARetryPaysWhenItsBackoffBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newRig(t, 0, 20*ms)
		g.Retries, g.Backoff = 3, Backoff{Kind: ConstantBackoff, Base: 50 * ms}
		g.Budget = &Budget{Most: 1, Second: time.Second, level: 1}
		outcomes := g.play(func(q *Request) {
			if q.Attempt == 2 {
				g.serve(q, 10*ms, Succeeded)
			} else {
				g.serve(q, 10*ms, Failed)
			}
		})
		require.Len(t, outcomes, 2)
		assert.Equal(t, attempts(Failed, Succeeded), outcomes[0].Attempts)
		assert.Equal(t, 70*ms, outcomes[0].Decided)
		assert.Equal(t, attempts(Failed), outcomes[1].Attempts)
		assert.Equal(t, Failed, outcomes[1].Verdict)
		assert.Equal(t, 30*ms, outcomes[1].Decided)
		assert.Zero(t, g.Budget.level)
	})
}

// Every attempt fails, a request comes every 10 ms, and each earns a fifth of a token: every fifth may retry, once.
func TestABudgetAllowsAShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var starts []time.Duration
		for i := range 20 {
			starts = append(starts, time.Duration(i)*10*ms)
		}
		g := newRig(t, starts...)
		g.Retries, g.Budget = 100, NewBudget(0.2, 0, 100, 1, time.Second)
		var tries []int
		for _, o := range g.play(func(q *Request) { g.serve(q, ms, Failed) }) {
			tries = append(tries, o.Tries())
		}
		assert.Equal(t, []int{1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2}, tries)
	})
}
