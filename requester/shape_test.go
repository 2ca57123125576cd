package requester

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/option"
)

// shaped is the shape of that kind with those keys; its others have their defaults.
func shaped(t require.TestingT, kind string, set option.Values) Shape {
	k, found := FindShape(kind)
	require.True(t, found)
	s, err := k.New(set)
	require.NoError(t, err)
	return s
}

// curveOf is its curve over a run of that length.
func curveOf(t require.TestingT, length time.Duration, kind string, set option.Values) *Curve {
	c, err := shaped(t, kind, set).Over(length, rand.NewPCG(1, 1))
	require.NoError(t, err)
	return c
}

// By hand, in seconds: when so many seconds' worth of the mean rate has arrived.
func TestShapesByHand(t *testing.T) {
	swing := 60 * 0.5 / math.Pi // of a wave of amplitude 0.5 and a minute, above the mean after half a period
	for _, row := range []struct {
		says   string
		kind   string
		set    option.Values
		length time.Duration
		masses map[float64]float64 // by instant
		mean   float64
		peak   float64
	}{
		{"a ramp from nothing is a parabola", "ramp", option.Values{"from": 0.0}, 100 * time.Second,
			map[float64]float64{0: 0, 50: 25, 10: 1, 100: 100}, 1, 2},
		{"to nothing", "ramp", option.Values{"to": 0.0}, 100 * time.Second, map[float64]float64{50: 75, 90: 99, 100: 100}, 1, 2},
		{"its defaults", "ramp", nil, 100 * time.Second, map[float64]float64{50: 37.5, 100: 100}, 1, 1.5},
		{"level, it is none", "ramp", option.Values{"from": 1.0}, 100 * time.Second, map[float64]float64{25: 25}, 1, 1},
		{"twice the mean for 5 of 125 s leave 115 for 120", "spike", nil, 125 * time.Second,
			map[float64]float64{10: 10 * 115 / 120., 12: 10*115/120. + 4, 15: 10*115/120. + 10, 125: 125}, 1, 2},
		{"from the start", "spike", option.Values{"at": time.Duration(0)}, 125 * time.Second, map[float64]float64{5: 10, 125: 125}, 1, 2},
		{"over the end: what is left of it", "spike", option.Values{"at": 20 * time.Second, "factor": 3.0}, 24 * time.Second,
			map[float64]float64{20: 12, 22: 18, 24: 24}, 1, 3},
		{"beyond the end: none", "spike", option.Values{"at": 24 * time.Second}, 24 * time.Second, map[float64]float64{12: 12, 24: 24}, 1, 1},
		{"all of it", "spike", option.Values{"factor": 25.0}, 125 * time.Second, map[float64]float64{11: 25, 14: 100, 14.5: 112.5}, 1, 25},
		{"a gap", "spike", option.Values{"factor": 0.0}, 125 * time.Second, map[float64]float64{5: 5 * 125 / 120., 12: 10 * 125 / 120., 15: 10 * 125 / 120.}, 1, 125 / 120.},
		{"a day of a minute", "diurnal", nil, 120 * time.Second,
			map[float64]float64{15: 15 + swing/2, 30: 30 + swing, 60: 60, 75: 75 + swing/2, 120: 120}, 1, 1.5},
		{"half a day has more than the mean", "diurnal", nil, 30 * time.Second, map[float64]float64{15: 15 + swing/2}, 1 + swing/30, 1.5 / (1 + swing/30)},
		{"without an amplitude it is none", "diurnal", option.Values{"amplitude": 0.0}, 100 * time.Second, map[float64]float64{33: 33}, 1, 1},
		{"down to nothing", "diurnal", option.Values{"amplitude": 1.0}, 60 * time.Second, map[float64]float64{30: 30 + 2*swing, 45: 45 + swing, 60: 60}, 1, 2},
	} {
		c := curveOf(t, row.length, row.kind, row.set)
		assert.InDelta(t, row.mean, c.Mean(), 1e-12, row.says)
		assert.InDelta(t, row.peak, c.Peak(), 1e-12, row.says)
		for at, mass := range row.masses {
			assert.InDelta(t, mass, c.shape.mass(at*1e9)/1e9, 1e-9, "%s, %v", row.says, at)
			if row.says != "a gap" || at < 10 { // all of it is right
				near := 1e-9
				if row.says == "down to nothing" && at == 45 {
					near = 1e-4 // there the rate is nothing, and the cube of this distance is what a float64 can tell apart
				}
				assert.InDelta(t, at, c.shape.when(mass*1e9)/1e9, near, "%s, %v", row.says, at)
			}
		}
	}
}

// drawShape draws any shape that a run of that length can have, from nanoseconds to the longest lengths.
func drawShape(t *rapid.T, length time.Duration) Shape {
	some := func(what string, most time.Duration) time.Duration {
		return time.Duration(math.Exp(rapid.Float64Range(0, math.Log(float64(most))).Draw(t, what)))
	}
	switch kind := rapid.SampledFrom([]string{"ramp", "spike", "diurnal", "bursty"}).Draw(t, "kind"); kind {
	case "ramp":
		return shaped(t, kind, option.Values{"from": rapid.Float64Range(0, 2).Draw(t, "from")})
	case "spike":
		lasts := min(some("for", option.MaxLength), length-1)
		return shaped(t, kind, option.Values{
			"at": some("at", option.MaxLength), "for": lasts,
			"factor": rapid.Float64Range(0, min(1000, float64(length)/float64(lasts))).Draw(t, "factor"),
		})
	case "diurnal":
		return shaped(t, kind, option.Values{
			"amplitude": rapid.Float64Range(0, 1).Draw(t, "amplitude"), "period": some("period", option.MaxLength),
		})
	default:
		on, off := some("on", option.MaxLength), some("off", option.MaxLength)
		on += length / 500 // or there would be too many of them
		most := min(1000, (float64(on)+float64(off))/float64(on)*(1-1e-12))
		return shaped(t, kind, option.Values{"on": on, "off": off, "factor": rapid.Float64Range(0.001, most).Draw(t, "factor")})
	}
}

// The inverse is exact: a nanosecond before it less has arrived, and a nanosecond after it more, to what a float64 has.
func TestTheInverseIsExactToTheNanosecond(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		length := time.Duration(rapid.SampledFrom([]int64{2, 1000, 1e6, 1e9, 125e9, 3600e9, 3600e12}).Draw(t, "length"))
		shape := drawShape(t, length)
		c, err := shape.Over(length, rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		require.NoError(t, err)
		before := 0.0
		for i := range 50 {
			mass := rapid.Float64Range(float64(i)/50, float64(i+1)/50).Draw(t, "share") * c.shape.mass(c.length)
			at := c.shape.when(mass)
			near := 1 + 4*(math.Nextafter(at, math.Inf(1))-at)
			rounding := 8 * (math.Nextafter(c.length, math.Inf(1)) - c.length) * max(1, c.shape.peak())
			require.LessOrEqual(t, c.shape.mass(max(0, at-near)), mass+rounding, "%v", shape)
			require.GreaterOrEqual(t, c.shape.mass(min(c.length, at+near)), mass-rounding, "%v", shape)
			require.GreaterOrEqual(t, at, before-near, "%v: in order", shape)
			before = at
		}
		require.InDelta(t, 0, c.when(0), float64(length), "%v", shape)
		require.LessOrEqual(t, c.when(c.length), c.length, "%v: nothing is after the end", shape)
	})
}

// The points are spread as the rate is. The bound is that of TestPoissonArrivalsAreUniform; what is expected is worked out here by other
// means than there: a sum of small steps of the rate.
func TestShapedArrivalsFollowTheRate(t *testing.T) {
	const n, length = 50_000, 100.0
	bursts := curveOf(t, 100*time.Second, "bursty", nil).shape.(*steps)
	for kind, rate := range map[string]func(s float64) float64{
		"ramp":    func(s float64) float64 { return 0.5 + s/length },
		"spike":   func(s float64) float64 { return map[bool]float64{true: 2, false: 90. / 95}[10 <= s && s < 15] },
		"diurnal": func(s float64) float64 { return 1 + 0.5*math.Sin(2*math.Pi*s/60) },
		"bursty": func(s float64) float64 {
			phase, _ := slices.BinarySearch(bursts.ends, s*1e9)
			return []float64{3, 0}[phase%2]
		},
	} {
		const parts = 1_000_000
		share, sum := make([]float64, parts+1), 0.0
		for i := range parts {
			sum += rate((float64(i) + 0.5) / parts * length)
			share[i+1] = sum
		}
		at := all(&ShapedArrivals{
			PoissonArrivals: PoissonArrivals{Left: n, End: 100 * time.Second, Rand: rand.New(rand.NewPCG(5, 1))},
			Curve:           curveOf(t, 100*time.Second, kind, nil),
		})
		require.Len(t, at, n, kind)
		require.True(t, slices.IsSorted(at), kind)
		farthest := 0.0
		for i, instant := range at {
			require.True(t, 0 <= instant && instant <= 100*time.Second, kind)
			x := share[int(instant.Seconds()/length*parts)] / sum
			farthest = max(farthest, float64(i+1)/n-x, x-float64(i)/n)
		}
		assert.Less(t, farthest, math.Sqrt(math.Log(2e6)/(2*n))+1e-4, kind) // a part is a hundred thousandth in a burst
	}
}

// Bursts and pauses are exponential with their means: over 20,000 of them the standard error of a mean is its √20,000th part. They take their
// share of the time, and what is left between them keeps the mean rate, of which the first burst adds less than one in 20,000.
func TestBurstsHaveTheirMeans(t *testing.T) {
	const n = 20_000
	set := option.Values{"factor": 2.0, "on": time.Millisecond, "off": 4 * time.Millisecond}
	c := curveOf(t, n*5*time.Millisecond, "bursty", set)
	s := c.shape.(*steps)
	require.InEpsilon(t, 2*n, len(s.ends), 0.03)
	var sums [2]float64
	for i, end := range s.ends {
		start, mass := s.at(i - 1)
		sums[i%2] += end - start
		assert.InEpsilon(t, []float64{2, 0.75}[i%2], (s.masses[i]-mass)/(end-start), 1e-3)
	}
	assert.InEpsilon(t, 1e6, sums[0]/float64(len(s.ends)/2), 4/math.Sqrt(n))
	assert.InEpsilon(t, 4e6, sums[1]/float64(len(s.ends)/2), 4/math.Sqrt(n))
	// The variance of the share is 2p²(1−p)²(on+off)/T·… below 2p(1−p)/n, and the rates are 1.25 apart.
	assert.InDelta(t, 1, c.Mean(), 4*1.25*math.Sqrt(2*0.2*0.8/n))
	assert.Equal(t, 2/c.Mean(), c.Peak())
}

// The curve depends on its source of randomness only where something is drawn.
func TestTheSameSourceGivesTheSameCurve(t *testing.T) {
	for _, kind := range ShapeKinds() {
		with := func(seed uint64) *Curve {
			c, err := shaped(t, kind.Name, nil).Over(time.Minute, rand.NewPCG(seed, 1))
			require.NoError(t, err)
			return c
		}
		assert.Equal(t, with(1), with(1), kind.Name)
		if kind.Name == "bursty" {
			assert.NotEqual(t, with(1), with(2))
		} else {
			assert.Equal(t, with(1), with(2), kind.Name)
		}
	}
}

// A power of two times as long, every arrival is so many times later.
func TestAShapeScales(t *testing.T) {
	for _, kind := range ShapeKinds() {
		arrivals := func(factor time.Duration) []time.Duration {
			c, err := shaped(t, kind.Name, nil).Times(float64(factor)).Over(factor*time.Minute, rand.NewPCG(1, 1))
			require.NoError(t, err)
			return all(&ShapedArrivals{PoissonArrivals: PoissonArrivals{Left: 100, End: factor * time.Minute, Rand: rand.New(rand.NewPCG(2, 2))}, Curve: c})
		}
		once, often := arrivals(1), arrivals(1024)
		for i := range once {
			assert.InDelta(t, float64(once[i]), float64(often[i])/1024, 1, kind.Name)
		}
	}
}

// What the table says of a shape can be written, and its example is its defaults.
func TestTheTableOfShapes(t *testing.T) {
	for _, kind := range ShapeKinds() {
		assert.Equal(t, kind.Example, shaped(t, kind.Name, nil).String())
		assert.NotEmpty(t, kind.Does)
	}
	assert.Equal(t, "ramp:from=0.2,to=1.8", shaped(t, "ramp", option.Values{"from": 0.2}).String())
	assert.Equal(t, "ramp:from=1.75,to=0.25", shaped(t, "ramp", option.Values{"to": 0.25}).String())
}
