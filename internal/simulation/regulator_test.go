package simulation

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/balancer"
	"waza/internal/option"
)

// TestATokenBucketAdmitsWhatTheorySays holds the share that a bucket lets through, of requests that come at random and are rejected without a token,
// against M/D/1/K: the tokens that are missing are the work in front of one server, each of a length of 1/rate, and K is the burst. The standard
// deviation of the share of one run of n requests is below 1/sqrt(n). Package balancer has the formula, and holds the bucket alone to three digits.
func TestATokenBucketAdmitsWhatTheorySays(t *testing.T) {
	if testing.Short() {
		t.Skip("180,000 requests")
	}
	const requests, seeds = 12_000, 5
	for _, row := range []struct {
		load  float64 // arrivals per token
		burst int
		want  float64
	}{{1, 1, 0.5}, {1, 5, 0.89655}, {0.8, 3, 0.89670}} {
		admitted := 0.0
		for seed := range uint64(seeds) {
			c := base(10, requests, 0.5)
			c.Seed, c.Strategies = seed+1, []string{"least-loaded"}
			c.Regulators = []balancer.Regulator{{Kind: "rate", Set: option.Values{"rate": c.Rate / row.load, "burst": row.burst}}}
			c.Reject, c.Backlog = true, 0
			r := mustRun(t, c)[0]
			admitted += float64(r.Requests.Succeeded) / requests / seeds
			assert.Equal(t, r.Requests.Rejected, r.Regulators[0].Limited, "who is limited is rejected")
		}
		assert.InDelta(t, row.want, admitted, 4.5/math.Sqrt(requests*seeds), "load %v, burst %d", row.load, row.burst)
	}
}
