package balancer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/worker"
)

// The weights of a start of twenty seconds: a step a second, each with the part of its middle, and a tenth at least.
var parts = []float64{
	0.1, 0.1, 0.125, 0.175, 0.225, 0.275, 0.325, 0.375, 0.425, 0.475, 0.525, 0.575, 0.625, 0.675, 0.725, 0.775, 0.825, 0.875, 0.925, 0.975, 1, 1,
}

// rises holds that a worker of that weight starts now.
func (f *floor) rises(t *testing.T, id int, weight float64) {
	t.Helper()
	for second, part := range parts {
		assert.InDelta(t, part*weight, f.members[id].Weight, 1e-12, "at %d s", second)
		f.sleep(time.Second - time.Nanosecond)
		assert.InDelta(t, part*weight, f.members[id].Weight, 1e-12, "a nanosecond before %d s", second+1)
		f.sleep(time.Nanosecond)
	}
}

func starting(t *testing.T, features []Feature, test func(*testing.T, *floor)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "weighted-least-loaded", func(b *Balancer) {
			b.Aim = asDue
			b.Features = append(features, Feature{"slow-start", option.Values{"length": 20 * time.Second}})
		})
		t.Cleanup(func() { f.close() })
		test(t, f)
	})
}

func TestTheWeightsOfASlowStart(t *testing.T) {
	starting(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 100)
		assert.Equal(t, 1.0, f.members[0].Weight, "who is there at the start is warm")
		f.ask()
		f.serve(0)
		f.sleep(time.Second)
		f.queues[1] = make(chan *worker.Job, 100)
		f.event(Join{Worker: 1, Concurrency: 1, Limit: 100, Weight: 3, Queue: f.queues[1]})
		f.rises(t, 1, 3)
		f.join(0, 100)
		f.rises(t, 0, 1) // a new incarnation
		f.event(do(func(b *Balancer) { b.drain(b.members[1]); b.join(b.members[1]) }))
		f.rises(t, 1, 3) // one that comes back
		f.event(do(func(b *Balancer) { b.drain(b.members[1]); b.join(b.members[1]) }))
		f.sleep(10 * time.Second)
		f.event(do(func(b *Balancer) { b.drain(b.members[1]); b.join(b.members[1]) }))
		f.rises(t, 1, 3) // twice: only the second start counts
	})
}

// Who was ejected, or had an open breaker, starts when it is fit again: when it may be tried, and anew when it is closed.
func TestWhoRecoversStartsSlowly(t *testing.T) {
	starting(t, []Feature{{"outlier", option.Values{"failures": 1, "share": 1.0}}}, func(t *testing.T, f *floor) {
		f.join(0, 100)
		f.ask()
		f.fail(0)
		assert.Equal(t, 1.0, f.members[0].Weight)
		f.sleep(30 * time.Second)
		f.rises(t, 0, 1)
	})
	starting(t, []Feature{{"breaker", option.Values{"failures": 1}}}, func(t *testing.T, f *floor) {
		f.join(0, 100)
		f.ask()
		f.fail(0)
		f.sleep(30 * time.Second)
		assert.Equal(t, 0.1, f.members[0].Weight)
		f.ask()
		f.sleep(10 * time.Second)
		assert.Equal(t, 0.525, f.members[0].Weight)
		f.serve(0)
		f.rises(t, 0, 1)
	})
}

// A strategy that keeps its workers in an order hears of every step: one that starts with a tenth has as much with one request as the other
// with ten.
func TestTheOrderFollowsASlowStart(t *testing.T) {
	starting(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 100)
		for range 8 {
			f.ask()
		}
		f.sleep(time.Second)
		f.join(1, 100)
		require.Zero(t, f.goesTo(2), "9/1 is less than 1/0.1")
		require.Equal(t, 1, f.goesTo(2), "and 10/1 is not, and it was sent to longest ago")
		require.Zero(t, f.goesTo(2), "10/1 is less than 2/0.1")
		f.sleep(4 * time.Second)
		require.Equal(t, 1, f.goesTo(2), "2/0.225 is less than 11/1")
		f.sleep(time.Minute)
		for range 8 {
			require.Equal(t, 1, f.goesTo(2), "all of its weight")
		}
	})
}

// What recovers is known late where completions are heard late, but it is known since when.
func TestALateStartIsAsFarAsItWouldBe(t *testing.T) {
	starting(t, nil, func(t *testing.T, f *floor) {
		f.join(0, 100)
		f.sleep(10 * time.Second)
		f.event(do(func(b *Balancer) {
			b.mark(b.members[0], down, true, 2*time.Second)
			b.mark(b.members[0], down, false, 4500*time.Millisecond)
		}))
		assert.Equal(t, 0.275, f.members[0].Weight, "5.5 s after")
		f.sleep(499 * time.Millisecond)
		assert.Equal(t, 0.275, f.members[0].Weight)
		f.sleep(time.Millisecond)
		assert.Equal(t, 0.325, f.members[0].Weight)
	})
}
