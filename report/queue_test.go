package report

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
)

// A queue that grows by two requests a second for as long as it is watched is said to, however many balancers share it and whatever the
// run's clock.
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
		if row.length > time.Second { // in which two come
			assert.InDelta(t, 2*row.balancers, r.Queue.Throughout, 0.01*float64(row.balancers), row.says)
		}
		all := r.Queue.All()
		assert.InDelta(t, 2**r.Queue.Mean, *all.Mean, 1e-9, "as many wait at workers")
		assert.InDelta(t, 2**r.Queue.GrowthPerSecond, *all.GrowthPerSecond, 1e-9)
		assert.Equal(t, 2*r.Queue.Peak, all.Peak)
	}
}

// In a run of months a queue that does not change in the last minute of the window has no growth of rounding.
func TestAQueueThatDoesNotChangeDoesNotGrow(t *testing.T) {
	var end balancer.Recent
	length := 2000*time.Hour + 123456789
	for at, i := time.Duration(0), 0; at < length-time.Hour; i++ {
		end.Change(at, 1+i%3, 2*time.Hour)
		at += 1428571428571 + time.Duration(i)*333333333
	}
	end.Change(length+30*time.Minute, -1, 2*time.Hour) // after the window: what was in it is a difference of sums
	e := ending{second: int64(time.Second), to: length, Facts: Facts{Queue: true, Balancers: []balancer.Ledger{{Queue: balancer.Waiting{AtEnd: end}}}}}
	var r Result
	describeQueue(&r, &e)
	assert.Zero(t, *r.Queue.GrowthPerSecond)
}

// A queue whose load is exactly its capacity is a random walk, and grows by more than noise in one minute of 44: by two standard errors.
func TestTheNoiseOfAQueueIsThatOfARandomWalk(t *testing.T) {
	const walks, perSecond = 2000, 10
	draw := rand.New(rand.NewPCG(1, 2))
	sd, mean, throughput := 0.1, 0.1, float64(perSecond)
	beyond := 0
	for range walks {
		var end balancer.Recent
		for at := 0.; at < 60; at += draw.ExpFloat64() / (2 * perSecond) {
			end.Change(time.Duration(at*float64(time.Second)), 1-2*draw.IntN(2), time.Minute)
		}
		e := ending{second: int64(time.Second), to: time.Minute, Facts: Facts{Queue: true, Balancers: []balancer.Ledger{{Queue: balancer.Waiting{AtEnd: end}}}}}
		r := Result{WindowSeconds: 60, MeasuredRequests: 60 * perSecond, Throughput: &throughput, ServiceSeconds: Spread{Mean: &mean, SD: &sd}}
		describeQueue(&r, &e)
		if growth, noise, _ := r.QueueGrowth(); *growth > noise {
			beyond++
		}
	}
	assert.InDelta(t, 0.0228, float64(beyond)/walks, 4*math.Sqrt(0.0228/walks))
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

// A queue that grows within noise is stable where workers have time to spare, or hardly anything has come; else it cannot be told. Several runs
// tell more: with nine seeds the noise is a third.
func TestWhetherAQueueThatGrowsALittleIsStable(t *testing.T) {
	yes, no := new(true), new(false)
	for _, row := range []struct {
		says        string
		perSecond   float64 // chance alone makes up to 2 √(6 · 200 / (5 · 60)) = 4
		utilization float64
		seeds       int
		passed      *bool
	}{
		{"at capacity, growing within noise", 3, 0.999, 1, nil},
		{"beyond it", 4.1, 0.999, 1, no},
		{"falling", -3, 0.999, 1, yes},
		{"by no more in a minute than there are slots", 0.16, 0.999, 1, yes},
		{"two standard errors, 2 √(2/6000), below capacity", 3, 0.96, 1, yes},
		{"nearer than that", 3, 0.967, 1, nil},
		{"of which nine seeds can tell", 1.2, 0.967, 9, yes},
		{"what in one seed is noise is none in the mean of nine", 1.4, 0.999, 9, no},
	} {
		r := Result{
			WindowSeconds: 60, MeasuredRequests: 6000, Throughput: new(100.), Utilization: &row.utilization, Replications: row.seeds, Slots: 10,
			Queue: &QueueFigures{Mean: new(70.), GrowthPerSecond: &row.perSecond},
		}
		c := queueCheck(&r)
		assert.Equal(t, row.passed, c.Passed, row.says)
		assert.InDelta(t, 4/math.Sqrt(float64(row.seeds)), *c.Noise, 1e-9, row.says)
	}
}
