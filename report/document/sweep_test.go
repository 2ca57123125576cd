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
