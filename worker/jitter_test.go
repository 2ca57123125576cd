package worker

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"waza/requester"
)

func attempt(id, attempt int) *requester.Request { return &requester.Request{ID: id, Attempt: attempt} }

// Noise must change how services spread and not how long they are on the whole. The standard error of the mean of n
// draws is cv/√n, that of their standard deviation cv·√((κ−1)/4n), with κ = w⁴ + 2w³ + 3w² − 3 the kurtosis of a
// lognormal, w = 1 + cv²: for cv = 0.5 it is 8.04, and the error 1.33·cv/√n.
func TestJitterHasMeanOneAndItsCV(t *testing.T) {
	const n, cv = 100_000, 0.5
	j, x := Jitter{Seed: 1, CV: cv}, make([]float64, n)
	for id := range x {
		x[id] = j.factor(attempt(id, 1), id%10)
		require.Positive(t, x[id])
	}
	mean, sd := stat.MeanStdDev(x, nil)
	assert.InDelta(t, 1, mean, 4*cv/math.Sqrt(n))
	assert.InDelta(t, cv, sd, 4*1.33*cv/math.Sqrt(n))
}

func TestJitterIsAFunctionOfWhatItIsAbout(t *testing.T) {
	j := Jitter{Seed: 1, CV: 0.5}
	same := j.factor(attempt(5, 2), 3)
	for range 3 {
		j.factor(attempt(6, 1), 0) // others in between
		assert.Equal(t, same, j.factor(attempt(5, 2), 3), "equal whenever it is asked")
	}
	assert.NotEqual(t, same, j.factor(attempt(6, 2), 3), "another request")
	assert.NotEqual(t, same, j.factor(attempt(5, 1), 3), "another attempt")
	assert.NotEqual(t, same, j.factor(attempt(5, 2), 2), "another worker")
	assert.NotEqual(t, same, Jitter{Seed: 2, CV: 0.5}.factor(attempt(5, 2), 3), "another run")
	assert.Equal(t, 1.0, Jitter{Seed: 1}.factor(attempt(5, 2), 3), "none at all")
}
