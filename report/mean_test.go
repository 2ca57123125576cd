package report

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func some(v float64) *float64 { return &v }

// three are runs whose p99 is 7299, 7280 and 7285; one has no p999, and the second one worker row of another id.
func three() []Result {
	runs := make([]Result, 3)
	for i, p99 := range []float64{7299, 7280, 7285} {
		d := NewDistribution(1)
		d.Add(int64(p99))
		runs[i] = Result{
			Strategy: "random", Seed: uint64(i) + 5, Replications: 1, Saturated: i > 0, Latency: d,
			LatencySeconds: Spread{P99: some(p99), Max: some(p99 + 1), P999: some(8000)},
			Workers:        []WorkerRow{{ID: 0, Speed: 0.1}, {ID: 1, Speed: 0.1, MaxPending: new(Count)}},
			Series:         []SeriesRow{{AtSeconds: 0, InSystem: float64(i)}, {AtSeconds: 1 + float64(i/2)}},
			Curves:         []LatencyCurve{{0.5, Stretches{{0, 1, float64(i)}, {1, 2, 5}}}},
			Faults:         []FaultRow{{Kind: "crash", StartSeconds: float64(i)}},
		}
	}
	runs[1].LatencySeconds.P999 = nil
	runs[2].Curves[0].Stretches = Stretches{{0, 1.4, 8}}
	return runs
}

func TestMean(t *testing.T) {
	m := Mean(three())
	assert.Equal(t, 3, m.Replications)
	assert.Equal(t, uint64(5), m.Seed, "of the first")
	assert.Equal(t, "random", m.Strategy)
	assert.Equal(t, 7288., *m.LatencySeconds.P99)
	assert.Equal(t, 7300., *m.LatencySeconds.Max, "the largest")
	assert.Nil(t, m.LatencySeconds.P999, "one of them does not have it")
	assert.True(t, m.Saturated, "two of three are")
	assert.Equal(t, []float64{0.1, 0.1}, []float64{m.Workers[0].Speed, m.Workers[1].Speed}, "not 0.10000000000000002")
	require.Len(t, m.Series, 1, "the second row begins at another instant")
	assert.Equal(t, 1., m.Series[0].InSystem)
	assert.Equal(t, Stretches{{0, 1, 3}}, m.Curves[0].Stretches, "0, 1 and 8; after that one knows nothing")
	assert.Empty(t, m.Faults, "no episode is in all of them")
	assert.EqualValues(t, 3, m.Latency.Count())
	assert.Equal(t, three()[0], Mean(three()[:1]), "one run is what it is")
}

// Three seeds in which every request succeeds do not say that the next one is like them.
func TestEqualValuesShowNoInterval(t *testing.T) {
	runs := three()
	for i := range runs {
		runs[i].SuccessShare, runs[i].LatencySeconds.P50 = some(1), some(5)
	}
	m := Mean(runs)
	assert.Equal(t, 1., *m.SuccessShare)
	assert.Nil(t, m.CI95.SuccessShare)
	assert.Nil(t, m.LatencyCI95.P50)
	assert.NotNil(t, m.LatencyCI95.P99)

	d := Compare(three(), three())
	assert.Nil(t, d.P99.CI95)
	assert.Nil(t, d.P99.RatioCI95)
	assert.Equal(t, 0., *d.P99.Seconds)
	assert.Equal(t, "not distinguishable", d.P99.Verdict, "equal is not distinguishable")
}

// TestHowSureAFigureIs: the mean of 7299, 7280 and 7285 is 7288, their standard deviation 9.849, and t(0.975, 2) is 4.30265.
func TestHowSureAFigureIs(t *testing.T) {
	m := Mean(three())
	assert.InDeltaSlice(t, []float64{7288 - 24.466, 7288 + 24.466}, m.LatencyCI95.P99[:], 0.001)
	assert.Nil(t, m.LatencyCI95.P999)
	assert.Nil(t, m.CI95.Throughput)
}

func TestComparedSeedBySeed(t *testing.T) {
	slower := three()
	for i := range slower {
		slower[i].Strategy = "other"
		slower[i].LatencySeconds.P99 = some(*slower[i].LatencySeconds.P99 + 10)
	}
	d := Compare(slower, three())
	assert.Equal(t, "random", d.Baseline)
	assert.Equal(t, 10., *d.P99.Seconds)
	assert.Nil(t, d.P99.CI95, "paired, they differ by 10 each time, which shows no spread")
	assert.Equal(t, "worse", d.P99.Verdict)
	assert.InDelta(t, 7298./7288, *d.P99.Ratio, 1e-12)
	assert.Empty(t, d.Mean.Verdict)
	assert.Nil(t, Compare(slower[:1], three()), "one pair proves nothing")
}
