package report

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

func TestWhatAnOperatorConcludes(t *testing.T) {
	for _, row := range []struct {
		says                   string
		queue, busy, p95, grew float64
		peak                   Count
		health, scale          string
		reasons                []string
		stable                 bool
	}{
		{"at rest", 0, 0.29, 0.1, 0, 0, "healthy", "down", []string{"queue", "utilization"}, true},
		{"idle, but once something has waited", 0.01, 0.29, 0.1, 0, 1, "healthy", "keep", []string{}, true},
		{"in use", 0, 0.3, 0.1, 0.02, 0, "healthy", "keep", []string{}, true},
		{"just below a hundred", 99.9, 0.8, 5, 0, 300, "healthy", "keep", []string{}, true},
		{"from a hundred on", 100, 0.7, 1, -4, 300, "watch", "keep", []string{}, true},
		{"a thousand, growing as noise may let it", 1000, 0.7, 1, 6.9, 3000, "watch", "keep", []string{}, true},
		{"more than a thousand, growing faster", 1000.5, 0.7, 1, 7, 3000, "add workers", "up", []string{"queue"}, false},
		{"busy and slow", 3, 0.81, 5.01, 0, 9, "healthy", "up", []string{"utilization", "latency"}, true},
	} {
		r := Result{
			Queue:       &QueueFigures{Mean: &row.queue, Peak: row.peak, GrowthPerSecond: &row.grew},
			Utilization: &row.busy, LatencySeconds: Spread{P95: &row.p95},
			Workers:          []WorkerRow{{Utilization: &row.busy, Requests: 630, Fair: 500}, {Requests: 370, Fair: 500}},
			MeasuredRequests: 1000, WindowSeconds: 10, SlotSeconds: 0.08,
		}
		describeBroker(&r, &ending{Facts: Facts{Broker: true, Workers: []WorkerFacts{{Concurrency: 4}, {Concurrency: 4}}}})
		b := r.Broker
		require.NotNil(t, b, row.says)
		assert.Equal(t, []any{row.health, row.scale, row.reasons}, []any{b.QueueHealth, b.Scale, b.ScaleReasons}, row.says)
		assert.EqualValues(t, 3, *b.RecommendedWorkers, "100/s · 80 ms / 0.7 are 11.4 slots, four at each worker")
		assert.Equal(t, []bool{false, row.stable, row.busy <= 0.8}, []bool{*b.Checklist[0].Passed, *b.Checklist[1].Passed, *b.Checklist[2].Passed}, row.says)
	}
}

// Of a run in which nothing was measured nothing can be told.
func TestAnOperatorConcludesNothingFromNothing(t *testing.T) {
	r := Result{Queue: &QueueFigures{}}
	describeBroker(&r, &ending{Facts: Facts{Broker: true}})
	assert.Nil(t, r.Broker.RecommendedWorkers)
	for _, c := range r.Broker.Checklist {
		assert.Nil(t, c.Passed, "of a run in which nothing was measured nothing can be told")
	}
	r.Broker = nil
	describeBroker(&r, &ending{})
	assert.Nil(t, r.Broker, "it is no broker")
}

// What a request asks for is the time of all its services, also of those that failed, came late or were hedges, as long as they were where they
// took place; of one that got none, as its time was up or there was no room, it is that of one service.
func TestWhatComesAsksForWorkers(t *testing.T) {
	const ms = time.Millisecond
	asked := func(v requester.Verdict, services int, each time.Duration) requester.Outcome {
		return requester.Outcome{Work: 10 * ms, Verdict: v, Executed: uint8(services), Service: time.Duration(services) * each, Began: requester.Never}
	}
	for _, row := range []struct {
		says     string
		outcomes []requester.Outcome
		want     Count // at 1,000 requests a second, of workers with one slot
	}{
		{"one service of 10 ms each: 10 slots are busy", []requester.Outcome{asked(requester.Succeeded, 1, 10*ms)}, 15},
		{"whatever becomes of it", []requester.Outcome{asked(requester.Succeeded, 1, ms), asked(requester.TimedOut, 1, 19*ms)}, 15},
		{"two of three were never served", []requester.Outcome{asked(requester.Succeeded, 1, 10*ms), asked(requester.TimedOut, 0, 0), asked(requester.Rejected, 0, 0)}, 15},
		{"every second fails once", []requester.Outcome{asked(requester.Succeeded, 2, 10*ms), asked(requester.Succeeded, 1, 10*ms)}, 22},
		{"workers that try again hold a slot for 25 ms", []requester.Outcome{asked(requester.Succeeded, 1, 25*ms)}, 36},
		{"of speed 4", []requester.Outcome{asked(requester.Succeeded, 1, 10*ms/4)}, 4},
	} {
		s := newSample(&Options{Window: NewWindow(0, time.Second)})
		for i := range row.outcomes {
			s.add(&row.outcomes[i])
		}
		both := newSample(&Options{Window: NewWindow(0, time.Second)})
		both.merge(s)
		r := Result{}
		both.describe(&r)
		r.WindowSeconds = float64(r.MeasuredRequests) / 1000
		assert.Equal(t, row.want, recommend(&r, 1), row.says)
		assert.Equal(t, Count(math.Ceil(float64(row.want)/4)), recommend(&r, 4), row.says)
	}
}

// Requests are even where each worker has what would have been dealt to it while it was there, or is no farther from that than 25 %, or than chance.
func TestRequestsAreEvenOverTheWorkers(t *testing.T) {
	type has struct{ requests, fair float64 }
	for _, row := range []struct {
		says   string
		seeds  int
		have   []has
		figure *float64
		even   bool
	}{
		{"as dealt", 1, []has{{300, 300}, {100, 100}}, new(0.), true},
		{"a quarter", 1, []has{{1250, 1000}, {750, 1000}}, new(0.25), true},
		{"more", 1, []has{{1260, 1000}, {740, 1000}}, new(0.26), false},
		{"one was never there", 1, []has{{100, 100}, {0, 0}}, new(0.), true},
		{"41 % of 22 is chance: 2·(√31 − √22) is 1.8", 1, []has{{31, 22}, {2191, 2200}}, new(9. / 22), true},
		{"in the mean of nine seeds it is not: √9 times as much, 5.3", 9, []has{{31, 22}, {2191, 2200}}, new(9. / 22), false},
		{"one of 0.04 is chance: 2·(1 − 0.2)", 1, []has{{1, 0.04}, {999, 999.96}}, new(24.), true},
		{"nine of one are: 2·(3 − 1)", 1, []has{{9, 1}, {991, 999}}, new(8.), true},
		{"ten are not", 1, []has{{10, 1}, {990, 999}}, new(9.), false},
		{"none of 4 is chance: 2·2", 1, []has{{0, 4}, {1000, 996}}, new(-1.), true},
		{"none of 5 is not", 1, []has{{0, 5}, {1000, 995}}, new(-1.), false},
		{"none of 16 is not: 2·4", 1, []has{{0, 16}, {1000, 984}}, new(-1.), false},
		{"none of 3 in the mean of two seeds is not: 2·√6", 2, []has{{0, 3}, {1000, 997}}, new(-1.), false},
		{"a rounding error of nothing is nothing", 1, []has{{100, 100}, {1, -1e-17}}, new(-1. / 101), true},
		{"nobody has a share", 1, []has{{100, 0}, {1, -1e-17}}, nil, false},
		{"what is no chance is told, though by chance another is farther", 1, []has{{2, 1}, {2600, 2000}, {1399, 2000}}, new(-601. / 2000), false},
		{"nothing came", 1, []has{{0, 0}, {0, 0}}, nil, false},
	} {
		r := Result{Replications: row.seeds}
		for _, h := range row.have {
			r.Workers = append(r.Workers, WorkerRow{Requests: Count(h.requests), Fair: h.fair})
		}
		c := evenCheck(&r)
		if row.figure == nil {
			assert.Nil(t, c.Figure, row.says)
			assert.Nil(t, c.Passed, row.says)
			continue
		}
		assert.InDelta(t, *row.figure, *c.Figure, 1e-9, row.says)
		assert.Equal(t, row.even, *c.Passed, row.says)
	}
}

// What waits at workers waits too, under a strategy that does not let it wait in the queue.
func TestWhatWaitsAtWorkersIsJudged(t *testing.T) {
	some, none, grows, still, busy := 650., 0., 1.3, 0., 0.2
	r := Result{
		Utilization: &busy, WindowSeconds: 60, MeasuredRequests: 600,
		Queue: &QueueFigures{Mean: &none, GrowthPerSecond: &still, AtWorkers: &Waited{Mean: &some, Peak: 1200, GrowthPerSecond: &grows}},
	}
	describeBroker(&r, &ending{Facts: Facts{Broker: true}})
	assert.Equal(t, []string{"watch", "keep"}, []string{r.Broker.QueueHealth, r.Broker.Scale})
	assert.False(t, *r.Broker.Checklist[1].Passed)
	assert.Equal(t, 1.3, *r.Broker.Checklist[1].Figure)
}

// Where a hundred come in a minute it may show nothing all the same. What has too much to do is said to grow by what it has grown throughout; what
// has not is not, nor is what only seems to grow in that minute.
func TestAMinuteMayShowNothing(t *testing.T) {
	level, little := 0., 0.2
	r := Result{WindowSeconds: 1e5, MeasuredRequests: 2e5, Queue: &QueueFigures{GrowthPerSecond: &level, Throughout: 0.0055}}
	grows := func() (float64, bool) {
		perSecond, noise, throughout := r.QueueGrowth()
		assert.Equal(t, throughout, *perSecond > noise)
		return *perSecond, throughout
	}
	for _, last := range []*float64{&level, &little} {
		r.Queue.GrowthPerSecond, r.Saturated = last, true
		perSecond, throughout := grows()
		assert.Equal(t, 0.0055, perSecond)
		assert.True(t, throughout)
		r.Saturated = false
		_, throughout = grows()
		assert.False(t, throughout)
	}
	r.Saturated, r.Queue.Throughout = true, 0
	_, throughout := grows()
	assert.False(t, throughout, "what grows is not the queue")
}

// Where work lasts for hours a single request is growth in the minute in which it comes, and mostly none does. So the whole window tells: 2,000
// requests in 10⁶ s make a random walk whose slope is 2 √(6 · 0.004 / (5 · 10⁶)) = 0.00014 a second by chance, where as many are answered.
func TestWhereFewComeInAMinuteTheWholeWindowTells(t *testing.T) {
	yes, no := new(true), new(false)
	for _, row := range []struct {
		says             string
		last, throughout float64
		utilization      float64
		peak             Count
		seeds            int
		saturated        bool
		passed           *bool
		figure           float64
	}{
		{"one comes in the last minute", 0.025, 0, 0.7, 70, 1, false, yes, 0},
		{"nothing does, of what grows", 0, 0.0002, 1, 70, 1, false, no, 0.0002},
		{"within noise, at capacity", 0.025, 0.0001, 1, 70, 1, false, nil, 0.0001},
		{"which four seeds can tell", 0.025, 0.0001, 1, 70, 4, false, no, 0.0001},
		{"within noise, with time to spare", 0.025, 0.0001, 0.7, 70, 1, false, yes, 0.0001},
		{"where never more have waited than there are slots", 0, 0.00001, 1, 10, 1, false, yes, 0.00001},
		{"not from each fifth to the next, at capacity", 0, 0, 1, 70, 1, false, nil, 0},
		{"within noise, with more to do than it can", 0, 0.0001, 1, 70, 1, true, no, 0.0001},
	} {
		r := Result{
			WindowSeconds: 1e6, MeasuredRequests: 2000, Throughput: new(0.002), Utilization: &row.utilization, Replications: row.seeds, Slots: 10,
			Saturated: row.saturated, Queue: &QueueFigures{GrowthPerSecond: &row.last, Throughout: row.throughout, Peak: row.peak},
		}
		c := queueCheck(&r)
		assert.Equal(t, row.passed, c.Passed, row.says)
		assert.Equal(t, row.figure, *c.Figure, row.says)
		if _, _, throughout := r.QueueGrowth(); assert.True(t, throughout) && !row.saturated {
			assert.InDelta(t, 2*math.Sqrt(6*0.004/5e6/float64(row.seeds)), *c.Noise, 1e-12, row.says)
		}
	}
}
