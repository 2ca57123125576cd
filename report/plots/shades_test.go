package plots

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/report"
)

func fault(kind string, worker int, from, to float64) report.FaultRow {
	f := report.FaultRow{Kind: kind, Worker: worker, StartSeconds: from, Name: kind + ":"}
	if to > 0 {
		f.EndSeconds = &to
	}
	return f
}

func TestShades(t *testing.T) {
	tests := []struct {
		why    string
		faults []report.FaultRow
		want   []shade
	}{
		{"none", nil, nil},
		{"one", []report.FaultRow{fault("crash", 0, 30, 60)}, []shade{{30, 60, "crash", 1}}},
		{"one without end", []report.FaultRow{fault("slow", 0, 30, 0)}, []shade{{30, 120, "slow", 1}}},
		{"after the end of the axis", []report.FaultRow{fault("slow", 0, 130, 140)}, nil},
		{"two workers are one shade", []report.FaultRow{fault("slow", 0, 30, 60), fault("slow", 1, 50, 70)}, []shade{{30, 70, "slow", 1}}},
		{"a short one is seen", []report.FaultRow{fault("stall", 0, 30, 30.001)}, []shade{{30, 30.4, "stall", 1}}},
		{"two kinds take turns where both are there", []report.FaultRow{fault("crash", 0, 10, 13), fault("slow", 1, 11, 14)},
			[]shade{{10, 11, "crash", 1}, {11, 12, "slow", 1}, {12, 13, "crash", 1}, {13, 14, "slow", 1}}},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, shadesOf(report.Result{SimulatedSeconds: 200, Faults: tt.faults}, 120), tt.why)
	}
}

// Of hundreds of times at several workers each bin of the axis has the share of it in which anybody is troubled, and the legend one line.
func TestManySpellsBecomeShares(t *testing.T) {
	r := report.Result{SimulatedSeconds: 120}
	for i := range 60 {
		for worker := range 3 {
			r.Faults = append(r.Faults, fault("stall", worker, float64(2*i), float64(2*i)+0.25))
		}
	}
	shades := shadesOf(r, 120)
	require.Len(t, shades, 60)
	for i, s := range shades {
		assert.Equal(t, shade{float64(2 * i), float64(2*i + 1), "stall", 0.25}, s)
	}
	entries := faultEntries(r)
	require.Len(t, entries, 1)
	assert.Equal(t, "stall, 3 workers", entries[0].name)
	assert.Equal(t, []string{"≥ 180 times"}, entries[0].cells)
	assert.Len(t, unclear(r, shades), 2)

	r.Spells = []report.Spell{{Kind: "stall", FromSeconds: 0, ToSeconds: 120, Share: 0.1}}
	shades = shadesOf(r, 120)
	require.Len(t, shades, 120, "what the report has found goes before the episodes that it lists")
	assert.InDelta(t, 0.1, shades[77].share, 1e-9)
	assert.Len(t, unclear(r, shades), 1)
}

func TestEachKindIsNamedOnce(t *testing.T) {
	r := report.Result{Faults: []report.FaultRow{fault("crash", 4, 1, 2), fault("slow", 0, 1, 2), fault("slow", 1, 1, 2), fault("crash", 4, 3, 4)}}
	text := ""
	for _, e := range faultEntries(r) {
		text += fmt.Sprint(e.name, e.cells, ";")
	}
	assert.Equal(t, "crash, worker 4[2 times];slow, 2 workers[];", text)
}
