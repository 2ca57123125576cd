package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"waza/requester"
)

// TestTimeEndsAClosedLoop on its window: what is measured is what began in it. Where requests are given as well, what is over first
// ends it. A requester that thinks for 100 ms and waits for about 10 begins about 9 requests a second.
func TestTimeEndsAClosedLoop(t *testing.T) {
	closed := func(requests int, think time.Duration) Config {
		c := base(100, requests, 1)
		c.Strategies = []string{"least-loaded", "pull"}
		c.Arrivals, c.Rate, c.Think, c.Duration, c.Log = Closed, 0, requester.Constant(think), 10*time.Second, true
		return c
	}
	for _, r := range mustRun(t, closed(1_000_000_000, 100*time.Millisecond)) {
		require.InEpsilon(t, 10*100/0.11, float64(r.Requests.Issued), 0.03)
		require.InDelta(t, 9, r.WindowSeconds, 1e-9, "a tenth is warm-up")
		require.InEpsilon(t, 0.9*float64(r.Requests.Issued), float64(r.MeasuredRequests), 0.03)
		for e := range r.Log.All() {
			require.Less(t, e.Start, 10*time.Second+time.Microsecond)
		}
	}
	for _, r := range mustRun(t, closed(1000, 100*time.Millisecond)) {
		require.EqualValues(t, 1000, r.Requests.Issued)
		require.Less(t, r.SimulatedSeconds, 2.0)
	}
	for _, r := range mustRun(t, closed(1_000_000_000, 20*time.Second)) {
		require.Zero(t, r.Requests.Issued, "nobody has thought to the end")
	}
}

// One requester that thinks for 10 ms and is served for 10 ms begins its k-th request, from 0, after 10 + 20k ms. It is warm with a tenth of
// its requests, or of the time; it has closed the window with its last request, or the time has.
func TestWhatIsOverFirstMakesTheWindowOfAClosedLoop(t *testing.T) {
	const ms = time.Millisecond
	for _, row := range []struct {
		says             string
		requests         int
		duration         time.Duration
		issued, measured int
		window           float64 // seconds
	}{
		{"there is no time", 100, 0, 100, 90, 1.990 - 0.200},
		{"the requests are over first: ten are warm-up", 100, 100 * time.Second, 100, 90, 1.990 - 0.200},
		{"the time is: the first that is measured begins at 110 ms, the last at 990", 100, time.Second, 50, 45, 0.9},
		{"the requests are, by little", 60, 1300 * ms, 60, 54, 1.190 - 0.120},
		{"the time is, a microsecond before the last would begin; with the verdict at 980 ms all is over", 50, 990*ms - time.Microsecond, 49, 44, 0.980 - 0.099},
		{"and a microsecond after it has begun: the request has closed the window", 50, 990*ms + time.Microsecond, 50, 45, 0.990 - 0.099},
	} {
		c := base(1, row.requests, 1)
		c.Strategies, c.Requesters = []string{"least-loaded"}, 1
		c.Arrivals, c.Rate, c.Think, c.Work = Closed, 0, requester.Constant(10*ms), requester.Constant(10*ms)
		c.Duration = row.duration
		r := mustRun(t, c)[0]
		require.EqualValues(t, row.issued, r.Requests.Issued, row.says)
		require.EqualValues(t, row.measured, r.MeasuredRequests, row.says)
		require.InDelta(t, row.window, r.WindowSeconds, 1e-5, row.says)
		require.False(t, r.Unopened, row.says)
	}
}
