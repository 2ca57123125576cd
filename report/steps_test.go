package report

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A step is where Percentile is: the same value for every share up to it.
func TestStepsAgreeWithPercentiles(t *testing.T) {
	d := NewDistribution(1000)
	for _, v := range []int64{70, 10, 1_000_003, 20, 20} {
		d.Add(v)
	}
	var values []float64
	var upTo []int64
	for v, n := range d.Steps() {
		values, upTo = append(values, v), append(upTo, n)
		assert.Equal(t, v, *d.Percentile(float64(n) / 5), "the %d. of 5", n)
	}
	assert.Equal(t, []float64{0.01, 0.02, 0.07, 1000.003}, values)
	assert.Equal(t, []int64{1, 3, 4, 5}, upTo)
}
