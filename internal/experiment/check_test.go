package experiment

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the seeds of a search were lucky with fresh ones refute, and then the first easier value is presented that these keep.
func TestFreshSeedsRefuteWhatWasLucky(t *testing.T) {
	f := looked(t, 10, curved{p99: inverse, luck: 5}, smallest)
	a := f.Found[0] // the search takes 11 for enough: 600/11 − 5 is below 50
	assert.Equal(t, []any{12., 11.}, []any{a.Value, a.Next.Value})
	assert.Equal(t, []float64{50, 600. / 11}, []float64{*a.SLO[0].Value, *a.Next.SLO[0].Value})
	require.Len(t, a.Unconfirmed, 1)
	assert.Equal(t, 11., a.Unconfirmed[0].Value)
	assert.Equal(t, 0., *a.Unconfirmed[0].KeptShare)
	assert.Nil(t, a.Best)
	assert.Len(t, valuesTried(f, "a"), a.Tries, "each has a row, on the seeds of the search")
	assert.Contains(t, valuesTried(f, "a"), 12.)
	assert.Equal(t, 18., f.Found[1].Value)

	f = looked(t, 10, curved{p99: inverse, luck: 30}, smallest)
	assert.Equal(t, 12., f.Found[0].Value, "from 8 on, by steps of one, the last of which is the fifth")
	b := f.Found[1] // 12 would have to become 18
	assert.Nil(t, b.Value)
	assert.Nil(t, b.Next)
	assert.Empty(t, b.SLO)
	assert.Len(t, b.Unconfirmed, 6)
	assert.Equal(t, 17., b.Best.Value)
	assert.Equal(t, 900./17, *b.Best.SLO[0].Value, "on fresh seeds")
	assert.Len(t, valuesTried(f, "b"), b.Tries)

	load := func(_ string, v float64) float64 { return 800 / max(80-v, 1e-9) } // at most 50 up to 64, and up to 65 with luck
	f = looked(t, 10, curved{p99: load, luck: 3}, func(find *Find) { find.Largest = true })
	assert.Equal(t, []any{64., 65.}, []any{f.Found[0].Value, f.Found[0].Next.Value})

	f = looked(t, 100, curved{p99: func(string, float64) float64 { return 51 }, luck: 3}, func(find *Find) { find.Largest = true })
	assert.Nil(t, f.Found[0].Value)
	assert.Equal(t, 100., f.Found[0].Best.Value, "all are as good")
	assert.Equal(t, 95., f.Found[0].Unconfirmed[5].Value)
}
