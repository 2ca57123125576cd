package command

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
	"waza/internal/option"
	"waza/internal/simulation"
	"waza/requester"
)

const (
	ourTrace = "../../testdata/trace.csv"
	azure    = "../../../shared/data/azure_llm_inference_2023_conv.csv"
)

var usual = columns{"arrival_seconds", "work_seconds", time.Second}

func TestTraceThatIsWrongIsRefused(t *testing.T) {
	const head = "arrival_seconds,work_seconds\n"
	for _, row := range []struct{ because, text, message string }{
		{"a file is empty", "", "want a header line that names the columns, and the file is empty"},
		{"there is only a header", head, "want rows below the header line"},
		{"a file is binary", "arrival\x00\x01", "want a CSV file, and not a binary one"},
		{"a column is misspelt", "arrivals_seconds,work_seconds\n0,1\n",
			"want a column arrival_seconds (--trace-arrival) among arrivals_seconds, work_seconds; did you mean arrivals_seconds?"},
		{"a column is missing", "arrival_seconds,tokens\n0,1\n", "want a column work_seconds (--trace-work) among arrival_seconds, tokens"},
		{"a column is there twice", "arrival_seconds,work_seconds,work_seconds\n0,1,1\n", "want only one column work_seconds"},
		{"a field is missing", head + "0,1\n1\n", "line 3: want a row of CSV: wrong number of fields"},
		{"a quote is left open", head + "0,1\n\"1,1\n", `line 3: want a row of CSV: extraneous or missing " in quoted-field`},
		{"a quote is in the middle", head + "0,1\n1\"1,1\n", `line 3: want a row of CSV: bare " in non-quoted-field`},
		{"an arrival is no number", head + "soon,1\n",
			"line 2: want as arrival a number of seconds, or a timestamp such as 2023-11-16 18:15:46.68 or 2023-11-16T18:15:46Z, not soon"},
		{"an arrival is not a number", head + "0,1\nNaN,1\n", "line 3: want as arrival a number of seconds, not NaN"},
		{"a date is not a number", head + "0,1\n2023-11-16 18:15:46,1\n", "line 3: want as arrival a number of seconds, not 2023-11-16 18:15:46"},
		{"a number is no date", head + "2023-11-16 18:15:46,1\n5,1\n", "line 3: want as arrival a timestamp, not 5"},
		{"an arrival is too early", head + "0,1\n2,1\n1,1\n", "line 4: want arrivals in order, and 1 is before the line above"},
		{"an arrival is before the first", head + "5,1\n4,1\n", "line 3: want arrivals in order, and 4 is before the line above"},
		{"an arrival is too late", head + "0,1\n1e9,1\n", "line 3: want arrivals within 1000h of the first, not 1e9"},
		{"an arrival is absurd", head + "0,1\n1e300,1\n", "line 3: want arrivals within 1000h of the first, not 1e300"},
		{"a date is absurd", head + "0001-01-01 00:00:00,1\n9999-01-01 00:00:00,1\n", "line 3: want arrivals within 1000h of the first, not 9999-01-01 00:00:00"},
		{"work is negative", head + "0,-1\n", "line 2: want as work a number from 0 to 3.6e+06, in units of 1s, not -1"},
		{"work is empty", head + "0,\n", "line 2: want as work a number from 0 to 3.6e+06, in units of 1s, not "},
		{"work overflows", head + "0,1e999\n", "line 2: want as work a number from 0 to 3.6e+06, in units of 1s, not 1e999"},
		{"work is too long", head + "0,1e7\n", "line 2: want as work a number from 0 to 3.6e+06, in units of 1s, not 1e7"},
		{"a priority is a number", "arrival_seconds,work_seconds,priority\n0,1,0\n1,1,high\n", "line 3: want as priority a whole number from 0 to 9, not high"},
		{"a zone is a number", "arrival_seconds,work_seconds,zone\n0,1,100\n", "line 2: want as zone a whole number from 0 to 99, not 100"},
		{"a key is there twice", "key,arrival_seconds,work_seconds,key\n0,1,1,0\n", "want only one column key"},
		{"a message stays on its line", head + "\"a\nb\",1\n",
			`line 2: want as arrival a number of seconds, or a timestamp such as 2023-11-16 18:15:46.68 or 2023-11-16T18:15:46Z, not "a\nb"`},
	} {
		t.Run(row.because, func(t *testing.T) {
			_, err := readTrace(strings.NewReader(row.text), usual)
			assert.EqualError(t, err, row.message)
		})
	}
}

func TestTraceIsReadAsItIsMeant(t *testing.T) {
	for says, text := range map[string]string{
		"seconds":                   "arrival_seconds,work_seconds\n0,0\n0.5,2\n0.5,0.25\n",
		"seconds since anything":    "work_seconds,arrival_seconds\n0,-7\n2,-6.5\n0.25,-6.5\n",
		"a date with a space":       "arrival_seconds,x,work_seconds\n2023-11-16 18:15:46.6,a,0\n2023-11-16 18:15:47.1000000,b,2\n2023-11-16 18:15:47.1,c,0.25\n",
		"RFC 3339, across a border": "arrival_seconds,work_seconds\n2023-12-31T23:59:59.75Z,0\n2024-01-01T01:00:00.25+01:00,2\n2024-01-01T00:00:00.25Z,0.25\n",
		"as a spreadsheet saves it": byteOrderMark + "arrival_seconds, work_seconds\r\n0, 0\r\n0.5 ,2\r\n\"0.5\",\"0.25\"\r\n",
	} {
		t.Run(says, func(t *testing.T) {
			trace, err := readTrace(strings.NewReader(text), usual)
			require.NoError(t, err)
			assert.Equal(t, &requester.Trace{
				Arrivals: []time.Duration{0, time.Second / 2, time.Second / 2},
				Work:     []time.Duration{0, 2 * time.Second, time.Second / 4},
			}, trace)
		})
	}
}

func TestTraceHasTraits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "trace.csv")
	require.NoError(t, os.WriteFile(path, []byte("arrival_seconds,work_seconds,key,priority,zone\n0,1,a,0,1\n1,1,b,1,0\n2,1,a,1,0\n3,1,,1,2\n"), 0o666))
	c := parsed(t, "-trace="+path+" -zone-delay=1ms -discipline=priority").Simulation
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
			"--requests=1: want at least two requests at different times, or there is no rate"},
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
	assert.InEpsilon(t, 0.7, c.Rate*meanWork(c.Trace)/capacity(&c), 4*0.045)
}
