package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/theory"
	"waza/report"
)

// A searched is what the tests read of the JSON.
type searched struct {
	Runs  []report.Result
	Found []report.Found
	Knees []report.Knee
}

// TestASearchFindsWhatTheorySays looks for the smallest c of M/M/c at 800 requests per second of 10 ms. The limits lie in the middle of what
// theory says of two neighbours: 7 % from either for the mean (5 seeds of 18,000 requests have a standard error of 1 %), and 9 % or more for
// p99 (1.5 %).
func TestASearchFindsWhatTheorySays(t *testing.T) {
	skipIfShort(t, "many runs of 20,000 requests")
	t.Parallel()
	mean := func(c int) float64 { return theory.MMcMean(c, 8/float64(c), 0.01) }
	p99 := func(c int) float64 { return theory.MMcQuantile(0.99, c, 8/float64(c), 0.01) }
	for _, row := range []struct {
		figure string
		of     func(int) float64
		least  int
	}{{"mean", mean, 11}, {"p99", p99, 10}} {
		t.Run(row.figure, func(t *testing.T) {
			t.Parallel()
			limit := (row.of(row.least-1) + row.of(row.least)) / 2
			var d searched
			args := fmt.Sprintf("-strategy=pull -rate=800 -workers=16 -requests=20000 -find=workers -slo=%s:%.0fus -format=json -plots= -quiet", row.figure, limit*1e6)
			decode(t, succeeded(t, args).stdout, &d)
			require.Len(t, d.Found, 1)
			f := d.Found[0]
			assert.Equal(t, float64(row.least), f.Value)
			assert.Equal(t, float64(row.least-1), f.Next.Value)
			assert.InEpsilon(t, row.of(row.least), *f.SLO[0].Value, 0.06)
			assert.True(t, f.Monotone)
			assert.Equal(t, 5, f.Replications)
			assert.Len(t, d.Runs, f.Tries)
		})
	}
}

func TestARunThatMissesItsObjectiveFailsAfterItsResult(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	const args = "-requests=2000 -strategy=random,pull -plots= -quiet "
	e := waza(t, args+"-slo=p99:60ms,success:99%")
	assert.Equal(t, 1, e.status)
	assert.Regexp(t, `^waza: --slo=p99:60ms: random has a p99 latency of [0-9.]+ ms, and the limit is 60 ms: [0-9.]+ % above it\n$`, e.stderr)
	assert.Contains(t, e.stdout, "keeps success ≥ 99 %")
	assert.Equal(t, 0, waza(t, args+"-slo=p99:10s,success:99%").status)

	e = waza(t, args+"-slo=p99:60ms -sweep=load=0.3,0.6,1.2 -format=json")
	assert.Equal(t, 0, e.status, "of a sweep it is no gate: %s", e.stderr)
	var d searched
	decode(t, e.stdout, &d)
	require.Len(t, d.Knees, 2)
	require.NotNil(t, d.Knees[1].Value)
	require.NotNil(t, d.Knees[1].Next)
	assert.Equal(t, []any{"pull", 0.6, 1.2}, []any{d.Knees[1].Strategy, *d.Knees[1].Value, *d.Knees[1].Next})

	e = waza(t, "-requests=2000 -strategy=pull -plots= -quiet -slo=p99:1ms -find=workers")
	assert.Equal(t, 1, e.status)
	assert.Regexp(t, `^waza: --slo=p99:1ms: pull keeps p99 ≤ 1 ms with none of [0-9]+ values of --workers that were tried, from 2 to 80, and to go on brings nothing: the best is .* ms \[.*\], with [0-9]+\n$`, e.stderr)
	assert.Equal(t, 1, strings.Count(e.stdout, "pull keeps p99 ≤ 1 ms with none of"))
}

// Of so few requests a seed says little, and that of the search was lucky.
func TestASearchThatFreshSeedsRefuteFails(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	const args = "-seed=8 -find=load -slo=mean:14ms -requests=200 -strategy=least-loaded -replications=1 -plots= -quiet "
	e := waza(t, args)
	assert.Equal(t, 1, e.status)
	assert.Regexp(t, `^waza: --slo=mean:14ms: least-loaded: no value of --load could be confirmed for mean ≤ 14 ms: the search found [0-9.]+, and fresh seeds refute it`, e.stderr)
	assert.NotContains(t, e.stdout, "bears")
	var d searched
	decode(t, waza(t, args+"-format=json").stdout, &d)
	assert.Nil(t, d.Found[0].Value)
	assert.Len(t, d.Found[0].Unconfirmed, 6)
	assert.Len(t, d.Runs, d.Found[0].Tries)
}

// A worker that fails all at once takes most requests under least-loaded, and the others are fast.
func TestASearchSaysHowManySucceeded(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	const args = "-fault=fail-fast:worker=3 -strategy=least-loaded -find=workers -rate=700 -requests=2000 -slo=p99:60ms -replications=2 -plots= -quiet "
	e := waza(t, args)
	assert.Regexp(t, `, but only [0-9.]+ % of its\s+requests\s+succeeded:\s+--slo=p99:60ms,success:99.9%\s+asks\s+for\s+both`, e.stdout)
	var d searched
	decode(t, waza(t, args+"-format=json").stdout, &d)
	require.NotNil(t, d.Found[0].Success)
	assert.Less(t, *d.Found[0].Success, 0.9)
}
