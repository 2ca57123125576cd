package theory

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// One that is drawn is M/M/1, of which the quantile is known; and the chain of the shortest of all and of one worker agrees.
func TestQuantilesOfOneChoiceAreThoseOfMM1(t *testing.T) {
	for _, load := range []float64{0.1, 0.5, 0.9} {
		for _, p := range []float64{0, 0.5, 0.99} {
			assert.InDelta(t, MM1Quantile(p, load, 10), ChoicesQuantiles(3, 1, load, 10, p)[0], 1e-6)
			assert.InDelta(t, MM1Quantile(p, load, 10), ChoicesQuantiles(1, 1, load, 10, p)[0], 1e-6)
		}
	}
}

// The mean is the area above the quantiles, and has a formula of its own.
func TestQuantilesOfChoicesHaveTheMean(t *testing.T) {
	const steps = 300
	mean := func(quantile func(p float64) float64) (sum float64) {
		for i := range steps {
			sum += quantile((float64(i)+0.5)/steps) / steps
		}
		return sum
	}
	assert.InEpsilon(t, ChoicesLimit(2, 0.9, 10), mean(func(p float64) float64 { return ChoicesLimitQuantile(p, 2, 0.9, 10) }), 0.01)
	assert.InEpsilon(t, ChoicesLimit(3, 0.5, 1), mean(func(p float64) float64 { return ChoicesLimitQuantile(p, 3, 0.5, 1) }), 0.01)

	c := settled(2, 2, 0.8)
	found := c.found()
	assert.InDelta(t, 1, found[0], 1e-9)
	before := 0.0
	for _, more := range found {
		before += more // the mean number that a request finds, and itself
	}
	assert.InEpsilon(t, Choices(2, 2, 0.8, 1), before, 1e-6)
	assert.InEpsilon(t, Choices(2, 2, 0.8, 1), mean(func(p float64) float64 { return stay(p, found) }), 0.01)
}

// More choices and more servers to choose from make the tail shorter.
func TestQuantilesOfChoicesAreInOrder(t *testing.T) {
	two, three := ChoicesQuantiles(2, 2, 0.8, 1, 0.99), ChoicesQuantiles(3, 2, 0.8, 1, 0.99)
	require.Len(t, two, 1)
	limit := ChoicesLimitQuantile(0.99, 2, 0.8, 1)
	assert.Less(t, MMcQuantile(0.99, 2, 0.8, 1), two[0], "no worker idles beside a queue")
	assert.Less(t, two[0], MM1Quantile(0.99, 0.8, 1))
	assert.Less(t, limit, three[0])
	assert.Less(t, ChoicesLimitQuantile(0.99, 3, 0.8, 1), limit)
}

func TestQuantilesOfChoicesAreOutside(t *testing.T) {
	assert.True(t, math.IsNaN(ChoicesLimitQuantile(0.5, 1, 0.5, 1)))
	assert.True(t, math.IsNaN(ChoicesLimitQuantile(1, 2, 0.5, 1)))
	assert.True(t, math.IsNaN(ChoicesLimitQuantile(0.5, 2, 1, 1)))
	assert.Nil(t, ChoicesQuantiles(2, 3, 0.5, 1, 0.5))
	assert.Nil(t, ChoicesQuantiles(2, 2, 1, 1, 0.5))
	assert.Nil(t, ChoicesQuantiles(2, 2, 0.5, 1, 1))
	assert.Nil(t, ChoicesQuantiles(50, 2, 0.5, 1, 0.5), "too many states")
}
