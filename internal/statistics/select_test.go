package statistics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/statistics"
)

func begin(t *testing.T, strategies int, share, alpha float64) *statistics.Selection {
	t.Helper()
	s, err := statistics.NewSelection(strategies, share, alpha)
	require.NoError(t, err)
	return s
}

// The first is always 100, so δ = 1 % of it is 1. The second is 2 below it and 4 above it in turn: the differences have mean 1 and, over
// ten, S² = 10·3²/9 = 10. With two strategies h² = 9·(0.1^(−2/9) − 1) = 6.012904, so h²S²/δ² = 60.129 and the race ends by 61. After an
// even r the second is 1 behind, and W(r) = (60.129 − r)/2r is 2.506 at 10, 1.003 at 20, and 0.867 at 22: there it goes. After an odd r it is
// 1 − 3/r behind: 0.857 at 21, where W is 0.932.
func TestARaceOfTwoByHand(t *testing.T) {
	s := begin(t, 2, 0.01, 0.05)
	for r := 1; r <= 30; r++ {
		require.NoError(t, s.Add([]float64{100, 100 + []float64{4, -2}[r%2]}))
		winner, over := s.Winner()
		assert.Equal(t, r >= 22, over, "%d", r)
		assert.Equal(t, 0, winner)
		assert.Equal(t, min(r, 22), s.Replications())
		zone, known := s.Zone()
		assert.Equal(t, r >= 10, known)
		if most, ok := s.AtMost(); r < 10 {
			assert.False(t, ok)
		} else if assert.InDelta(t, 1, zone, 1e-12); r < 22 {
			assert.Equal(t, []int{0, 1}, s.Racing())
			assert.Equal(t, 61, most)
		} else {
			assert.Equal(t, []int{0}, s.Racing())
			assert.Equal(t, 22, most)
		}
	}
}

// The same race: after an even r the second is 1 behind, and goes from r > 60.129/(1 + 2) on, if that stays so; after 11 it is 1 − 3/11 behind,
// which would be enough from 60.129/(1 + 16/11) = 24.50 on. The standard deviation of the ten differences is √10.
func TestWhenARaceWouldBeOver(t *testing.T) {
	s := begin(t, 2, 0.01, 0.05)
	for r := 1; r <= 11; r++ {
		_, _, known := s.Estimate()
		assert.Equal(t, r == 11, known, "not before the tenth")
		require.NoError(t, s.Add([]float64{100, 100 + []float64{4, -2}[r%2]}))
		if runs, spread, known := s.Estimate(); known {
			assert.Equal(t, map[int]int{10: 21, 11: 25}[r], runs)
			assert.InDelta(t, math.Sqrt(10), spread, 1e-12)
		}
	}
}

// With h² = 9·((0.1/(k−1))^(−2/9) − 1) of 8.513 for three and 11.430 for five strategies, and S² = 10, δ = 1 the race ends by 86 and 115.
func TestMoreStrategiesNeedMoreReplications(t *testing.T) {
	for k, most := range map[int]int{2: 61, 3: 86, 5: 115} {
		s := begin(t, k, 0.01, 0.05)
		for r := range 10 {
			values := []float64{100, 100, 100, 100, 100}[:k]
			values[k-1] += []float64{-3, 3}[r%2]
			require.NoError(t, s.Add(values))
		}
		got, ok := s.AtMost()
		assert.True(t, ok)
		assert.Equal(t, most, got, "%d strategies", k)
	}
}

// The third is far behind and goes at once. The first two are equal in each replication: nothing can tell them apart, and the first wins
// as soon as no other is left. Of four, two are equal, and the last differs from them: S² = 10, h² = 9·((0.1/3)^(−2/9) − 1) = 10.164, so
// that after 11 replications it may be W = (101.64 − 11)/22 = 4.12 behind, and is 100/11.
func TestEqualsEndTheRace(t *testing.T) {
	s := begin(t, 3, 0.01, 0.05)
	for r := range 10 {
		assert.Equal(t, []int{0, 1, 2}, s.Racing())
		require.NoError(t, s.Add([]float64{100 + float64(r), 100 + float64(r), 200 + float64(r%2)}))
	}
	winner, over := s.Winner()
	assert.True(t, over)
	assert.Equal(t, 0, winner)

	s = begin(t, 4, 0.01, 0.05)
	for r := range 10 {
		swing := []float64{-3, 3}[r%2]
		require.NoError(t, s.Add([]float64{200, 100, 100, 100 + swing}))
	}
	assert.Equal(t, []int{1, 2, 3}, s.Racing())
	require.NoError(t, s.Add([]float64{math.NaN(), 100, 100, 200}), "who is out is not read")
	assert.Equal(t, []int{1}, s.Racing())
}

func TestNegatedFiguresRaceToo(t *testing.T) {
	s := begin(t, 2, 0.01, 0.05)
	for r := range 10 {
		require.NoError(t, s.Add([]float64{-90 + float64(r%2), -100}))
	}
	winner, over := s.Winner()
	assert.True(t, over)
	assert.Equal(t, 1, winner, "the larger throughput")
	zone, _ := s.Zone()
	assert.InDelta(t, 1, zone, 1e-12)
}

func TestWhatASelectionRefuses(t *testing.T) {
	for _, row := range []struct {
		strategies   int
		share, alpha float64
	}{{0, 0.01, 0.05}, {2, 0, 0.05}, {2, -1, 0.05}, {2, math.NaN(), 0.05}, {2, math.Inf(1), 0.05}, {2, 0.01, 0}, {2, 0.01, 0.5}, {3, 0.01, 0.7}, {3, 0.01, math.NaN()}} {
		_, err := statistics.NewSelection(row.strategies, row.share, row.alpha)
		assert.Error(t, err, "%+v", row)
	}
	s := begin(t, 2, 0.01, 0.05)
	assert.ErrorContains(t, s.Add([]float64{1, math.NaN()}), "replication 1 of strategy 1 is NaN")
	assert.Panics(t, func() { _ = s.Add([]float64{1}) })
	for range 9 {
		require.NoError(t, s.Add([]float64{0, 1}))
	}
	assert.ErrorContains(t, s.Add([]float64{0, 1}), "no share is an indifference zone")
	assert.Equal(t, 9, s.Replications(), "nothing is taken with an error")
	alone := begin(t, 1, 0.01, 0.05)
	winner, over := alone.Winner()
	assert.True(t, over && winner == 0, "one strategy has won")
}

// The last of k normal strategies is better than the others by the share that makes the zone, which is the hardest case (Kim and Nelson
// 2001): it is selected in at least 95 %, less four standard errors. The strategies have a correlation of 0.5 within a replication.
func TestTheBestIsSelected(t *testing.T) {
	const races = 2000
	for _, k := range []int{2, 5, 10} {
		random := rand.New(rand.NewPCG(7, uint64(k)))
		right, replications := 0, 0
		for range races {
			s := begin(t, k, 0.01, 0.05)
			for len(s.Racing()) > 1 {
				require.NoError(t, s.Add(slippage(random, k)))
			}
			if winner, _ := s.Winner(); winner == k-1 {
				right++
			}
			replications += s.Replications()
		}
		se := math.Sqrt(0.05 * 0.95 / races)
		t.Logf("%d strategies: the best is selected in %.4f, standard error %.4f, after %.1f replications", k, float64(right)/races, se, float64(replications)/races)
		assert.GreaterOrEqual(t, float64(right)/races, 0.95-4*se)
		assert.Less(t, float64(right)/races, 1.0, "a race that is never lost costs too much, or is no race")
	}
}

// slippage draws a replication: mean 101 for all but the last, and 100 for that, each with variance 4.
func slippage(random *rand.Rand, k int) []float64 {
	common := random.NormFloat64()
	values := make([]float64, k)
	for i := range values {
		values[i] = 101 + math.Sqrt2*(common+random.NormFloat64())
	}
	values[k-1]--
	return values
}
