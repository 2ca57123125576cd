package plots

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report/document"
)

// Nobody knows where a strategy that keeps the objective at all values would not: no ring says that it is at the highest.
func TestAKneeThatWasNotFoundHasNoRing(t *testing.T) {
	for _, row := range []struct {
		knees []Knee
		want  string
		rings int
	}{
		{nil, "Dotted: a p99 of 25 ms, which nobody keeps.", 0},
		{[]Knee{{"pull", 0.75, false}}, "Dotted: a p99 of 25 ms. Rings: the highest load that keeps it: pull at 0.75.", 1},
		{[]Knee{{"pull", 1.75, true}}, "Dotted: a p99 of 25 ms. Kept at all values, so without a ring: pull.", 0},
		{[]Knee{{"pull", 1.75, true}, {"random", 0.75, false}},
			"Dotted: a p99 of 25 ms. Rings: the highest load that keeps it: random at 0.75. Kept at all values, so without a ring: pull.", 1},
	} {
		s := sweepOf(loads(), Beside{Slo: 0.025, Knees: row.knees})
		assert.Equal(t, []string{row.want}, s.kneeCaption())
		const line = 1
		assert.Len(t, s.knees(s.axis(), s.latencies(s.axis(), p99)), line+row.rings, row.want)
	}
	workers := sweepOf(document.Document{Runs: runs{sweptRun("pull", value("workers", 2.0), 10, 1, 10)}}, Beside{Slo: 0.025})
	assert.Equal(t, []string{"Dotted: a p99 of 25 ms."}, workers.kneeCaption(), "only load and rate have knees")
}
