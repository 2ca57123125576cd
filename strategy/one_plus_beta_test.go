package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
)

// With all loads different, power-of-two gives the worker with the i-th least a share of 2(n−1−i) / (n(n−1)), and
// random gives 1/n. Of n times that, β parts are of the former: 2β(n−1−i)/(n−1) + 1 − β.
func TestOnePlusBetaIsBetweenTwoChoicesAndOne(t *testing.T) {
	rows := []struct {
		says    string
		beta    float64
		weights []float64
	}{
		{"β = 0 is random: loads make no difference", 0, []float64{1, 1, 1, 1, 1}},
		{"β = 1/2 of two workers gives the busier 25 %", 0.5, []float64{3, 1}},
		{"β = 1/2 of five", 0.5, []float64{1.5, 1.25, 1, 0.75, 0.5}},
		{"a small β is a gentle preference", 0.1, []float64{1.1, 0.9}},
		{"β = 1 is power-of-two: the busiest gets nothing", 1, []float64{2, 1.5, 1, 0.5, 0}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			n := len(row.weights)
			got := sharesOf(newCallerWith(t, "one-plus-beta", Parameters{Set: option.Values{"beta": row.beta}}, 1), n, 20_000)
			if row.weights[n-1] == 0 {
				assert.Zero(t, got[n-1])
				n--
			}
			asLikelyAs(t, row.weights[:n], got[:n])
		})
	}
}
