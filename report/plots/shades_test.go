package plots

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/report"
)

func spell(kind string, from, to float64) report.Spell {
	return report.Spell{Kind: kind, FromSeconds: from, ToSeconds: to, Share: 1}
}

// troubled is a run of 200 s in which there are these spells.
func troubled(spells ...report.Spell) report.Result {
	r := report.Result{SimulatedSeconds: 200, Spells: spells}
	for _, s := range spells {
		r.FaultTotals = append(r.FaultTotals, report.FaultTotal{Kind: s.Kind, Episodes: 1, Workers: []int{0}})
	}
	return r
}

func TestShades(t *testing.T) {
	tests := []struct {
		why    string
		faults []report.Spell
		want   []shade
	}{
		{"none", nil, nil},
		{"one", []report.Spell{spell("crash", 30, 60)}, []shade{{30, 60, "crash", 1}}},
		{"beyond the end of the axis", []report.Spell{spell("slow", 30, 200)}, []shade{{30, 120, "slow", 1}}},
		{"after the end of the axis", []report.Spell{spell("slow", 130, 140)}, nil},
		{"two faults of a kind are one shade", []report.Spell{spell("slow", 30, 60), spell("slow", 50, 70)}, []shade{{30, 70, "slow", 1}}},
		{"a short one is seen", []report.Spell{spell("stall", 30, 30.001)}, []shade{{30, 30.4, "stall", 1}}},
		{"two kinds take turns where both are there", []report.Spell{spell("crash", 10, 13), spell("slow", 11, 14)},
			[]shade{{10, 11, "crash", 1}, {11, 12, "slow", 1}, {12, 13, "crash", 1}, {13, 14, "slow", 1}}},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, shadesOf(troubled(tt.faults...), 120), tt.why)
	}
}

// Of many times each bin of the axis has the share of it in which anybody is troubled.
func TestManySpellsBecomeShares(t *testing.T) {
	var spells []report.Spell
	for i := range 60 {
		spells = append(spells, spell("stall", float64(2*i), float64(2*i)+0.25))
	}
	shades := shadesOf(troubled(spells...), 120)
	require.Len(t, shades, 60)
	for i, s := range shades {
		assert.Equal(t, shade{float64(2 * i), float64(2*i + 1), "stall", 0.25}, s)
	}
	assert.Len(t, unclear(shades), 1)
	assert.Empty(t, unclear(shadesOf(troubled(spells[:3]...), 120)))

	shades = shadesOf(troubled(report.Spell{Kind: "stall", FromSeconds: 0, ToSeconds: 120, Share: 0.1}), 120)
	require.Len(t, shades, 120, "a share is that of each bin")
	assert.InDelta(t, 0.1, shades[77].share, 1e-9)
	assert.Len(t, unclear(shades), 1)
}

// A kind has one line. Whoever is hit is counted from the totals, which have all episodes: a result lists only the first hundred of a fault.
func TestEachKindIsNamedOnce(t *testing.T) {
	var half []int
	for id := range 500 {
		half = append(half, id)
	}
	r := report.Result{FaultTotals: []report.FaultTotal{
		{Kind: "crash", Episodes: 2, Workers: []int{4}},
		{Kind: "slow", Episodes: 2, Workers: []int{0, 1}}, {Kind: "slow", Episodes: 1, Workers: []int{1}},
		{Kind: "fail-fast", Episodes: 500, Workers: half},
		{Kind: "stall", Episodes: report.MostEpisodes, Workers: []int{0, 1, 2}},
		{Kind: "blackhole", Episodes: 1, Workers: []int{2}}, {Kind: "blackhole", Episodes: 2, Workers: []int{0, 2}, Proxies: true},
		{Kind: "drop"}, // the run was over before
	}}
	text := ""
	for _, e := range faultEntries(r) {
		text += fmt.Sprint(e.name, e.cells, ";")
	}
	assert.Equal(t, "crash, worker 4[2 times];slow, 2 workers[3 times];fail-fast, 500 workers[];stall, 3 workers[≥ 100000 times];"+
		"blackhole, worker 2 and 2 proxies[];", text)
}

// A picture that is shaded all over looks as if it had another background: the legend says what it is. Of several seeds it says, too, what is
// not shaded.
func TestTheLegendSaysWhatGoesOnAllTheTime(t *testing.T) {
	r := troubled(spell("fail-fast", 0, 200))
	assert.Equal(t, "fail-fast, worker 0, all the time", faultEntries(r)[0].name)
	assert.Equal(t, "crash, worker 0", faultEntries(troubled(spell("crash", 1, 200)))[0].name)
	assert.Equal(t, "crash, worker 0", faultEntries(troubled(spell("crash", 0, 199)))[0].name)

	assert.Empty(t, unseen(r))
	r.Replications, r.Spells = 5, nil
	assert.Equal(t, []string{"Not shaded, as it comes at other times in each seed: fail-fast."}, unseen(r))
}

// Strategies that are drawn together have the shades of the run that goes on for the longest time: a fault outlasts the others.
func TestTheLongestRunHasAllSpells(t *testing.T) {
	short, long := troubled(spell("crash", 30, 60)), troubled(spell("crash", 30, 80))
	short.SimulatedSeconds, long.Strategy = 60, "long"
	for _, rs := range []runs{{short, long}, {long, short}} {
		assert.Equal(t, "long", rs.longest().Strategy)
	}
}
