package publish

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/command"
	"waza/internal/theory"
	"waza/report"
	"waza/report/plots"
)

// TestTheoryIsDrawnWhereItHolds and nowhere else.
func TestTheoryIsDrawnWhereItHolds(t *testing.T) {
	for _, row := range []struct{ says, args, want string }{
		{"a sweep of load", "-sweep=load=0.1:0.9:0.4", "random M/M/1, power-of-two n → ∞ limit, pull M/M/10"},
		{"a sweep of rate", "-sweep=rate=100:900:400", "random M/M/1, power-of-two n → ∞ limit, pull M/M/10"},
		{"few workers have a chain", "-sweep=load=0.1:0.9:0.4 -workers=3", "random M/M/1, power-of-two chain, pull M/M/3"},
		{"slots are servers, but no strategy of two choices knows them", "-sweep=load=0.1:0.9:0.4 -workers=3 -concurrency=2", "random M/M/2, pull M/M/6"},
		{"equal workers of any speed", "-sweep=load=0.1,0.5 -workers=2 -speeds=2x3", "random M/M/1, power-of-two chain, pull M/M/2"},
		{"several seeds", "-sweep=load=0.1,0.5 -replications=3", "random M/M/1, power-of-two n → ∞ limit, pull M/M/10"},
		{"unequal speeds", "-sweep=load=0.1,0.5 -speeds=5x1,5x2", ""},
		{"another work", "-sweep=load=0.1,0.5 -work=constant:10ms", ""},
		{"other arrivals", "-sweep=load=0.1,0.5 -arrivals=constant", ""},
		{"arrivals that come in bursts", "-sweep=load=0.1,0.5 -arrivals=bursty:factor=1.8,on=1s,off=2s", ""},
		{"timeouts", "-sweep=load=0.1,0.5 -timeout=100ms", ""},
		{"faults", "-sweep=load=0.1,0.5 -fault=flaky:p=0.1", ""},
		{"short queues", "-sweep=load=0.1,0.5 -queue=4", ""},
		{"several balancers", "-sweep=load=0.1,0.5 -balancers=2", ""},
		{"old counts", "-sweep=load=0.1,0.5 -stale=10ms", ""},
		{"more choices", "-sweep=load=0.1,0.5 -choices=3", ""},
		{"noise on services", "-sweep=load=0.1,0.5 -jitter=0.5", ""},
		{"a short backlog", "-sweep=load=0.1,0.5 -backlog=5 -when-full=reject", ""},
		{"hedges", "-sweep=load=0.1,0.5 -hedge=50ms", ""},
		{"overload alone has no steady state", "-sweep=load=1.1,1.2", ""},
		{"workers", "-sweep=workers=2,3", "random M/M/1, power-of-two chain, pull M/M/c"},
		{"workers, few and many", "-sweep=workers=2,5,10", "random M/M/1, power-of-two chain, power-of-two n → ∞ limit, pull M/M/c"},
		{"a worker without another to choose", "-sweep=workers=1,2", "random M/M/1, pull M/M/c"},
		{"slots", "-sweep=concurrency=1,2", "random M/M/c, pull M/M/c"},
		{"overload at some values", "-sweep=workers=4,10 -rate=800", "random M/M/1, power-of-two n → ∞ limit, pull M/M/c"},
		{"queues, of which one is short", "-sweep=queue=4,1024", ""},
		{"timeouts that are swept", "-sweep=timeout=100ms,200ms", ""},
		{"words", "-sweep=when-full=block,reject -backlog=1000000", ""},
		{"work that is swept", "-sweep=work=5ms,10ms", ""},
		{"a grid", "-sweep=load=0.1,0.5 -sweep=workers=2,3", ""},
		{"no sweep", "-load=0.5", ""},
	} {
		args := strings.Fields("-strategy=random,least-loaded,power-of-two,pull " + row.args)
		if row.says == "several balancers" { // which pull does not have
			args[0] = "-strategy=random,power-of-two"
		}
		c, err := command.Parse(args)
		require.NoError(t, err, row.says)
		var got []string
		for _, th := range beside(c).Theory {
			if len(th.P99) == 0 {
				continue
			}
			text := th.Strategy + " " + th.Name
			if th.Limit {
				text += " limit"
			}
			got = append(got, text)
		}
		assert.Equal(t, row.want, strings.Join(got, ", "), row.says)
	}
}

// At each number of workers theory is of that number: at 800 per second and 10 ms each two of three loads have a steady state.
func TestTheoryIsOfTheWorkersAtEachValue(t *testing.T) {
	c, err := command.Parse(strings.Fields("-strategy=random,pull -sweep=workers=16,8,10 -rate=800"))
	require.NoError(t, err)
	b := beside(c)
	require.Len(t, b.Theory, 2)
	for i, want := range []func(q float64, n int, load float64) float64{
		func(q float64, _ int, load float64) float64 { return theory.MM1Quantile(q, load, 0.01) },
		func(q float64, n int, load float64) float64 { return theory.MMcQuantile(q, n, load, 0.01) },
	} {
		th := b.Theory[i]
		assert.True(t, th.Apart)
		require.Len(t, th.P99, 2)
		for k, n := range []int{10, 16} {
			assert.InDelta(t, float64(n), th.P99[k].Value, 0)
			assert.InEpsilon(t, want(0.99, n, 8/float64(n)), th.P99[k].Seconds, 1e-9)
			assert.InEpsilon(t, want(0.5, n, 8/float64(n)), th.P50[k].Seconds, 1e-9)
		}
	}
	assert.Equal(t, "each worker is M/M/1", b.Theory[0].Says)
	assert.Equal(t, "all workers together are M/M/c", b.Theory[1].Says)
	assert.Zero(t, b.Capacity, "nothing is offered to it in a share")
}

// Where a strategy keeps the objective at all values, its knee was not found.
func TestAKneeKnowsWhetherItWasFound(t *testing.T) {
	c, err := command.Parse(strings.Fields("-strategy=random,pull -sweep=load=0.5,0.9 -slo=p99:60ms"))
	require.NoError(t, err)
	low, high := 0.5, 0.9
	found := []report.Knee{{Strategy: "random", Value: &low, Next: &high}, {Strategy: "pull", Value: &high}}
	assert.Equal(t, []plots.Knee{{Strategy: "random", Value: 0.5}, {Strategy: "pull", Value: 0.9, All: true}}, besides(c, found).Knees)
}

func TestTheoryIsOfTheLoadAtEachValue(t *testing.T) {
	for _, args := range []string{"-sweep=rate=360:60:-100 -speeds=2x2", "-sweep=load=0.9:0.15:-0.25 -speeds=2x2"} {
		c, err := command.Parse(strings.Fields("-strategy=random,pull -workers=2 " + args))
		require.NoError(t, err)
		b := beside(c)
		assert.InEpsilon(t, 400, b.Capacity, 1e-9, "two workers of speed 2 with 10 ms each")
		require.Len(t, b.Theory, 2)
		last := b.Theory[0].P99[len(b.Theory[0].P99)-1]
		assert.InEpsilon(t, theory.MM1Quantile(0.99, 0.9, 0.005), last.Seconds, 1e-6)
		assert.InEpsilon(t, theory.MMcQuantile(0.5, 2, 0.9, 0.005), b.Theory[1].P50[len(b.Theory[1].P50)-1].Seconds, 1e-6)
		assert.Less(t, b.Theory[0].P99[0].Value, last.Value)
	}
}

func TestTheoryEndsAtTheLoadItHoldsFor(t *testing.T) {
	c, err := command.Parse(strings.Fields("-strategy=random,power-of-two -workers=2 -sweep=load=0.5:1.5:0.5"))
	require.NoError(t, err)
	for _, th := range beside(c).Theory {
		assert.Less(t, th.P99[len(th.P99)-1].Value, 1.0)
		assert.Greater(t, th.P99[len(th.P99)-1].Value, 0.94)
	}
}

// A chain that takes long at high loads is not worked out there, which the caption of its curve says.
func TestACurveSaysWhereItEnds(t *testing.T) {
	m := model{name: "chain", says: "the chain", few: true, most: 0.85, stays: func(load float64) (float64, float64) { return load, 2 * load }}
	long := m.along("power-of-two", []place{{value: 50, load: 0.5}, {value: 95, load: 0.95}})
	assert.Equal(t, "the chain, worked out up to load 0.85 only, as it takes long above", long.Says)
	assert.InDelta(t, 85, long.P99[len(long.P99)-1].Value, 1e-9)
	short := m.along("power-of-two", []place{{value: 50, load: 0.5}, {value: 85, load: 0.85}})
	assert.Equal(t, "the chain", short.Says)
	m.few = false
	assert.Equal(t, "the chain", m.along("pull", []place{{value: 50, load: 0.5}, {value: 150, load: 1.5}}).Says, "there is no steady state above")
}
