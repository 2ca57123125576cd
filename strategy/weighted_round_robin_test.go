package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWeightedRoundRobinIsSmooth(t *testing.T) {
	const a, b, c = 0, 1, 2
	rows := []struct {
		says    string
		weights []float64
		want    []int
	}{
		{"nginx's example, twice round", []float64{5, 1, 1}, []int{a, a, b, a, c, a, a, a, a, b, a, c, a, a}},
		{"equal weights are round-robin", []float64{1, 1, 1}, []int{a, b, c, a, b, c}},
		{"only the proportion counts", []float64{1.25, 0.25, 0.25}, []int{a, a, b, a, c, a, a}},
		{"the heaviest begins", []float64{1, 2}, []int{b, a, b, b, a, b}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCaller(t, "weighted-round-robin", 1)
			joinWeighing(d, row.weights...)
			assert.Equal(t, row.want, d.picks(len(row.want)))
		})
	}
}

// Only the eligible take part: who is not earns nothing, and has what it had when it is back.
func TestWeightedRoundRobinIsAmongTheEligible(t *testing.T) {
	d := newCaller(t, "weighted-round-robin", 1)
	joinWeighing(d, 5, 1, 1)
	d.barred = []int{0}
	assert.Equal(t, []int{1, 2, 1, 2}, d.picks(4))
	d.barred = nil
	assert.Equal(t, []int{0, 0, 1, 0, 2, 0, 0}, d.picks(7), "it does not catch up")
	d.barred = []int{0, 1, 2}
	assert.Equal(t, []int{-1, -1}, d.picks(2), "nobody pays when nobody is picked")
	d.barred = nil
	assert.Equal(t, []int{0, 0, 1, 0, 2, 0, 0}, d.picks(7))
}
