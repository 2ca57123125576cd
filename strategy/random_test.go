package strategy

import "testing"

// random is uniform over the eligible, also where so few are that drawing and rejecting is given up.
func TestRandomIsUniformOverTheEligible(t *testing.T) {
	rows := []struct {
		says     string
		workers  int
		eligible func(id int) bool
	}{
		{"all are", 10, func(int) bool { return true }},
		{"every second is", 20, func(id int) bool { return id%2 == 0 }},
		{"3 of 100 are: most draws are rejected eight times and made from those that are left", 100,
			func(id int) bool { return id == 0 || id == 50 || id == 99 }},
		{"the last two are", 100, func(id int) bool { return id >= 98 }},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCaller(t, "random", 1)
			for range row.workers {
				d.join(1, 1)
			}
			d.eligible = func(w *Worker) bool { return row.eligible(w.ID) }
			got := make([]float64, row.workers)
			for range 20_000 {
				got[d.pick().ID]++
			}
			var eligible []float64 // that no other is picked is tested for every strategy
			for id, n := range got {
				if row.eligible(id) {
					eligible = append(eligible, n)
				}
			}
			equallyLikely(t, eligible)
		})
	}
}
