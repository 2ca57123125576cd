package e2e

import (
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// figured is the JSON of runs, as far as figures are looked at here.
type figured struct {
	Runs []struct {
		Measured int                `json:"measured_requests"`
		Latency  map[string]float64 `json:"latency_seconds"`
		Series   []struct {
			P50 *float64 `json:"p50"`
			P99 *float64 `json:"p99"`
		} `json:"series"`
	} `json:"runs"`
}

// The p99 is the ⌈0.99 n⌉-th latency of the requests log, to three digits, and no fewer than 99 % do not exceed it.
func TestPercentilesAreRanksOfTheLog(t *testing.T) {
	t.Parallel()
	for _, work := range []string{"exponential:10ms", "exponential:20m"} {
		e := succeeded(t, "-requests=1178 -load=0.5 -warmup=0 -format=json -plots= -requests-log=log.csv -work="+work)
		var d figured
		decode(t, e.stdout, &d)
		rows, err := csv.NewReader(strings.NewReader(e.file(t, "log.csv"))).ReadAll()
		require.NoError(t, err)
		var latencies []float64
		for _, row := range rows[1:] {
			latencies = append(latencies, seconds(t, row[8])-seconds(t, row[3]))
		}
		slices.Sort(latencies)
		run := d.Runs[0]
		require.Len(t, latencies, run.Measured)
		for name, share := range map[string]float64{"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99} {
			rank := int(math.Ceil(share * float64(len(latencies))))
			assert.InEpsilon(t, latencies[rank-1], run.Latency[name], 0.001, "%s of %s", name, work)
			assert.GreaterOrEqual(t, run.Latency[name], latencies[rank-1]*(1-1e-6), "%s of %s", name, work)
		}
	}
}

func seconds(t *testing.T, cell string) float64 {
	v, err := strconv.ParseFloat(cell, 64)
	require.NoError(t, err)
	return v
}

// With constant work and a worker for each request all latencies are equal, in the series too, at any scale. Without warm-up both are of all
// requests.
func TestNoPercentileExceedsTheLargest(t *testing.T) {
	t.Parallel()
	for _, work := range []string{"3us", "10ms", "5m"} {
		var d figured
		decode(t, succeeded(t, "-requests=20000 -workers=100 -load=0.02 -warmup=0 -format=json -plots= -work="+work).stdout, &d)
		for _, part := range d.Runs[0].Series {
			for _, p := range []*float64{part.P50, part.P99} {
				if p != nil {
					assert.LessOrEqual(t, *p, d.Runs[0].Latency["max"], work)
				}
			}
		}
	}
}

// Of 400 requests of 900 h each on one worker, the i-th waits for those before it: the mean is 200.5·900 h − 199.5·1000 s.
func TestLatenciesOfYearsAreInTheMean(t *testing.T) {
	t.Parallel()
	var d figured
	decode(t, succeeded(t, "--workers=1 --work=constant:900h --arrivals=constant --rate=0.001 --requests=400 --warmup=0 -format=json -plots=").stdout, &d)
	assert.InEpsilon(t, 649_420_500, d.Runs[0].Latency["mean"], 1e-6)
	assert.InEpsilon(t, 400*3_240_000-399_000, d.Runs[0].Latency["max"], 1e-5)
}
