package simulation

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/strategy"
)

// TestBalancersDoNotMarchInStep compares the turn with ties at random, in which no balancer follows another. When all began by id,
// 500 balancers over 100 workers had a mean of 1,756 ms where random ties have 50. When all went on by dispatches alone, four over ten
// workers had 23.2 ms where random ties have 21.4, for whoever had answered late was the next choice of all of them: see
// strategy.turns.
//
// Both meet the same arrivals and the same work. Over 100,000 requests the ratio of their means has a standard deviation of 1.2 % per
// seed, as seen over 12 pairs, so over three seeds of 30,000 its standard error is 1.26 %, of which four are allowed.
func TestBalancersDoNotMarchInStep(t *testing.T) {
	if testing.Short() {
		t.Skip("360,000 requests")
	}
	rows := []struct{ balancers, workers, requesters int }{
		{4, 10, 100}, {20, 100, 500}, {100, 100, 500}, {500, 100, 500},
	}
	for _, row := range rows {
		if row.workers == 100 && row.balancers < 500 && !*long {
			continue // they lie between the others
		}
		t.Run(fmt.Sprint(row.balancers), func(t *testing.T) {
			mean := func(tie strategy.Tie) float64 {
				c := base(row.workers, 30_000, 0.8)
				c.Strategies, c.Balancers, c.Requesters = []string{"least-loaded"}, row.balancers, row.requesters
				c.Parameters.Set = option.Values{"tie": tie}
				sum := 0.0
				for _, r := range overSeeds(t, c, 3) {
					sum += 1e3 * *r.LatencySeconds.Mean
				}
				return sum / 3
			}
			turn, random := mean(strategy.TieRoundRobin), mean(strategy.TieRandom)
			t.Logf("%.2f ms in turn, %.2f ms at random", turn, random)
			assert.InEpsilon(t, random, turn, 0.05)
		})
	}
}

// TestTurnsOfWeightsDoNotMarchInStep: by weights alone every balancer has the same cycle, and began it with the heaviest. Whoever
// does not look at loads has n queues: at random M/M/1 at 0.8, which has a mean of 50 ms, and less where arrivals are spread evenly.
// So it is with turns of one's own, 43 ms; in step it was 803 ms.
func TestTurnsOfWeightsDoNotMarchInStep(t *testing.T) {
	if testing.Short() {
		t.Skip("60,000 requests, of 200 balancers")
	}
	c := base(100, 20_000, 0.8)
	c.Strategies, c.Balancers, c.Requesters = []string{"weighted-round-robin"}, 200, 200
	sum := 0.0
	for _, r := range overSeeds(t, c, 3) {
		sum += 1e3 * *r.LatencySeconds.Mean
	}
	t.Logf("%.1f ms", sum/3)
	assert.Less(t, sum/3, 50.0)
}
