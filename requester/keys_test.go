package requester

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestKeysHaveTheirShares draws 200,000 keys. A key of probability p is drawn so often with a standard deviation
// of √(p(1−p)/n), of which four are allowed.
func TestKeysHaveTheirShares(t *testing.T) {
	const n, draws = 20, 200_000
	for _, row := range []struct {
		says string
		keys *Keys
		s    float64 // of the law that they follow; 0 is uniform
	}{
		{"uniform", UniformKeys(n), 0},
		{"flatter than Zipf's law, where math/rand has none", ZipfKeys(0.5, n), 0.5},
		{"Zipf's law", ZipfKeys(1, n), 1},
		{"steeper", ZipfKeys(2.5, n), 2.5},
	} {
		sum := 0.0
		for k := range n {
			sum += math.Pow(float64(k+1), -row.s)
		}
		draw, counts := row.keys.Sampler(rand.New(rand.NewPCG(1, 1))), [n]int{}
		for range draws {
			counts[draw()]++ // a key out of range would panic
		}
		for k, count := range counts {
			p := math.Pow(float64(k+1), -row.s) / sum
			assert.InDelta(t, p, float64(count)/draws, 4*math.Sqrt(p*(1-p)/draws), "%s: key %d", row.says, k)
		}
	}
}

func TestAWellDefinedKeyEvenAtTheLimits(t *testing.T) {
	for says, keys := range map[string]*Keys{
		"one key": ZipfKeys(1, 1), "one of one": UniformKeys(1), "so steep that there is but one": ZipfKeys(1000, 1000),
	} {
		draw := keys.Sampler(rand.New(rand.NewPCG(1, 1)))
		for range 1000 {
			assert.Zero(t, draw(), says)
		}
	}
}

func TestDrawingAKeyAllocatesNothing(t *testing.T) {
	draw := ZipfKeys(1.1, 1000).Sampler(rand.New(rand.NewPCG(1, 1)))
	assert.Zero(t, testing.AllocsPerRun(1000, func() { draw() }))
}
