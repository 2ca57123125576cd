package report

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// played are runs of a strategy with these means, a seed each; 0: there is none.
func played(strategy string, means ...float64) []Result {
	var runs []Result
	for _, m := range means {
		r := Result{Strategy: strategy, SuccessShare: &m}
		if m > 0 {
			r.LatencySeconds.Mean = &m
		}
		runs = append(runs, r)
	}
	return runs
}

func TestBestBy(t *testing.T) {
	mean, _ := FigureNamed("mean")
	success, _ := FigureNamed("success")
	a, b := played("a", 0.10, 0.20, 0.30), played("b", 0.11, 0.19, 0.295) // b is less by 0, more or less 0.01
	c := played("c", 0.50, 0.61, 0.69)                                    // more by 0.4, more or less 0.01
	assert.Equal(t, &Best{"mean", "b", []string{"b", "a"}}, BestBy([][]Result{c, a, b}, mean), "the least sum first")
	assert.Equal(t, &Best{"success", "c", []string{"c"}}, BestBy([][]Result{a, b, c}, success), "more of it is better")
	assert.Equal(t, &Best{"mean", "a", []string{"a"}}, BestBy([][]Result{a, append(c, played("c", 9)...)}, mean), "the fourth of c is nobody else's")
	assert.Nil(t, BestBy([][]Result{a, played("d", 0.1, 0, 0.1)}, mean), "one of d has none")
	assert.Nil(t, BestBy([][]Result{a[:1], b[:1]}, mean), "one seed")
}
