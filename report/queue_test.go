package report

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
)

// A queue that grows by two requests a second for as long as it is watched is said to, however many balancers share it and whatever the
// run's clock; one that is level does not grow by more than its slack explains.
func TestHowFastAQueueGrows(t *testing.T) {
	for _, row := range []struct {
		says      string
		length    time.Duration
		scale     int64
		balancers int
	}{
		{"for ten minutes", 10 * time.Minute, 1, 1},
		{"for less than one", 20 * time.Second, 1, 1},
		{"for less than a second", 900 * time.Millisecond, 1, 1},
		{"shared by two balancers", time.Minute, 1, 2},
		{"on a faster clock", time.Minute, 16, 1},
	} {
		e := ending{second: row.scale * int64(time.Second), to: time.Duration(row.scale) * row.length, Facts: Facts{Queue: true}}
		for range row.balancers {
			var queue balancer.Size
			var end balancer.Recent
			for at := time.Duration(0); at < row.length; at += time.Millisecond {
				more := int(at/(500*time.Millisecond)) - int((at-time.Millisecond)/(500*time.Millisecond))
				queue.Change(time.Duration(row.scale)*at, more)
				end.Change(time.Duration(row.scale)*at, more, time.Duration(row.scale)*time.Minute)
			}
			waiting := balancer.Waiting{Size: queue, Inside: queue.Mean(0, e.to) * float64(e.to), AtEnd: end}
			e.Balancers = append(e.Balancers, balancer.Ledger{Queue: waiting, AtWorkers: waiting})
		}
		var r Result
		describeQueue(&r, &e)
		require.NotNil(t, r.Queue.GrowthPerSecond, row.says)
		assert.InDelta(t, 2*row.balancers, *r.Queue.GrowthPerSecond, 0.5, row.says)
		assert.InDelta(t, row.length.Seconds()*float64(row.balancers), *r.Queue.Mean, 0.6*float64(row.balancers), row.says)
		all := r.Queue.All()
		assert.InDelta(t, 2**r.Queue.Mean, *all.Mean, 1e-9, "as many wait at workers")
		assert.InDelta(t, 2**r.Queue.GrowthPerSecond, *all.GrowthPerSecond, 1e-9)
		assert.Equal(t, 2*r.Queue.Peak, all.Peak)
	}
	level, draw := balancer.Recent{}, rand.New(rand.NewPCG(1, 2))
	for at, size := time.Duration(0), 0; at < time.Minute; at += 10 * time.Millisecond {
		next := draw.IntN(9)
		level.Change(at, next-size, time.Minute)
		size = next
	}
	e := ending{second: int64(time.Second), to: time.Minute, Facts: Facts{Queue: true, Balancers: []balancer.Ledger{{Queue: balancer.Waiting{AtEnd: level, Inside: 4 * float64(time.Minute)}}}}}
	var r Result
	describeQueue(&r, &e)
	assert.LessOrEqual(t, *r.Queue.GrowthPerSecond, 4*r.Queue.Slack)
}

// A run that is interrupted in its warm-up is reported to its end, at which its queue is worked off, and not to the interruption.
func TestAQueueThatIsWorkedOffAfterAnInterruptionFalls(t *testing.T) {
	var queue balancer.Size
	var end balancer.Recent
	for at := range 100 {
		more := 1
		if at >= 20 {
			more = -1
		} else {
			end.Change(time.Duration(at)*time.Second, more, time.Minute)
		}
		queue.Change(time.Duration(at)*time.Second, more)
	}
	e := ending{second: int64(time.Second), to: 100 * time.Second, whole: true, Facts: Facts{Queue: true, Balancers: []balancer.Ledger{{Queue: balancer.Waiting{Size: queue, AtEnd: end}}}}}
	var r Result
	describeQueue(&r, &e)
	assert.InDelta(t, -1, *r.Queue.GrowthPerSecond, 0.01)
}
