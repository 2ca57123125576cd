package document

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
	"waza/internal/invented"
	"waza/report"
)

// sweptDocument has two strategies at so many loads.
func sweptDocument(t *testing.T, loads int) Document {
	all := Document{Swept: true}
	for i := range loads {
		load := 0.2 + 0.7*float64(i)/float64(loads)
		d := document(t, map[string]invented.Run{
			"pull": {Workers: 10, Requests: 5000, Load: load, Seed: 1}, "random": {Workers: 1, Requests: 5000, Load: load, Seed: 1}}, "pull", "random")
		for _, r := range d.Runs {
			r.Swept = &report.Swept{Flag: "load", Value: load, Text: fmt.Sprintf("%.2f", load)}
			all.Runs = append(all.Runs, r)
		}
		d.Runs, d.Swept = all.Runs, true
		all = d
	}
	return all
}

func TestASweepHasALineForEachValueAndStrategy(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, sweptDocument(t, 3).WriteText(&b))
	golden.Check(t, "sweep.txt", b.String())

	b.Reset()
	require.NoError(t, sweptDocument(t, 25).WriteText(&b))
	assert.Less(t, strings.Count(b.String(), "\n"), 85, "fifty runs are fifty lines, and few about them")
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	d := sweptDocument(t, 2)
	d.Interrupted = true
	at := d.Runs[3].Swept
	d.Missing = []Missing{{Strategy: "random", Swept: at, Played: 3, Wanted: 5}, {Strategy: "pull", Played: 0, Wanted: 1}}
	assert.Equal(t, "missing: random at load 0.55: 2 of 5 runs; pull: 1 of 1 run", d.missing())
	var text, json bytes.Buffer
	require.NoError(t, d.WriteText(&text))
	assert.Contains(t, strings.Join(strings.Fields(text.String()), " "), "INTERRUPTED: these are the figures of the runs that came to their end; missing: random at load 0.55: 2 of 5 runs;")
	require.NoError(t, d.WriteJSON(&json))
	assert.Contains(t, json.String(), `"missing": [`)
	d.Missing = nil
	json.Reset()
	require.NoError(t, d.WriteJSON(&json))
	assert.NotContains(t, json.String(), `"missing"`)
}

// Of runs that something has ended nothing is told as if they had come to their end.
func TestWhatIsNotDecidedIsNotTold(t *testing.T) {
	d := sweptDocument(t, 2)
	d.Interrupted = true
	assert.Equal(t, "The runs were interrupted: no strategy is called best.", d.verdict())
	for i := range d.Runs {
		d.Runs[i].SLO = heldAt("p99", 0.05, 0.04, nil, true)
	}
	assert.Equal(t, "The runs were interrupted: no strategy is called best, and no knee is known.", d.verdict())
	d.Sought = "load"
	assert.Equal(t, "The runs were interrupted: no search came to its end, and no value of --load is found.", d.verdict())
	head := func() string {
		var text bytes.Buffer
		require.NoError(t, d.WriteText(&text))
		return strings.Join(strings.Fields(text.String()), " ")
	}
	assert.Contains(t, head(), "INTERRUPTED: the search for --load did not come to its end; these are the figures of what ran until then.")
	d.Interrupted = false
	assert.Contains(t, head(), "NOT ALL: the search for --load did not come to its end; these are the figures of what ran until then.")
	assert.Equal(t, "Not all runs came to their end: no search came to its end, and no value of --load is found.", d.verdict())
	d.Sought, d.Missing = "", []Missing{{Strategy: "pull", Wanted: 1}}
	assert.Equal(t, "Not all runs came to their end: no strategy is called best, and no knee is known.", d.verdict())
	assert.Contains(t, head(), "NOT ALL: these are the figures of the runs that came to their end; missing: pull: 1 of 1 run.")
}

func TestWhatIsMissingAtAPointIsSaidOnce(t *testing.T) {
	one, two := &report.Swept{Flag: "load", Value: 0.7}, &report.Swept{Flag: "load", Value: 0.8}
	d := Document{Missing: []Missing{
		{Strategy: "random", Swept: one, Played: 3, Wanted: 5}, {Strategy: "pull", Swept: one, Played: 4, Wanted: 5},
		{Strategy: "random", Swept: two, Wanted: 5}, {Strategy: "pull", Swept: two, Wanted: 5},
	}}
	assert.Equal(t, "missing: random at load 0.7: 2 of 5 runs, pull 1 of 5 runs; random and pull at load 0.8: 5 of 5 runs each", d.missing())
}
