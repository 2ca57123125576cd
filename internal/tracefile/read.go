// Package tracefile reads traces: CSV files that say when requests came and how much work they were, a line each. Its errors name
// the line, and what is wanted there.
//
// Next: package command, which fits a trace into a run.
package tracefile

import (
	"bufio"
	"bytes"
	"cmp"
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

// A Form says where in a trace the arrivals and the work stand, and how long a unit of each is. The columns of keys,
// priorities and zones are named so, and need not be there.
type Form struct {
	Arrival, Work         string
	ArrivalUnit, WorkUnit time.Duration // arrivals that are timestamps have no unit
	Sort                  bool          // rows may be in any order; else each arrives no earlier than the one above
}

// Stdin is the path that stands for the standard input.
const Stdin = "-"

// Read reads a trace. An error is one line, which begins with what is wanted, or with the number of the line that is wrong.
func Read(path string, of Form) (*requester.Trace, error) {
	if path == Stdin {
		return read(os.Stdin, of)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("want a CSV file that can be read: %w", option.Reason(err))
	}
	defer file.Close()
	return read(file, of)
}

// read reads CSV with a header line that names the columns.
func read(from io.Reader, of Form) (*requester.Trace, error) {
	text := bufio.NewReaderSize(from, 1<<16)
	if start, err := text.Peek(1 << 12); err != nil && err != io.EOF {
		return nil, fmt.Errorf("want a CSV file that can be read: %w", option.Reason(err))
	} else if bytes.IndexByte(start, 0) >= 0 {
		return nil, errors.New("want a CSV file, and not a binary one")
	} else if bytes.HasPrefix(start, []byte(byteOrderMark)) {
		_, _ = text.Discard(len(byteOrderMark)) // it has just been peeked at
	}
	t := &tracer{rows: csv.NewReader(&lineEnds{text}), form: of}
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
			return t.fromFirst(), nil
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
	form          Form
	first         instant
	from, to      time.Duration // the earliest and the latest arrival, since that of the first row
	trace         requester.Trace
}

// header finds the columns.
func (t *tracer) header(of Form) error {
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
	n := len(t.trace.Arrivals)
	if n == MaxRows {
		return fmt.Errorf("want at most %s rows", option.Grouped(MaxRows))
	}
	arrival, err := t.arrivalOf(row[t.arrival], n)
	if err != nil {
		return err
	}
	unit := t.form.WorkUnit
	work, ok := option.ParseDecimal(strings.TrimSpace(row[t.work]))
	if work *= float64(unit); !ok || work < 0 || work > float64(option.MaxLength) {
		return fmt.Errorf("want as work a number from 0 to %.4g, in units of %s, not %s",
			float64(option.MaxLength/unit), option.Short(unit), cell(row[t.work]))
	}
	t.trace.Arrivals = append(t.trace.Arrivals, arrival)
	t.trace.Work = append(t.trace.Work, time.Duration(math.Round(work)))
	return t.classes.add(row, &t.trace)
}

// arrivalOf reads the arrival of row n, since that of the first.
func (t *tracer) arrivalOf(text string, n int) (time.Duration, error) {
	at, ok := parseInstant(strings.TrimSpace(text))
	if n == 0 {
		t.first = at
	}
	if !ok || at.dated != t.first.dated {
		return 0, fmt.Errorf("want as arrival %s, not %s", t.first.like(n, t.form.ArrivalUnit), cell(text))
	}
	if at.dated && t.form.ArrivalUnit != time.Second {
		return 0, fmt.Errorf("want as arrival a number, in units of %s (--trace-arrival-unit), not %s", option.Short(t.form.ArrivalUnit), cell(text))
	}
	if err := at.plausible(t.form.ArrivalUnit); err != nil {
		return 0, fmt.Errorf("%w, not %s", err, cell(text))
	}
	arrival := at.since(t.first, t.form.ArrivalUnit)
	if !t.form.Sort && arrival < t.to {
		return 0, fmt.Errorf("want arrivals in order, and %s is before the line above; --trace-sort sorts them", cell(text))
	}
	t.from, t.to = min(t.from, arrival), max(t.to, arrival)
	if t.to-t.from > option.MaxLength {
		first := "the first"
		if t.form.Sort {
			first = "each other"
		}
		return 0, fmt.Errorf("want arrivals within %s of %s, not %s", option.Short(option.MaxLength), first, cell(text))
	}
	return arrival, nil
}

// fromFirst returns the trace with its rows in order, the first of them at 0. Rows of one instant stay in the order of the file.
func (t *tracer) fromFirst() *requester.Trace {
	rows := &t.trace
	for i := range rows.Arrivals {
		rows.Arrivals[i] -= t.from
	}
	if slices.IsSorted(rows.Arrivals) {
		return rows
	}
	order := make([]int32, len(rows.Arrivals)) // MaxRows fits
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(rows.Arrivals[a], rows.Arrivals[b]) })
	return &requester.Trace{
		Arrivals: inOrder(rows.Arrivals, order), Work: inOrder(rows.Work, order),
		Keys: inOrder(rows.Keys, order), Priorities: inOrder(rows.Priorities, order), Zones: inOrder(rows.Zones, order),
	}
}

// inOrder returns a column in another order; one that is not there stays so.
func inOrder[T any](column []T, order []int32) []T {
	if column == nil {
		return nil
	}
	sorted := make([]T, len(order))
	for i, row := range order {
		sorted[i] = column[row]
	}
	return sorted
}

// cell is what stands in a cell, as errors tell it.
func cell(text string) string {
	if strings.TrimSpace(text) == "" {
		return "an empty cell"
	}
	return option.Printable(text)
}
