package plots

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A cell says how many requests its strategy lets fail, in as many words as there is room for.
func TestACellSaysWhatFails(t *testing.T) {
	for _, row := range []struct {
		success float64
		want    [][]string
	}{
		{1, [][]string{{"10 ms"}}},
		{0.99, [][]string{{"10 ms"}}},
		{0.527, [][]string{{"10 ms", "52.7 % succeed"}, {"10 ms", "52.7 %"}, {"10 ms !"}, {"!"}}},
	} {
		one := cell{winner: winner{run: sweptRun("pull", value("load", 0.5), 10, row.success, 10)}}
		assert.Equal(t, row.want, one.texts(), row.success)
	}
	assert.Equal(t, [][]string{{"–"}}, cell{}.texts())

	failing := pairs()
	for i := range failing.Runs {
		half := 0.5
		failing.Runs[i].SuccessShare = &half
	}
	f := heat(sweepOf(failing, Beside{}))
	assert.Contains(t, f.caption[0], "of its requests succeed")
	entries := f.facets[0].legend.entries
	assert.Contains(t, entries[len(entries)-1].name, "succeed")
	assert.NotContains(t, heat(sweepOf(pairs(), Beside{})).caption[0], "of its requests succeed")
}
