package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
)

// sharesOf counts so many picks of workers that hold 0, 1, 2, … requests, and sends none.
func sharesOf(d *caller, workers, picks int) []float64 {
	for id := range workers {
		w := d.join(1, 100)
		for range id {
			d.send(w)
		}
	}
	got := make([]float64, workers)
	for range picks {
		got[d.pick().ID]++
	}
	return got
}

// With all loads different, the worker with the i-th least wins if all draws are it or busier, and not all are busier:
// (n − i)^d − (n − i − 1)^d of the n^d ways to draw. Two of two: 3 to 1, so the busier gets 25 %.
func TestLeastRequestDrawsWithReplacement(t *testing.T) {
	rows := []struct {
		says    string
		choices int
		weights []float64
	}{
		{"of two workers the busier gets 25 %", 2, []float64{3, 1}},
		{"of four the busiest still gets a sixteenth", 2, []float64{7, 5, 3, 1}},
		{"three draws see more", 3, []float64{7, 1}},
		{"one draw is random", 1, []float64{1, 1, 1}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCallerWith(t, "least-request", Parameters{Set: option.Values{"choices": row.choices}}, 1)
			asLikelyAs(t, row.weights, sharesOf(d, len(row.weights), 20_000))
		})
	}
}

func TestLeastRequestPrefersTheFirstDrawnAmongEquals(t *testing.T) {
	got := make([]float64, 5)
	for seed := range uint64(4000) {
		d, same := newCaller(t, "least-request", seed), newCaller(t, "random", seed) // both have the same generator
		for range got {
			d.join(1, 10)
			same.join(1, 10)
		}
		w := d.pick()
		require.Equal(t, same.pick().ID, w.ID)
		got[w.ID]++
	}
	equallyLikely(t, got)
}

func TestLeastRequestDrawsAmongTheEligible(t *testing.T) {
	d := newCaller(t, "least-request", 1)
	for range 3 {
		d.join(1, 100)
	}
	d.send(d.workers[1])
	d.barred = []int{0}
	got := make([]float64, 3)
	for range 10_000 {
		got[d.pick().ID]++
	}
	assert.Zero(t, got[0])
	asLikelyAs(t, []float64{1, 3}, got[1:])
}
