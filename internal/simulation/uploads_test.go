package simulation

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/theory"
	"waza/report"
	"waza/requester"
)

// drawUpload draws requesters that take as long for a body as some services.
func drawUpload(t *rapid.T, c *Config) {
	if rapid.IntRange(0, 3).Draw(t, "requests have bodies") > 0 {
		return
	}
	c.Upload = requester.Upload{
		Takes: drawDuration(t, "upload", 1, 50*time.Millisecond), Share: rapid.Float64Range(0.01, 1).Draw(t, "slow share"),
		Buffered: rapid.Bool().Draw(t, "buffered"),
	}
}

// uploading are runs in which bodies come slowly.
var uploading = []condition{
	{"bodies that hold workers, with timeouts and hedges", func(c *Config) {
		c.Upload = requester.Upload{Takes: 20 * time.Millisecond, Share: 0.3}
		c.Rate, c.Timeout, c.Hedge.After = 0.5*c.Rate, 60*time.Millisecond, 25*time.Millisecond
	}},
	{"bodies that are buffered, with timeouts, retries and back-pressure", func(c *Config) {
		c.Upload = requester.Upload{Takes: 20 * time.Millisecond, Share: 0.3, Buffered: true}
		c.Queue, c.Backlog, c.Rate, c.Timeout, c.Retries = 1, 5, 1.2*c.Rate, 45*time.Millisecond, 2
		c.Backoff = requester.Backoff{Kind: requester.ConstantBackoff, Base: time.Millisecond}
	}},
}

// One worker of speed 2 serves 20 ms of work in 10. Requester 0 or 1 is slow: 100 ms for a body. It asks at 0 and the other at 5 ms, or the
// other way round. The slow one first: it is served until 110 ms, the other until 120; buffered, the other from 5 to 15 ms, and it from 100 to 110 ms.
func TestASlowRequesterHoldsItsWorkerUnlessItsBodyIsBuffered(t *testing.T) {
	const ms = time.Millisecond
	for _, row := range []struct {
		buffered   bool
		slow, fast []time.Duration // service start and end
		busy       time.Duration
	}{
		{false, []time.Duration{0, 110 * ms}, []time.Duration{110 * ms, 120 * ms}, 120 * ms},
		{true, []time.Duration{100 * ms, 110 * ms}, []time.Duration{5 * ms, 15 * ms}, 20 * ms},
	} {
		c := base(1, 2, 1)
		c.Strategies, c.Requesters, c.Speeds, c.Warmup, c.Log = []string{"least-loaded"}, 2, []float64{2}, 0, true
		c.Upload = requester.Upload{Takes: 100 * ms, Share: 0.5, Buffered: row.buffered}
		for !c.Upload.IsSlow(c.Seed, 2)[0] {
			c.Seed++ // until requester 0, which asks first, is the slow one
		}
		c.Arrivals, c.Work, c.Rate = Trace, nil, 2/0.2
		c.Trace = &requester.Trace{Arrivals: []time.Duration{0, 5 * ms}, Work: []time.Duration{20 * ms, 20 * ms}}
		r := mustRun(t, c)[0]
		log := slices.SortedFunc(r.Log.All(), func(a, b report.Entry) int { return a.ID - b.ID })
		for i, want := range [][]time.Duration{row.slow, row.fast} {
			assert.InDelta(t, want[0].Seconds(), log[i].Began.Seconds(), 1e-5, "%v %d", row.buffered, i)
			assert.InDelta(t, want[1].Seconds(), log[i].Finished.Seconds(), 1e-5, "%v %d", row.buffered, i)
		}
		assert.InDelta(t, row.busy.Seconds(), *r.Utilization*r.WindowSeconds, 1e-5, "the worker is busy while it waits for a body")
		assert.InDelta(t, (row.slow[1]+row.fast[1]-5*ms).Seconds()/2, *r.LatencySeconds.Mean, 1e-5, "latency has the upload in it, wherever it waits")
	}
}

// Half of the requesters of one worker take 40 ms for a body, beside 10 ms of work: services are 10 or 50 ms, so E[S] = 30 and E[S²] = 1300 ms², and
// of M/G/1 at 20/s the mean wait is 0.02 · 1300 / (2 · (1 − 0.6)) = 32.5 ms (Pollaczek and Khinchine). Buffered, the requests are offered at points
// that are still those of a Poisson process, for each is moved independently of the others: M/D/1 at 0.2, 0.2 · 10 / (2 · 0.8) = 1.25 ms, and half of
// 40 ms before. The mean of 200,000 waits of M/G/1 at 0.6 has a standard deviation of about 2 %, so over four seeds 1 %, of which four are allowed.
// Buffered, of 21.25 ms only 1.25 are waiting: over four seeds of 10,000 waits the standard error is 0.1 %, as seen over eight, and 1 % is allowed.
func TestUploadsAreThoseOfTheory(t *testing.T) {
	if testing.Short() {
		t.Skip("840,000 requests")
	}
	for buffered, want := range map[bool]float64{false: theory.MG1Wait(0.02, theory.Bimodal(10, 50, 0.5)), true: theory.MD1Wait(0.2, 10) + 20} {
		c, allowed := base(1, 200_000, 0.2), 0.04
		if buffered {
			c.Requests, allowed = 10_000, 0.01
		}
		c.Strategies, c.Work = []string{"pull"}, requester.Constant(10*time.Millisecond)
		c.Upload = requester.Upload{Takes: 40 * time.Millisecond, Share: 0.5, Buffered: buffered}
		sum := 0.0
		for _, r := range overSeeds(t, c, 4) {
			sum += meanWait(r)
		}
		assert.InEpsilon(t, want, sum/4, allowed, fmt.Sprint(buffered))
	}
}

// A body takes as long at every scale, and does not divide by the speed.
func TestUploadsHoldAtEveryScale(t *testing.T) {
	for _, unit := range []time.Duration{time.Microsecond, time.Millisecond, time.Minute} {
		c := base(2, 1000, 0.5)
		c.Strategies, c.Speeds, c.Requesters = []string{"least-loaded"}, []float64{4, 4}, 10
		c.Work, c.Rate = requester.Constant(4*unit), 0.01/unit.Seconds()
		c.Upload = requester.Upload{Takes: 20 * unit, Share: 1}
		r := mustRun(t, c)[0]
		require.NotNil(t, r.ServiceSeconds.Mean)
		assert.InEpsilon(t, 21*unit.Seconds(), *r.ServiceSeconds.Mean, 1e-3, unit)
	}
}

// A proxy waits for the body, and the worker behind it gets the request whole: its services are work alone, and the latency has the upload once.
func TestAProxyWaitsForBodies(t *testing.T) {
	c := base(2, 100, 0.1)
	c.Strategies, c.Requesters, c.Work, c.Rate = []string{"pull"}, 10, requester.Constant(10*time.Millisecond), 1
	c.Proxies = Proxies{Number: 2, Concurrency: 10, Queue: 10, Work: requester.Constant(time.Millisecond), Strategy: "least-loaded"}
	c.Upload = requester.Upload{Takes: 100 * time.Millisecond, Share: 1}
	r := mustRun(t, c)[0]
	assert.InDelta(t, 0.010, *r.ServiceSeconds.Mean, 1e-5)
	assert.InDelta(t, 0.111, *r.LatencySeconds.P50, 1e-3)
}
