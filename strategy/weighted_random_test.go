package strategy

import "testing"

// Shares are in the proportion of the weights of those that are eligible.
func TestWeightedRandomGoesByWeight(t *testing.T) {
	rows := []struct {
		says    string
		weights []float64
		barred  []int
		want    []float64
	}{
		{"equal weights are random", []float64{2, 2, 2, 2}, nil, []float64{1, 1, 1, 1}},
		{"a heavy one and light ones", []float64{8, 1, 1, 0.25}, nil, []float64{8, 1, 1, 0.25}},
		{"of who is barred the others inherit", []float64{8, 1, 2}, []int{0}, []float64{1, 2}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCaller(t, "weighted-random", 1)
			joinWeighing(d, row.weights...)
			d.barred = row.barred
			got := make([]float64, len(row.weights))
			for range 20_000 {
				got[d.pick().ID]++
			}
			asLikelyAs(t, row.want, got[len(row.barred):]) // that no barred one is picked is tested for every strategy
		})
	}
}
