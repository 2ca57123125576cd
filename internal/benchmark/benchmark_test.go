// Package benchmark measures what a request costs, beside references in the same run, because machines differ and
// a busy one differs from itself: only the ratios count.
//
//	go test -run='^$' -bench=. -cpu=1 ./internal/benchmark
package benchmark

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"waza/internal/simulation"
	"waza/requester"
	"waza/strategy"
)

// defaults is a run as the program plays it if nothing else is said, but for the load.
func defaults(workers, requests int) simulation.Config {
	return simulation.Config{
		Strategies: []string{"least-loaded"}, Parameters: strategy.Parameters{Choices: 2},
		Workers: workers, Requesters: 100, Requests: requests, Seed: 1,
		Rate: 0.9 * float64(workers) / 0.01, Work: requester.Exponential(10 * time.Millisecond),
		Speeds: slices.Repeat([]float64{1}, workers), Concurrency: 1, Queue: 1024, Backlog: simulation.Unlimited,
		Propagate: true, Grace: 5 * time.Second, Warmup: 0.1,
	}
}

func simulate(b *testing.B, c simulation.Config) {
	b.Helper()
	results, err := simulation.Run(context.Background(), c, len(c.Strategies), simulation.Spectators{})
	require.NoError(b, err)
	for _, r := range results {
		require.Equal(b, c.Requests, r.Requests.Issued)
	}
}

// perRequest plays b.N requests, rounded up to what 100 requesters can share, so that ns/op is the cost of one.
func requestsFor(b *testing.B) int { return max(100, (b.N+99)/100*100) }

// BenchmarkRequest is the cost of one request in simulated time, for so many workers, beside the event loop.
func BenchmarkRequest(b *testing.B) {
	for _, workers := range []int{1, 10, 100, 1000, 10000} {
		b.Run("event-loop/workers="+strconv.Itoa(workers), func(b *testing.B) {
			e := newEventLoop(workers, 100, requestsFor(b), 0.9)
			e.run()
			require.Equal(b, requestsFor(b), e.issued)
		})
		b.Run("waza/workers="+strconv.Itoa(workers), func(b *testing.B) {
			simulate(b, defaults(workers, requestsFor(b)))
		})
	}
}
