package simulation

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/requester"
	"waza/strategy"
)

// several are the conditions under which there are several balancers, or what they see is old.
var several = []condition{
	{"three balancers over the same workers", func(c *Config) { c.Balancers = 3 }},
	{"four balancers, two slots per worker and timeouts", func(c *Config) {
		c.Balancers, c.Concurrency, c.Rate = 4, 2, 2*c.Rate
		c.Timeout, c.Retries = 30*time.Millisecond, 2
		c.Backoff = requester.Backoff{Kind: requester.NoBackoff}
	}},
	{"two balancers in closed loop, with little room and back-pressure", func(c *Config) {
		c.Arrivals, c.Rate, c.Think = Closed, 0, requester.Constant(0)
		c.Balancers, c.Queue, c.Backlog = 2, 2, 1
	}},
	{"counts that are old", func(c *Config) { c.Stale = 20 * time.Millisecond }},
	{"two balancers that see snapshots, and reject", func(c *Config) {
		c.Balancers, c.Refresh, c.Rate = 2, 15*time.Millisecond, 1.2*c.Rate
		c.Queue, c.Backlog, c.Reject = 5, 2, true
	}},
	{"more balancers than places, which see old counts", func(c *Config) {
		c.Balancers, c.Queue, c.Stale = 5, 1, 5*time.Millisecond
	}},
}

// severable leaves those of the strategies of which there may be so many.
func severable(names []string, balancers int) []string {
	central := map[string]bool{}
	for _, k := range strategy.Table() {
		central[k.Name] = k.Central
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return balancers > 1 && central[name] })
}

// drawBalancers draws how many balancers there are, and how much they know.
func drawBalancers(t *rapid.T, c *Config) {
	c.Balancers = rapid.SampledFrom([]int{1, 1, 2, 3, 7}).Draw(t, "balancers")
	c.Strategies = severable(c.Strategies, c.Balancers)
	switch rapid.SampledFrom([]string{"fresh", "stale", "refreshed"}).Draw(t, "counts") {
	case "stale":
		c.Stale = drawDuration(t, "stale", 1, 100*time.Millisecond)
	case "refreshed":
		c.Refresh = drawDuration(t, "refresh", 1, 100*time.Millisecond)
	}
}

// TestEachBalancerHasItsShare: with room for ten at each worker, each of three may hold three there, and no more.
// Ten balancers may hold one each, and so may twenty, for which the queue has room.
func TestEachBalancerHasItsShare(t *testing.T) {
	for _, row := range []struct{ balancers, share, room int }{
		{1, 10, 10}, {2, 5, 10}, {3, 3, 10}, {10, 1, 10}, {20, 1, 20},
	} {
		c := base(2, 5000, 4) // twice what two slots each can do
		c.Strategies, c.Balancers, c.Concurrency, c.Queue = []string{"least-loaded"}, row.balancers, 2, 8
		share, room := c.share()
		assert.Equal(t, row.share, share, "of %d", row.balancers)
		assert.Equal(t, row.room, room, "for %d", row.balancers)
		// In overload every balancer always has something waiting, but for the beginning.
		for _, w := range mustRun(t, c)[0].Workers {
			assert.LessOrEqual(t, *w.MeanPending, float64(row.balancers*row.share))
			assert.Greater(t, *w.MeanPending, 0.8*float64(row.balancers*row.share))
			if row.balancers == 1 {
				assert.EqualValues(t, row.share, *w.MaxPending)
			} else {
				assert.Nil(t, w.MaxPending, "no balancer sees it")
			}
		}
	}
}

// TestTheHerd holds what is known of old counts (Mitzenmacher, "How Useful Is Old Information?", 2000). Who takes the least
// loaded sends all that comes within a second to the same few workers, and is worse than who does not look at all; who
// takes the better of two drawn at random herds less, for the two are always others. With fresh counts it is the other
// way round. Each seed plays both strategies with the same arrivals and the same work, so they are compared seed by seed,
// and all six must agree: if there were no difference, they would once in 64 tries.
func TestTheHerd(t *testing.T) {
	if testing.Short() {
		t.Skip("480,000 requests")
	}
	rows := []struct {
		says          string
		balancers     int
		stale         time.Duration
		better, worse string
		times         float64
	}{
		{"one balancer that sees a second too late herds", 1, time.Second, "random", "least-loaded", 2},
		{"two such balancers do better to draw two", 2, time.Second, "power-of-two", "least-loaded", 1},
		{"with fresh counts they do not", 2, 0, "least-loaded", "power-of-two", 1},
		{"nor does one", 1, 0, "least-loaded", "power-of-two", 1},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			c := base(10, 15_000, 0.7)
			c.Work, c.Rate = requester.Exponential(100*time.Millisecond), 70
			c.Balancers, c.Stale = row.balancers, row.stale
			c.Strategies = []string{row.better, row.worse}
			runs := overSeeds(t, c, 4)
			for i := 0; i < len(runs); i += 2 {
				better, worse := runs[i], runs[i+1]
				require.Equal(t, []string{row.better, row.worse}, []string{better.Strategy, worse.Strategy})
				t.Logf("p99 of %s %.0f ms, of %s %.0f ms", row.better, p99Latency(better), row.worse, p99Latency(worse))
				assert.Greater(t, p99Latency(worse), row.times*p99Latency(better))
			}
		})
	}
}

// TestEachBalancerHearsEveryZone: were requesters dealt to balancers without a look at their zones, two zones that take turns
// and two balancers that do would fall together, and each balancer would know one zone.
func TestEachBalancerHearsEveryZone(t *testing.T) {
	c := base(10, 1000, 0.7)
	c.Balancers, c.Parameters.Delays = 2, make([][]time.Duration, 2)
	st := &topology{Config: &c, homes: Split(100, []float64{0.5, 0.5})}
	heard := map[[2]int]int{}
	for requester, b := range st.deal() {
		heard[[2]int{b, st.homes[requester]}]++
	}
	assert.Equal(t, map[[2]int]int{{0, 0}: 25, {0, 1}: 25, {1, 0}: 25, {1, 1}: 25}, heard)
}
