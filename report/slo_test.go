package report

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAnIntervalAtAKneeMayLeaveItOpen(t *testing.T) {
	at := func(load, v float64, kept bool) Result {
		return Result{Strategy: "a", Swept: &Swept{Flag: "load", Value: load},
			SLO: []Held{{Limit: 60, Value: &v, Kept: kept, CI95: &Interval{v - 2, v + 2}}}}
	}
	for _, row := range []struct {
		kept, missed float64
		open         [2]bool
	}{{57, 63, [2]bool{}}, {59, 63, [2]bool{true, false}}, {57, 61, [2]bool{false, true}}} {
		k := Knees([]Result{at(0.5, row.kept, true), at(0.6, row.missed, false)})[0]
		assert.Equal(t, row.open, [2]bool{k.ValueUnsure, k.NextUnsure})
	}
	sure := Held{Limit: 1, CI95: &Interval{2, 3}}
	open := Held{Limit: 1, CI95: &Interval{0, 3}}
	assert.True(t, Unsure([]Held{open}))
	assert.False(t, Unsure([]Held{open, sure}), "one is surely missed")
	assert.False(t, Unsure([]Held{{Limit: 1}}), "nothing is known of one seed")
	sure.Kept, open.Kept = true, true
	assert.True(t, Unsure([]Held{open, sure}), "one may be missed")
}

func TestAKneeIsTheHighestUpToWhichAllAreKept(t *testing.T) {
	var runs []Result
	at := func(strategy string, load float64, workers *Swept, kept bool) {
		runs = append(runs, Result{Strategy: strategy, Swept: &Swept{Flag: "load", Value: load}, SweptAlso: workers, SLO: []Held{{Kept: true, Value: new(float64)}, {Kept: kept, Value: new(float64)}}})
	}
	for i, load := range []float64{0.9, 0.5, 0.7} { // in any order
		at("a", load, nil, load < 0.8)
		at("b", load, nil, false)
		at("c", load, nil, true)
		at("d", load, nil, i != 2)
	}
	high := 0.9
	point5, point7, point9 := 0.5, 0.7, 0.9
	assert.Equal(t, []Knee{
		{Strategy: "a", Flag: "load", Value: &point7, Next: &point9},
		{Strategy: "b", Flag: "load", Next: &point5},
		{Strategy: "c", Flag: "load", Value: &point9},
		{Strategy: "d", Flag: "load", Value: &point5, Next: &point7, Again: true},
	}, Knees(runs))

	share := 0.6
	runs[0].SuccessShare, runs[8].SuccessShare = &high, &share // of a at 0.9 and at 0.7
	assert.Same(t, &share, Knees(runs)[0].Success, "that at the knee")

	runs = nil
	five, ten := &Swept{Flag: "workers", Value: 5., Text: "5"}, &Swept{Flag: "workers", Value: 10., Text: "10"}
	for _, load := range []float64{0.5, 0.7} {
		at("a", load, five, load < 0.6)
		at("a", load, ten, true)
	}
	assert.Equal(t, []Knee{
		{Strategy: "a", Flag: "load", At: five, Value: &point5, Next: &point7},
		{Strategy: "a", Flag: "load", At: ten, Value: &point7},
	}, Knees(runs), "of a grid for each value of the other flag")
	runs[0].SLO[1] = Held{} // at the lowest load, with five workers
	assert.Equal(t, []Knee{{Strategy: "a", Flag: "load", At: ten, Value: &point7}}, Knees(runs), "nobody can tell what is kept where the figure does not exist")
	for i := range runs {
		runs[i].SLO = nil
	}
	assert.Empty(t, Knees(runs))
}
