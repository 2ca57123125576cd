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
		require.InEpsilon(t, 10*100/0.11, r.Requests.Issued, 0.03)
		require.InDelta(t, 9, r.WindowSeconds, 1e-9, "a tenth is warm-up")
		require.InEpsilon(t, 0.9*float64(r.Requests.Issued), r.MeasuredRequests, 0.03)
		for e := range r.Log.All() {
			require.Less(t, e.Start, 10*time.Second+time.Microsecond)
		}
	}
	for _, r := range mustRun(t, closed(1000, 100*time.Millisecond)) {
		require.Equal(t, 1000, r.Requests.Issued)
		require.Less(t, r.SimulatedSeconds, 2.0)
	}
	for _, r := range mustRun(t, closed(1_000_000_000, 20*time.Second)) {
		require.Zero(t, r.Requests.Issued, "nobody has thought to the end")
	}
}
