package tracefile

import (
	"bufio"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
)

var usual = Form{Arrival: "arrival_seconds", Work: "work_seconds", ArrivalUnit: time.Second, WorkUnit: time.Second}

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
		{"an arrival is too early", head + "0,1\n2,1\n1,1\n", "line 4: want arrivals in order, and 1 is before the line above; --trace-sort sorts them"},
		{"an arrival is before the first", head + "5,1\n4,1\n", "line 3: want arrivals in order, and 4 is before the line above; --trace-sort sorts them"},
		{"an arrival is too late", head + "0,1\n1e9,1\n", "line 3: want arrivals within 1000h of the first, not 1e9"},
		{"an arrival is empty", head + "0,1\n ,1\n", "line 3: want as arrival a number of seconds, not an empty cell"},
		{"a priority is empty", "arrival_seconds,work_seconds,priority\n0,1,\n", "line 2: want as priority a whole number from 0 to 9, not an empty cell"},
		{"seconds are milliseconds", head + "1700158546680,1\n", "line 2: want as arrival at most 1e11 seconds (--trace-arrival-unit=1ms?), not 1700158546680"},
		{"or microseconds", head + "1700158546680123,1\n", "line 2: want as arrival at most 1e11 seconds (--trace-arrival-unit=1us?), not 1700158546680123"},
		{"or nanoseconds", head + "-1700158546680123456,1\n", "line 2: want as arrival at most 1e11 seconds (--trace-arrival-unit=1ns?), not -1700158546680123456"},
		{"an arrival is absurd", head + "0,1\n1e300,1\n", "line 3: want as arrival at most 1e11 seconds, not 1e300"},
		{"a date is absurd", head + "0001-01-01 00:00:00,1\n9999-01-01 00:00:00,1\n", "line 3: want arrivals within 1000h of the first, not 9999-01-01 00:00:00"},
		{"work is negative", head + "0,-1\n", "line 2: want as work a number from 0 to 3.6e+06, in units of 1s, not -1"},
		{"work is empty", head + "0,\n", "line 2: want as work a number from 0 to 3.6e+06, in units of 1s, not an empty cell"},
		{"work overflows", head + "0,1e999\n", "line 2: want as work a number from 0 to 3.6e+06, in units of 1s, not 1e999"},
		{"work is too long", head + "0,1e7\n", "line 2: want as work a number from 0 to 3.6e+06, in units of 1s, not 1e7"},
		{"a priority is a number", "arrival_seconds,work_seconds,priority\n0,1,0\n1,1,high\n", "line 3: want as priority a whole number from 0 to 9, not high"},
		{"a zone is a number", "arrival_seconds,work_seconds,zone\n0,1,100\n", "line 2: want as zone a whole number from 0 to 99, not 100"},
		{"a key is there twice", "key,arrival_seconds,work_seconds,key\n0,1,1,0\n", "want only one column key"},
		{"a message stays on its line", head + "\"a\nb\",1\n",
			`line 2: want as arrival a number of seconds, or a timestamp such as 2023-11-16 18:15:46.68 or 2023-11-16T18:15:46Z, not "a\nb"`},
	} {
		t.Run(row.because, func(t *testing.T) {
			_, err := read(strings.NewReader(row.text), usual)
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
		"with an exponent":          "arrival_seconds,work_seconds\n0e5,0\n5000e-4,2e0\n+.05E1,0.25\n",
		"lines that end with a CR":  "arrival_seconds,work_seconds\r0,0\r0.5,2\r0.5,0.25\r",
		"as a spreadsheet saves it": byteOrderMark + "arrival_seconds, work_seconds\r\n0, 0\r\n0.5 ,2\r\n\"0.5\",\"0.25\"\r\n",
	} {
		t.Run(says, func(t *testing.T) {
			trace, err := read(strings.NewReader(text), usual)
			require.NoError(t, err)
			assert.Equal(t, &requester.Trace{
				Arrivals: []time.Duration{0, time.Second / 2, time.Second / 2},
				Work:     []time.Duration{0, 2 * time.Second, time.Second / 4},
			}, trace)
		})
	}
}

// TestArrivalsAreDecimals: a float64 has 53 bits, and nanoseconds since 1970 need 61.
func TestArrivalsAreDecimals(t *testing.T) {
	const ms, us = time.Millisecond, time.Microsecond
	for _, row := range []struct {
		says     string
		unit     time.Duration
		arrivals string
		want     []time.Duration
	}{
		{"epoch seconds with nanoseconds", time.Second, "1700158546.680123456 1700158546.680123957 1700158546.680124456", []time.Duration{0, 501, 1000}},
		{"epoch milliseconds", ms, "1700158546680 1700158546681 1700158550746", []time.Duration{0, ms, 4066 * ms}},
		{"with a fraction", ms, "1700158546680.5 1700158546680.500001", []time.Duration{0, 1}},
		{"epoch microseconds", us, "1700158546680123 1700158546680124.001", []time.Duration{0, 1001}},
		{"epoch nanoseconds", 1, "1700158546680123456 1700158546680123957", []time.Duration{0, 501}},
		{"below a nanosecond it is the nearest", 1, "0.4 1.0 1.89 2.9", []time.Duration{0, 1, 1, 3}},
		{"across zero", time.Second, "-0.75 -0.5 0.25 1", []time.Duration{0, 250 * ms, time.Second, 1750 * ms}},
		{"hours", time.Hour, "0 0.5 999.999999999999", []time.Duration{0, 30 * time.Minute, 1000*time.Hour - 4}},
		{"exponents", time.Second, "1.7e9 17000000005e-1 1700001E+3", []time.Duration{0, 500 * ms, 1000 * time.Second}},
		{"a long way to go to a small number", time.Second, "0 1" + strings.Repeat("0", 300) + "e-300 2", []time.Duration{0, time.Second, 2 * time.Second}},
		{"and to a large one", time.Second, "0 0." + strings.Repeat("0", 300) + "1e301 2", []time.Duration{0, time.Second, 2 * time.Second}},
		{"next to nothing", time.Second, "0 1e-300 1e-99999 1e-9", []time.Duration{0, 0, 0, 1}},
	} {
		t.Run(row.says, func(t *testing.T) {
			form := usual
			form.ArrivalUnit = row.unit
			trace, err := read(strings.NewReader("arrival_seconds,work_seconds\n"+strings.ReplaceAll(row.arrivals, " ", ",1\n")+",1\n"), form)
			require.NoError(t, err)
			assert.Equal(t, row.want, trace.Arrivals)
		})
	}
}

func TestOnlyNumbersHaveAUnit(t *testing.T) {
	form := usual
	form.ArrivalUnit = time.Millisecond
	_, err := read(strings.NewReader("arrival_seconds,work_seconds\n2023-11-16 18:15:46,1\n"), form)
	assert.EqualError(t, err, "line 2: want as arrival a number, in units of 1ms (--trace-arrival-unit), not 2023-11-16 18:15:46")
	_, err = read(strings.NewReader("arrival_seconds,work_seconds\nsoon,1\n"), form)
	assert.EqualError(t, err, "line 2: want as arrival a number, in units of 1ms, not soon")
}

// TestRowsAreSorted: all of a row moves with its arrival, and rows of one instant stay in the order of the file.
func TestRowsAreSorted(t *testing.T) {
	form := usual
	form.Sort = true
	trace, err := read(strings.NewReader("arrival_seconds,work_seconds,priority\n5,1,0\n7,2,1\n4,3,2\n5,4,3\n"), form)
	require.NoError(t, err)
	assert.Equal(t, &requester.Trace{
		Arrivals:   []time.Duration{0, time.Second, time.Second, 3 * time.Second},
		Work:       []time.Duration{3 * time.Second, time.Second, 4 * time.Second, 2 * time.Second},
		Priorities: []uint8{2, 0, 3, 1},
	}, trace)
	_, err = read(strings.NewReader("arrival_seconds,work_seconds\n0,1\n-3000000,1\n1000000,1\n"), form)
	assert.EqualError(t, err, "line 4: want arrivals within 1000h of each other, not 1000000")
}

// TestALoneCarriageReturnEndsALine wherever a read ends, and does not count a line twice.
func TestALoneCarriageReturnEndsALine(t *testing.T) {
	for text, want := range map[string]string{"a\rb\r\nc\r\rd\n\re\r": "a\nb\r\nc\n\nd\n\ne\n", "\r\n": "\r\n", "\r": "\n", "": ""} {
		for size := 1; size < 5; size++ {
			from := &lineEnds{bufio.NewReaderSize(iotest.OneByteReader(strings.NewReader(text)), 16)}
			var got []byte
			for p := make([]byte, size); ; {
				n, err := from.Read(p)
				got = append(got, p[:n]...)
				if err == io.EOF {
					break
				}
				require.NoError(t, err)
			}
			assert.Equal(t, want, string(got))
		}
	}
}

func FuzzTrace(f *testing.F) {
	for _, s := range []string{"arrival_seconds,work_seconds\n0,1\n1,2\n", "arrival_seconds,work_seconds\n2023-11-16 18:15:46.6805900,1\n2023-11-16T18:15:47Z,0\n",
		"", "\n", "a,b\n", "arrival_seconds,work_seconds\n", "arrival_seconds,work_seconds\n1,1\n0,1\n", "arrival_seconds,work_seconds\n\"0,1\n", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		trace, err := read(strings.NewReader(s), usual)
		if err != nil {
			assert.NotContains(t, err.Error(), "\n")
			assert.Contains(t, err.Error(), "want ")
			return
		}
		require.NotEmpty(t, trace.Arrivals)
		require.Len(t, trace.Work, len(trace.Arrivals))
		assert.Zero(t, trace.Arrivals[0])
		for i, at := range trace.Arrivals {
			assert.True(t, 0 <= at && at <= option.MaxLength && (i == 0 || trace.Arrivals[i-1] <= at))
			assert.True(t, 0 <= trace.Work[i] && trace.Work[i] <= option.MaxLength)
		}
	})
}
