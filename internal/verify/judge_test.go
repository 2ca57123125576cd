package verify

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"waza/report"
)

// withMean is a result whose mean latency is so many milliseconds.
func withMean(ms float64) report.Result {
	seconds := ms / 1000
	return report.Result{LatencySeconds: report.Spread{Mean: &seconds}}
}

// giving plays results whose mean latencies these are.
func giving(values ...float64) Play {
	return func([]string, int) (results []report.Result, err error) {
		for _, v := range values {
			results = append(results, withMean(v))
		}
		return results, nil
	}
}

func about(theory float64) []Case {
	return []Case{{Model: "M/M/1", Says: "the mean", Flags: []string{"--workers=1"}, Figure: meanLatency, Theory: theory}}
}

// Ten values from 7255 to 7303 have the mean 7288.3, the interval [7278.13, 7298.47], and so the standard error 4.496: theory at 7293.79 is
// a standard error and a bit below.
func TestAVerdictTellsWhatWasMeasured(t *testing.T) {
	told, err := Run(giving(7299, 7280, 7285, 7296, 7283, 7303, 7286, 7255, 7301, 7295), about(7293.79), 10, 1)
	require.NoError(t, err)
	v := told.Verdicts[0]
	assert.InDelta(t, 7288.3, v.Mean, 1e-6)
	assert.InDelta(t, 7278.13, v.Low, 5e-3)
	assert.InDelta(t, 7298.47, v.High, 5e-3)
	assert.InDelta(t, -5.49/4.496, v.Deviation, 1e-3)
	assert.True(t, v.Passed)
}

// With ten replications of one case the limit is the quantile of Student's t with 9 degrees of freedom at 0.9995, 4.781 in the tables, and
// with many cases it is higher.
func TestTheLimitIsThatOfBonferroni(t *testing.T) {
	assert.InDelta(t, 4.781, limit(1, 10), 5e-4)
	assert.InDelta(t, 0.001/40/2, 1-distuv.StudentsT{Sigma: 1, Nu: 29}.CDF(limit(40, 30)), 1e-9)
	assert.Greater(t, limit(40, 10), limit(40, 30))
}

// The mean of 10 and 12 is 11, its standard error 1, and the limit of one case with one degree of freedom is that of Cauchy's distribution,
// 636.62: theory may be that far away, and a thousandth of itself.
func TestACaseFailsBeyondTheLimitAndTheAllowance(t *testing.T) {
	const furthest = (11 + 636.62) / (1 - Allowance)
	for theory, passes := range map[float64]bool{11: true, furthest - 0.1: true, furthest + 0.1: false, math.NaN(): false} {
		told, err := Run(giving(10, 12), about(theory), 2, 1)
		require.NoError(t, err)
		assert.Equal(t, passes, told.Passed(), theory)
	}
}

// Replications that are all alike have no standard error: only the allowance is left.
func TestWhatNeverVariesHasTheAllowance(t *testing.T) {
	for theory, passes := range map[float64]bool{1000: true, 1000.9: true, 1001.1: false, 999.1: true, 998.9: false} {
		told, err := Run(giving(1000, 1000, 1000), about(theory), 3, 1)
		require.NoError(t, err)
		assert.Equal(t, passes, told.Passed(), theory)
		var text bytes.Buffer
		require.NoError(t, told.WriteText(&text))
		assert.NotContains(t, text.String(), "Inf")
	}
}

// Of 20,000 tables of 40 true cases whose values are normal, about 20 fail without an allowance, as many as one in a thousand: at most 38,
// four standard deviations above. What they are about is 0, so that there is no allowance.
func TestATrueProgramSeldomFails(t *testing.T) {
	const tables, cases, replications = 20_000, 40, 10
	random := rand.New(rand.NewPCG(1, 2))
	most, failed := limit(cases, replications), 0
	values := make([]float64, replications)
	for range tables {
		passed := true
		for range cases {
			for i := range values {
				values[i] = random.NormFloat64()
			}
			mean, deviation := stat.MeanStdDev(values, nil)
			passed = agrees(mean, stat.StdErr(deviation, replications), 0, most) && passed
		}
		if !passed {
			failed++
		}
	}
	assert.InDelta(t, 20, failed, 18)
}

// TestWhatCannotBeJudgedIsAnError, and not a verdict.
func TestWhatCannotBeJudgedIsAnError(t *testing.T) {
	lost := func([]string, int) ([]report.Result, error) {
		r := withMean(1)
		r.Unaccounted = "two requests are missing"
		return []report.Result{withMean(1), r}, nil
	}
	broken := func([]string, int) ([]report.Result, error) { return nil, errors.New("deadlock") }
	empty := func([]string, int) ([]report.Result, error) { return make([]report.Result, 2), nil }
	for _, row := range []struct {
		play         Play
		replications int
		says         string
	}{
		{lost, 2, "M/M/1 (--workers=1): two requests are missing"},
		{broken, 2, "deadlock"},
		{empty, 2, "replication 1 has no mean latency"},
		{giving(1, 2, 3), 2, "3 results of 2 replications"},
		{giving(1), 1, "at least two replications"},
	} {
		_, err := Run(row.play, about(1), row.replications, 1)
		assert.ErrorContains(t, err, row.says)
	}
}

// Cases of one system are played once, with the number of requests before their flags, and the text names each system once.
func TestASystemIsPlayedOnce(t *testing.T) {
	cases := append(about(11), about(11)[0], about(2000)[0])
	cases[1].Figure.Name = "again"
	cases[2].Model, cases[2].Flags = "M/M/2", []string{"--workers=2"}
	var played [][]string
	told, err := Run(func(flags []string, replications int) ([]report.Result, error) {
		played = append(played, flags)
		return giving(10.99, 11, 11.01)(flags, replications)
	}, cases, 3, 500)
	require.NoError(t, err)
	assert.Equal(t, [][]string{{"--requests=500", "--workers=1"}, {"--requests=500", "--workers=2"}}, played)
	var text bytes.Buffer
	require.NoError(t, told.WriteText(&text))
	assert.Equal(t, `3 replications of 500 requests each. A case passes if its mean is within 54.76 standard errors of theory, and 0.1 %
of it: a true program then fails, in one case or more of 3, for at most one seed in 1000.

                        theory  measured     95 % interval   deviation
M/M/1: the mean
  waza --workers=1
      mean latency, ms  11.000    11.000  [10.975, 11.025]       +0.00  pass
      again, ms         11.000    11.000  [10.975, 11.025]       +0.00  pass
M/M/2: the mean
  waza --workers=2
      mean latency, ms  2000.0    11.000  [10.975, 11.025]  -344504.91  FAIL

1 of 3 cases do not agree with theory: M/M/2 (mean latency).
`, text.String())
}

// Every case has what the table says of it, and a theory that is a number.
func TestTheTableIsWhole(t *testing.T) {
	systems := map[string]string{}
	seen := map[string]bool{}
	for _, c := range Cases() {
		line := c.Model + c.Figure.Name
		for _, flag := range c.Flags {
			line += " " + flag
			assert.NotContains(t, []string{"--seed", "--requests", "--replications", "--format", "--plots"}, flag)
		}
		assert.False(t, seen[line], "%s stands twice", line)
		seen[line], systems[c.Model] = true, c.Says
		assert.True(t, c.Theory > 0 && !math.IsInf(c.Theory, 0), line)
		assert.NotEmpty(t, c.Says, line)
	}
	assert.Greater(t, len(systems), 20)
}
