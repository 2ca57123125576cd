package simulation

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/theory"
)

// TestCapacityLatencyRejectsWhatTheorySays holds the share that capacity-latency rejects where nobody waits in the backlog: of one worker with c slots
// and room for K against M/M/c/K, of n workers with c slots and no queue against Erlang's B of n·c, as it finds a free slot if there is one. A
// rejection has the name that qpool gives it. Of so many requests the standard deviation of the share is below 2/sqrt(n) at these loads:
// rejections come in busy periods of some ten requests each, and few are rejected.
func TestCapacityLatencyRejectsWhatTheorySays(t *testing.T) {
	if testing.Short() {
		t.Skip("320,000 requests")
	}
	const requests, seeds = 20_000, 4
	for _, row := range []struct {
		says                        string
		workers, concurrency, queue int
		load                        float64
	}{
		{"M/M/1/4", 1, 1, 3, 0.9},
		{"M/M/5/8", 1, 5, 3, 1},
		{"Erlang B of 10", 10, 1, 0, 0.8},
		{"Erlang B of 12, in threes", 4, 3, 0, 1},
	} {
		t.Run(row.says, func(t *testing.T) {
			rejected := 0.0
			for seed := range uint64(seeds) {
				c := base(row.workers, requests, row.load*float64(row.concurrency))
				c.Concurrency, c.Queue, c.Backlog, c.Reject = row.concurrency, row.queue, 0, true
				c.Seed, c.Strategies = seed+1, []string{"capacity-latency"}
				r := mustRun(t, c)[0]
				rejected += float64(r.Requests.Rejected) / requests / seeds
				assert.Equal(t, "no available workers", r.Refusals[0].Why)
				assert.Equal(t, r.Requests.Rejected, r.Refusals[0].Rejected)
			}
			servers := row.workers * row.concurrency
			want := theory.MMcKLoss(servers, servers+row.workers*row.queue, row.load*float64(servers))
			assert.InDelta(t, want, rejected, 4*2/math.Sqrt(requests*seeds))
			assert.InEpsilon(t, want, rejected, 0.1)
		})
	}
}
