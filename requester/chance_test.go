package requester

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// equallyLikely is Pearson's chi-square test. Under equal chances its statistic follows a chi-square distribution with
// one degree of freedom less than there are cells. What is not allowed here, as uneven or as even as that, comes out
// twice in a million times.
func equallyLikely(t *testing.T, counts []float64) {
	t.Helper()
	all := 0.0
	for _, n := range counts {
		all += n
	}
	expected := make([]float64, len(counts))
	for i := range expected {
		expected[i] = all / float64(len(counts))
	}
	chance := distuv.ChiSquared{K: float64(len(counts) - 1)}.Survival(stat.ChiSquare(counts, expected))
	assert.Greater(t, chance, 1e-6, "too uneven: %v", counts)
	assert.Less(t, chance, 1-1e-6, "too even: %v", counts)
}

func TestChanceIsUniform(t *testing.T) {
	rows := []struct {
		says string
		draw func(i uint64) float64
	}{
		{"over the ids of requests", func(i uint64) float64 { return Chance(1, 'x', i) }},
		{"over seeds", func(i uint64) float64 { return Chance(i, 'x', 1) }},
		{"over attempts of few requests", func(i uint64) float64 { return Chance(1, 'x', i%1000, i/1000) }},
		{"over ids that are multiples of a power of two", func(i uint64) float64 { return Chance(1, 'x', i<<40) }},
	}
	for _, row := range rows {
		counts := make([]float64, 100)
		for i := range uint64(100_000) {
			counts[int(row.draw(i)*100)]++
		}
		t.Run(row.says, func(t *testing.T) { equallyLikely(t, counts) })
	}
}

// Draws of neighbours have nothing to do with each other: the correlation of n independent pairs has standard error 1/√n.
func TestChancesOfNeighboursAreIndependent(t *testing.T) {
	const n = 100_000
	for name, next := range map[string]func(i uint64) float64{
		"the next request":    func(i uint64) float64 { return Chance(1, 'x', i+1, 1) },
		"the next attempt":    func(i uint64) float64 { return Chance(1, 'x', i, 2) },
		"the next seed":       func(i uint64) float64 { return Chance(2, 'x', i, 1) },
		"another purpose":     func(i uint64) float64 { return Chance(1, 'y', i, 1) },
		"the numbers swapped": func(i uint64) float64 { return Chance(1, 'x', 1, i) },
		"one number less":     func(i uint64) float64 { return Chance(1, 'x', i) },
	} {
		this, that := make([]float64, n), make([]float64, n)
		for i := range this {
			this[i], that[i] = Chance(1, 'x', uint64(i)+10, 1), next(uint64(i)+10)
		}
		assert.InDelta(t, 0, stat.Correlation(this, that, nil), 4/math.Sqrt(n), name)
	}
}

// A draw is a function of what it is about: asking for others in between, or first, changes nothing.
func TestChanceDoesNotDependOnTheOrderOfDraws(t *testing.T) {
	forwards := make([]float64, 1000)
	for i := range forwards {
		forwards[i] = Chance(3, 'x', uint64(i))
	}
	for i := len(forwards) - 1; i >= 0; i-- {
		require.Equal(t, forwards[i], Chance(3, 'x', uint64(i)))
	}
}

// The mixer is a bijection, so one can compute which number hashes to all ones or all zeros: the two ends.
func TestChanceIsNeverQuiteNothingOrOne(t *testing.T) {
	const toAllOnes, toZero = 0x1e8d824fcb95953d, 0x61c8864680b583eb
	assert.Less(t, Chance(toAllOnes), 1.0)
	assert.Greater(t, Chance(toAllOnes), 0.999999999999999)
	assert.Greater(t, Chance(toZero), 0.0)
	assert.Less(t, Chance(toZero), 1e-15)
}
