package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// crashed is ten workers that take turns, one request each 10 ms, each of 50 ms of work: every worker is sent to each 100 ms. Worker 4 is dead
// from 50.1 s up to 60.1 s, and with a lease of 1 s, beats every third of a second, that is known at 51 s.
func crashed(strategies ...string) Config {
	c := base(10, 12_000, 0)
	c.Strategies, c.Arrivals, c.Rate, c.Work = strategies, Constant, 100, requester.Constant(50*time.Millisecond)
	c.Claim, c.Heartbeat = time.Second, time.Second/3
	c.Faults = []worker.Fault{{Kind: "crash", Workers: worker.Selection{First: 4, Last: 4}, Zone: worker.AnyZone,
		At: 50_100 * time.Millisecond, For: 10 * time.Second, Set: option.Values{"notify": requester.Lost}}}
	return c
}

func TestACrashIsShownFromItsStartToItsRecovery(t *testing.T) {
	for _, r := range mustRun(t, crashed("round-robin", "rendezvous", "mod-hash")) {
		require.Len(t, r.Faults, 1)
		f := r.Faults[0]
		assert.Equal(t, "crash", f.Kind)
		assert.Equal(t, "crash:worker=4,at=50.1s,for=10s,notify=none", f.Name)
		assert.Equal(t, 4, f.Worker)
		assert.InDelta(t, 50.1, f.StartSeconds, 1e-5)
		assert.InDelta(t, 60.1, *f.EndSeconds, 1e-5)
		if r.Strategy != "round-robin" {
			continue
		}
		require.NotNil(t, f.DetectSeconds)
		assert.InDelta(t, 0.85, *f.DetectSeconds, 0.05+1e-5, "the last dispatch is in the tenth of a second before 51 s")
		require.NotNil(t, f.RecoverSeconds)
		// Nine were sent to it from 50.1 s up to 51 s, and it held half a request or one at its death. All are claimed at 51 s: of those that were
		// harmed the first has waited for 0.9 s, the others ever less. Some that come then wait behind them.
		assert.GreaterOrEqual(t, r.Claims, report.Count(9))
		assert.LessOrEqual(t, r.Claims, report.Count(10))
		assert.InDelta(t, 0.45, *r.ClaimSeconds, 0.1, "claimed between nothing and 0.9 s after they were sent")
		assert.GreaterOrEqual(t, *f.Harmed, r.Claims)
		assert.LessOrEqual(t, *f.Harmed, 4*r.Claims)
		assert.Zero(t, r.Requests.Lost)
		assert.Nil(t, r.MovedKeys, "it does not hash")
	}
}

// A worker of ten leaves and comes back: of 10,000 keys a tenth has to move, twice. Where a key goes by the remainder of its hash, nine tenths move.
func TestKeysMoveAsTheStrategyPlacesThem(t *testing.T) {
	for _, r := range mustRun(t, crashed("rendezvous", "mod-hash")) {
		require.NotNil(t, r.MovedKeys, r.Strategy)
		assert.InDelta(t, 2*1000, float64(*r.LeastMovedKeys), 4*2*30, "%s: the standard deviation of a tenth of 10,000 is 30", r.Strategy)
		if r.Strategy == "rendezvous" {
			assert.Equal(t, *r.LeastMovedKeys, *r.MovedKeys)
		} else {
			assert.InDelta(t, 2*9000, float64(*r.MovedKeys), 4*2*30)
		}
	}
	unchanged := crashed("mod-hash")
	unchanged.Faults[0].At = 1000 * time.Second
	assert.Nil(t, mustRun(t, unchanged)[0].MovedKeys, "nothing has changed")
}

// Whatever the scale of the clock, lengths are those that were asked for, here a thousand times as short; and of two balancers both have to
// find out.
func TestEpisodesAreTheSameAtEveryScale(t *testing.T) {
	c := crashed("round-robin")
	c.Balancers, c.Rate, c.Work = 2, 100_000, requester.Constant(50*time.Microsecond)
	c.Claim, c.Heartbeat, c.Faults[0].At, c.Faults[0].For = time.Millisecond, time.Millisecond/3, 50_100*time.Microsecond, 10*time.Millisecond
	require.Greater(t, c.Scale(), 1.0)
	r := mustRun(t, c)[0]
	require.Len(t, r.Faults, 1)
	assert.InDelta(t, 0.0501, r.Faults[0].StartSeconds, 1e-6)
	assert.InDelta(t, 0.0601, *r.Faults[0].EndSeconds, 1e-6)
	require.NotNil(t, r.Faults[0].DetectSeconds)
	assert.InDelta(t, 0.0008, *r.Faults[0].DetectSeconds, 0.0002)
	assert.InDelta(t, 0.00045, *r.ClaimSeconds, 0.0002)
	assert.Equal(t, "crash:worker=4,at=50.1ms,for=10ms,notify=none", r.Faults[0].Name)
}
