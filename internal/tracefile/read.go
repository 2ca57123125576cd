// Package tracefile reads traces: CSV files that say when requests came and how much work they were, a line each. Its errors name
// the line, and what is wanted there.
//
// Next: package command, which fits a trace into a run.
package tracefile

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"waza/internal/option"
	"waza/requester"
)

// MaxRows is the most rows that are read.
const MaxRows = 10_000_000

// Columns says where in a trace the arrivals and the work stand, and what one unit of work takes. The columns of keys,
// priorities and zones are named so, and need not be there.
type Columns struct {
	Arrival, Work string
	Unit          time.Duration
}

// Read reads a trace. An error is one line, which begins with what is wanted, or with the number of the line that is wrong.
func Read(path string, of Columns) (*requester.Trace, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("want a CSV file that can be read: %w", option.Reason(err))
	}
	defer file.Close()
	return read(file, of)
}

// read reads CSV with a header line that names the columns.
func read(from io.Reader, of Columns) (*requester.Trace, error) {
	text := bufio.NewReaderSize(from, 1<<16)
	if start, err := text.Peek(1 << 12); err != nil && err != io.EOF {
		return nil, fmt.Errorf("want a CSV file that can be read: %w", option.Reason(err))
	} else if bytes.IndexByte(start, 0) >= 0 {
		return nil, errors.New("want a CSV file, and not a binary one")
	} else if bytes.HasPrefix(start, []byte(byteOrderMark)) {
		_, _ = text.Discard(len(byteOrderMark)) // it has just been peeked at
	}
	t := &tracer{rows: csv.NewReader(text), unit: of.Unit}
	t.rows.ReuseRecord = true
	if err := t.header(of); err != nil {
		return nil, err
	}
	for {
		row, err := t.rows.Read()
		switch {
		case err == io.EOF && len(t.trace.Arrivals) == 0:
			return nil, errors.New("want rows below the header line")
		case err == io.EOF:
			return &t.trace, nil
		case err != nil:
			return nil, malformed(err)
		}
		if err := t.add(row); err != nil {
			line, _ := t.rows.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// byteOrderMark is what spreadsheets write before the first name.
const byteOrderMark = "\uFEFF"

// A tracer is reading a trace.
type tracer struct {
	rows          *csv.Reader
	arrival, work int // which columns
	classes       classColumns
	unit          time.Duration
	first         instant
	trace         requester.Trace
}

// header finds the columns.
func (t *tracer) header(of Columns) error {
	names, err := t.rows.Read()
	if err == io.EOF {
		return errors.New("want a header line that names the columns, and the file is empty")
	}
	if err != nil {
		return malformed(err)
	}
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	if t.arrival, err = find(names, of.Arrival, "trace-arrival"); err != nil {
		return err
	}
	if t.work, err = find(names, of.Work, "trace-work"); err != nil {
		return err
	}
	t.classes, err = findClasses(names, t.arrival, t.work)
	return err
}

// find returns the number of the column of that name.
func find(names []string, name, flag string) (int, error) {
	i := slices.Index(names, name)
	if i < 0 {
		return 0, fmt.Errorf("want a column %s (--%s) among %s%s",
			option.Printable(name), flag, option.Printable(strings.Join(names, ", ")), option.Printable(option.Suggestion(name, names)))
	}
	if slices.Contains(names[i+1:], name) {
		return 0, fmt.Errorf("want only one column %s", option.Printable(name))
	}
	return i, nil
}

// malformed puts the errors of encoding/csv into ours.
func malformed(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("line %d: want a row of CSV: %w", parse.Line, parse.Err)
	}
	return fmt.Errorf("want a CSV file that can be read: %w", option.Reason(err))
}

// add takes in one row.
func (t *tracer) add(row []string) error {
	at, ok := parseInstant(strings.TrimSpace(row[t.arrival]))
	n := len(t.trace.Arrivals)
	if n == 0 {
		t.first = at
	}
	if !ok || at.dated != t.first.dated {
		return fmt.Errorf("want as arrival %s, not %s", t.first.like(n), option.Printable(row[t.arrival]))
	}
	arrival := at.since(t.first)
	switch {
	case n == MaxRows:
		return fmt.Errorf("want at most %s rows", option.Grouped(MaxRows))
	case arrival < 0 || n > 0 && arrival < t.trace.Arrivals[n-1]:
		return errors.New("want arrivals in order, and " + option.Printable(row[t.arrival]) + " is before the line above")
	case arrival > option.MaxLength:
		return fmt.Errorf("want arrivals within %s of the first, not %s", option.Short(option.MaxLength), option.Printable(row[t.arrival]))
	}
	work, ok := option.ParseDecimal(strings.TrimSpace(row[t.work]))
	if work *= float64(t.unit); !ok || work < 0 || work > float64(option.MaxLength) {
		return fmt.Errorf("want as work a number from 0 to %s, in units of %s, not %s",
			fmt.Sprintf("%.4g", float64(option.MaxLength/t.unit)), option.Short(t.unit), option.Printable(row[t.work]))
	}
	t.trace.Arrivals = append(t.trace.Arrivals, arrival)
	t.trace.Work = append(t.trace.Work, time.Duration(math.Round(work)))
	return t.classes.add(row, &t.trace)
}

// An instant is when a request of the trace began: a date, or a number of seconds since anything.
type instant struct {
	dated   bool
	date    time.Time
	seconds float64
}

// parseInstant reads either form, with or without fractions of a second.
func parseInstant(s string) (instant, bool) {
	if x, ok := option.ParseDecimal(s); ok {
		return instant{seconds: x}, true
	}
	for _, form := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05"} {
		if date, err := time.Parse(form, s); err == nil {
			return instant{dated: true, date: date}, true
		}
	}
	return instant{}, false
}

// since returns the time from first to i; far beyond what is allowed it is just very long.
func (i instant) since(first instant) time.Duration {
	if i.dated {
		return i.date.Sub(first.date)
	}
	nanoseconds := math.Round((i.seconds - first.seconds) * float64(time.Second))
	return time.Duration(max(-math.MaxInt64/2, min(nanoseconds, math.MaxInt64/2)))
}

// like says what the arrivals of the trace look like, from its second row on like the first one.
func (i instant) like(row int) string {
	switch {
	case row == 0:
		return "a number of seconds, or a timestamp such as 2023-11-16 18:15:46.68 or 2023-11-16T18:15:46Z"
	case i.dated:
		return "a timestamp"
	default:
		return "a number of seconds"
	}
}
