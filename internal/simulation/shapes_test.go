package simulation

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
)

// shaped is the shape of that kind with those keys; its others have their defaults.
func shaped(t require.TestingT, kind string, set option.Values) requester.Shape {
	k, found := requester.FindShape(kind)
	require.True(t, found)
	s, err := k.New(set)
	require.NoError(t, err)
	return s
}

// bent are conditions in which arrivals are dense for a while: then many requesters act within a few periods of the lanes.
var bent = []condition{
	{"bursts with timeouts and retries", func(c *Config) {
		c.Shape = requester.Shape{Kind: "bursty", Set: option.Values{"factor": 3.0, "on": 3 * time.Millisecond, "off": 6 * time.Millisecond}}
		c.Timeout, c.Retries = 25*time.Millisecond, 1
	}},
}

// starts are the intended starts of all requests of a run, by strategy and number.
func starts(t *testing.T, c Config) []map[int]time.Duration {
	c.Log = true
	var all []map[int]time.Duration
	for _, r := range mustRun(t, c) {
		of := map[int]time.Duration{}
		for e := range r.Log.All() {
			of[e.ID] = e.Start
		}
		all = append(all, of)
	}
	return all
}

// The counts in a window are binomial: N requests of which each is in it with the probability that the integral of the rate says. The lanes move
// an arrival by less than a microsecond. All arrive within T = N/λ, whatever the shape.
func TestShapesBringTheirRequestsWhenTheySay(t *testing.T) {
	if testing.Short() {
		t.Skip("plays for seconds")
	}
	const n = 20_000 // at 800 a second for 25 s
	for _, row := range []struct {
		says     string
		shape    requester.Shape
		from, to float64 // seconds
		share    float64
	}{
		{"the first half of a ramp", shaped(t, "ramp", option.Values{"from": 0.2}), 0, 12.5, 0.5 * (0.2 + 1) / 2},
		{"a spike of three times the mean", shaped(t, "spike", option.Values{"factor": 3.0, "for": 2 * time.Second}), 10, 12, 3 * 2 / 25.},
		{"what a spike leaves for the time before it", shaped(t, "spike", option.Values{"factor": 3.0, "for": 2 * time.Second}), 0, 10, 19 / 23. * 10 / 25},
		{"the high half of a day", shaped(t, "diurnal", option.Values{"amplitude": 0.8, "period": 12500 * time.Millisecond}), 0, 6.25, (1 + 0.8*2/math.Pi) / 4},
		{"the low half of the second one", shaped(t, "diurnal", option.Values{"amplitude": 0.8, "period": 12500 * time.Millisecond}), 18.75, 25, (1 - 0.8*2/math.Pi) / 4},
	} {
		c := base(10, n, 0.8)
		c.Strategies, c.Shape = []string{"pull"}, row.shape
		inside := 0
		of := starts(t, c)[0]
		require.Len(t, of, n, row.says)
		for _, at := range of {
			require.Less(t, at, 25*time.Second+time.Microsecond, row.says)
			if row.from <= at.Seconds() && at.Seconds() < row.to {
				inside++
			}
		}
		require.InDelta(t, n*row.share, inside, 4*math.Sqrt(n*row.share*(1-row.share)), row.says)
	}
}

// Every strategy meets the same requests at the same instants, and where a shape changes nothing they are those of Poisson.
func TestEveryStrategyMeetsTheSameArrivals(t *testing.T) {
	c := base(10, 2000, 0.7)
	c.Strategies = []string{"least-loaded", "pull", "random", "prequal", "ring-hash"}
	for _, kind := range requester.ShapeKinds() {
		c.Shape = shaped(t, kind.Name, map[string]option.Values{
			"spike":  {"at": time.Second, "for": 100 * time.Millisecond, "factor": 5.0},
			"bursty": {"on": 50 * time.Millisecond, "off": 150 * time.Millisecond},
		}[kind.Name])
		all := starts(t, c)
		for i := range all {
			require.Equal(t, all[0], all[i], "%s: %s", c.Shape, c.Strategies[i])
		}
	}
	c.Shape = requester.Shape{}
	even := starts(t, c)[0]
	c.Shape = shaped(t, "ramp", option.Values{"from": 1.0})
	require.Equal(t, even, starts(t, c)[0])
}

// Nobody waits longer for a shape that is only played faster: a millionth of all lengths gives the same figures, to what the lanes move.
func TestShapesHoldAtEveryScale(t *testing.T) {
	means := map[string]float64{}
	for _, unit := range []time.Duration{time.Microsecond, time.Millisecond, time.Second} {
		c := base(10, 4000, 0.8)
		c.Strategies, c.Work, c.Rate = []string{"pull"}, requester.Exponential(10*unit), 0.8*10/(10*unit).Seconds()
		for _, shape := range []requester.Shape{
			shaped(t, "ramp", nil),
			shaped(t, "spike", option.Values{"at": 2000 * unit, "for": 500 * unit, "factor": 1.5}),
			shaped(t, "diurnal", option.Values{"period": 1000 * unit}),
			shaped(t, "bursty", option.Values{"on": 100 * unit, "off": 100 * unit, "factor": 1.5}),
		} {
			c.Shape = shape
			mean := *mustRun(t, c)[0].LatencySeconds.Mean / unit.Seconds()
			if want, found := means[shape.Kind]; found {
				require.InEpsilon(t, want, mean, 0.05, "%s, work of %v", shape.Kind, 10*unit)
			}
			means[shape.Kind] = mean
		}
	}
}
