package tracefile

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
)

var usual = Columns{"arrival_seconds", "work_seconds", time.Second}

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
