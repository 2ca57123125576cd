package command

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
	"waza/internal/option"
	"waza/internal/simulation"
	"waza/internal/tracefile"
	"waza/requester"
)

const (
	ourTrace = "../../testdata/trace.csv"
	azure    = "../../../shared/data/azure_llm_inference_2023_conv.csv"
)

func TestTraceHasKeysPrioritiesAndZones(t *testing.T) {
	path := filepath.Join(t.TempDir(), "trace.csv")
	require.NoError(t, os.WriteFile(path, []byte("arrival_seconds,work_seconds,key,priority,zone\n0,1,a,0,1\n1,1,b,1,0\n2,1,a,1,0\n3,1,,1,2\n"), 0o666))
	c := parsed(t, "-trace="+path+" -zone-delay=1ms -discipline=priority -queue=5").Simulation
	assert.Equal(t, []uint8{0, 1, 1, 1}, c.Trace.Priorities)
	assert.Equal(t, []uint8{1, 0, 0, 2}, c.Trace.Zones)
	require.Len(t, c.Trace.Keys, 4)
	assert.Equal(t, c.Trace.Keys[0], c.Trace.Keys[2], "equal texts are equal keys")
	assert.NotEqual(t, c.Trace.Keys[0], c.Trace.Keys[1])
	assert.Equal(t, []float64{0.25, 0.75}, c.Mix.Priorities)
	assert.Equal(t, []float64{0.5, 0.25, 0.25}, c.Mix.Zones)
	assert.True(t, c.Mix.ByPriority && c.Mix.ByZone)
	assert.Len(t, c.Parameters.Delays, 3)

	cut := parsed(t, "-requests=3 -rate=5 -trace="+path).Simulation
	assert.Equal(t, []uint8{1, 0, 0}, cut.Trace.Zones)
	assert.Len(t, cut.Parameters.Delays, 2, "zone 2 has been cut off")

	plain := filepath.Join(t.TempDir(), "plain.csv")
	require.NoError(t, os.WriteFile(plain, []byte("arrival_seconds,work_seconds\n0,1\n1,1\n"), 0o666))
	for _, r := range []badRow{
		{"a trace has its own priorities", []string{"-trace=" + path, "-priorities=1"}, "--priorities=1: want no priorities beside a trace with a column priority"},
		{"and zones", []string{"-trace=" + path, "-zones=1"}, "--zones=1: want no zones beside a trace with a column zone"},
		{"one without zones has no delay", []string{"-trace=" + plain, "-zone-delay=1ms"}, "--zone-delay=1ms: want --zones beside it: without, all are in one place"},
		{"nor an order", []string{"-trace=" + plain, "-discipline=priority"},
			"--discipline=priority: want --priorities beside it: without, requests are equal but to the strategy priority"},
		{"nor work of its own", []string{"-trace=" + path, "-priority-work=1ms"},
			"--priority-work=1ms: want no work beside --trace: the trace says how much work there is"},
	} {
		r.check(t)
	}
	assert.Equal(t, []float64{0.5, 0.5}, parsed(t, "-priorities=0.5,0.5 -trace="+plain).Simulation.Mix.Priorities, "but it may be given some")
}

func TestATraceTooLongForItsShortestRowsIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "trace.csv")
	require.NoError(t, os.WriteFile(path, []byte("arrival_seconds,work_seconds\n0,0.000000001\n1500000,0.000000001\n"), 0o666))
	badRow{"work of 1 ns in a month", []string{"-trace=" + path}, "--trace=" + path +
		": want at most 15h15m32s of arrivals, work, backoffs and grace in all where 1ns has to be told apart among so many requesters and workers, not 833h20m5s"}.check(t)
}

func TestTraceIsCutAndRescaled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "trace.csv")
	// Five requests in 4 s with 2 s of work each: 1 per second, a load of 0.2 on ten workers.
	require.NoError(t, os.WriteFile(path, []byte("arrival_seconds,work_seconds\n10,2\n11,2\n12,2\n13,2\n14,2\n"), 0o666))
	for _, row := range []struct {
		says, args string
		arrivals   []time.Duration
		rate       float64
	}{
		{"as it is", "", []time.Duration{0, 1e9, 2e9, 3e9, 4e9}, 1},
		{"the first three", "-requests=3", []time.Duration{0, 1e9, 2e9}, 1},
		{"twice as fast", "-rate=2", []time.Duration{0, 5e8, 1e9, 15e8, 2e9}, 2},
		{"a load of 0.4", "-load=0.4", []time.Duration{0, 5e8, 1e9, 15e8, 2e9}, 2},
		{"up to 2.5 s", "-duration=2500ms", []time.Duration{0, 1e9, 2e9}, 1.2},
		{"what arrives at the end is too late", "-duration=3s", []time.Duration{0, 1e9, 2e9}, 1},
		{"up to a time after its end", "-duration=1h", []time.Duration{0, 1e9, 2e9, 3e9, 4e9}, 1},
		{"faster, then cut", "-rate=2 -duration=1600ms", []time.Duration{0, 5e8, 1e9, 15e8}, 2.5},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := parsed(t, "-trace="+path+" "+row.args).Simulation
			assert.Equal(t, simulation.Trace, c.Arrivals)
			assert.Nil(t, c.Work)
			assert.Equal(t, row.arrivals, c.Trace.Arrivals)
			assert.Len(t, c.Trace.Work, len(row.arrivals))
			assert.Equal(t, len(row.arrivals), c.Requests)
			assert.InEpsilon(t, row.rate, c.Rate, 1e-12)
		})
	}
	for _, r := range []badRow{
		{"there are only five", []string{"-trace=" + path, "-requests=6"}, "--requests=6: want at most the 5 rows of " + option.Printable(path)},
		{"one request has no rate", []string{"-trace=" + path, "-requests=1"},
			"--requests=1: want at least two requests at different times, were it 1ms apart: from these follow the rate and the time that is measured"},
		{"time enough for one only", []string{"-trace=" + path, "-duration=1s"},
			"--duration=1s: want time for at least two requests of the trace, and some work"},
		{"the load is next to nothing", []string{"-trace=" + path, "-load=1e-9"},
			"--load=1e-9: want a run of at most 1000h, and 5 requests at 5e-09 per second take 277777h46m40s"},
		{"there is no such file", words("-trace=no.csv"), "--trace=no.csv: want a CSV file that can be read: no such file or directory"},
		{"a directory is no file", words("-trace=."), "--trace=.: want a CSV file that can be read: is a directory"},
	} {
		r.check(t)
	}
}

func TestAzureTrace(t *testing.T) {
	if _, err := os.Stat(azure); err != nil {
		t.Skip("the trace is not here: ", err)
	}
	c := parsed(t, "-trace="+azure+" -trace-arrival=TIMESTAMP -trace-work=GeneratedTokens -trace-work-unit=20ms").Simulation
	assert.Equal(t, 19_366, c.Requests)
	assert.Equal(t, 44*20*time.Millisecond, c.Trace.Work[0])
	assert.Equal(t, 4314579*time.Microsecond, c.Trace.Arrivals[1])
	assert.True(t, slices.IsSorted(c.Trace.Arrivals))
}

// makeTrace makes the trace of our own: 500 requests in 25 s, of which 300 come in a burst of 5 s. The work is lognormal with
// a mean of 0.35 s, which is a load of 0.7 on ten workers, and of 2.1 in the burst.
func makeTrace() []byte {
	const seed = 2012
	work := requester.Lognormal(350*time.Millisecond, 1).Sampler(rand.NewPCG(seed, 1))
	rng := rand.New(rand.NewPCG(seed, 2))
	var arrivals []float64
	for _, phase := range []struct {
		requests int
		from, to float64 // seconds
	}{{80, 0, 10}, {300, 10, 15}, {120, 15, 25}} {
		for range phase.requests {
			arrivals = append(arrivals, phase.from+(phase.to-phase.from)*rng.Float64())
		}
	}
	slices.Sort(arrivals)
	var text bytes.Buffer
	text.WriteString("arrival_seconds,work_seconds\n")
	for _, at := range arrivals {
		fmt.Fprintf(&text, "%.6f,%.6f\n", at-arrivals[0], work().Seconds())
	}
	return text.Bytes()
}

func TestOurTrace(t *testing.T) {
	golden.CheckFile(t, ourTrace, string(makeTrace()))
	c := parsed(t, "-strategy=all -workers=10 -trace="+ourTrace).Simulation
	assert.Equal(t, 500, c.Requests)
	// The mean of 500 lognormal draws of cv 1 has a standard error of 1/√500 = 4.5%.
	assert.InEpsilon(t, 0.7, c.Rate*tracefile.MeanWork(c.Trace)/capacity(&c), 4*0.045)
}
