package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// Two workers in turn get a service of 8 s every 10 s, from 0 on, for 200 s. One that stands still in its service for longer than that is busy to the
// end, though it is suspected a lease of 1 s later, and what it holds is claimed. Who stands still and is idle is there, too; who has died at 3 s is
// not any more at 4 s, a lease after its last beat.
func TestWhoIsSuspectedIsThereForAsLongAsItLives(t *testing.T) {
	const first = 1 // that round-robin asks, with this seed
	stall := worker.Fault{Kind: "stall", For: 500 * time.Second}
	crash := worker.Fault{Kind: "crash", Set: option.Values{"notify": requester.Lost}}
	for _, row := range []struct {
		says      string
		fault     worker.Fault
		at        time.Duration
		balancers int
		leaves    time.Duration
		busy      float64
	}{
		{"it stands still in a service", stall, 3 * time.Second, 1, 0, 1},
		{"for whichever balancer", stall, 3 * time.Second, 2, 0, 1},
		{"it stands still after a service of 8 s", stall, 9 * time.Second, 1, 0, 8. / 200},
		{"it dies in a service, after 3 s of 4", crash, 3 * time.Second, 1, 0, 3. / 4},
		{"it stands still in a service, and leaves", stall, 3 * time.Second, 1, 5 * time.Second, 1},
		{"it leaves, and then stands still in a service", stall, 3 * time.Second, 1, 2 * time.Second, 1},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := base(2, 20, 0.5)
			c.Strategies, c.Arrivals, c.Rate, c.Warmup = []string{"round-robin"}, Constant, 0.1, 0
			c.Work, c.Requesters, c.Balancers = requester.Constant(8*time.Second), row.balancers, row.balancers
			c.Heartbeat, c.Claim = 333333333, time.Second
			row.fault.At, row.fault.Zone, row.fault.Workers = row.at, worker.AnyZone, worker.Selection{First: first, Last: first}
			c.Faults = []worker.Fault{row.fault}
			if row.leaves > 0 {
				c.Pool.Start, c.Resizes = 2, []balancer.Resize{{At: row.leaves, Workers: 1}}
			}
			results := mustRun(t, c)
			w := results[0].Workers[first]
			require.NotNil(t, w.Utilization)
			assert.InDelta(t, row.busy, *w.Utilization, 0.001)
		})
	}
}
