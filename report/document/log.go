package document

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"waza/report"
	"waza/requester"
)

// logColumns are those of the requests log; times are in seconds since the start of the run.
var logColumns = []string{
	"strategy", "id", "requester", "intended_start_seconds", "attempts", "worker",
	"dispatch_seconds", "service_start_seconds", "finish_seconds", "verdict", "reason",
}

// WriteLog writes the requests logs of the runs that kept theirs, as CSV: a header and one line per request, ordered by
// intended start within each run. What did not happen is an empty cell. Its error is that of w, or of a log that is not whole.
func (d Document) WriteLog(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(logColumns); err != nil {
		return err
	}
	for i := range d.Runs {
		if err := writeLog(out, &d.Runs[i]); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func writeLog(out *csv.Writer, r *report.Result) error {
	if r.Log == nil {
		return nil
	}
	for e := range r.Log.All() {
		if err := out.Write(logRow(r, &e)); err != nil {
			return err
		}
	}
	return r.Log.Err()
}

func logRow(r *report.Result, e *report.Entry) []string {
	worker := ""
	if e.Worker != requester.None {
		worker = strconv.Itoa(int(e.Worker))
	}
	return []string{
		r.Strategy, strconv.Itoa(e.ID), strconv.Itoa(int(e.Requester)), instant(e.Start), strconv.Itoa(int(e.Attempts)), worker,
		instant(e.Dispatched), instant(e.Began), instant(e.Finished), e.Verdict.String(), reason(r, e.Reason),
	}
}

// reason is why a request was rejected: what its regulator is called, or one of a few words; empty where it was not.
func reason(r *report.Result, why requester.Reason) string {
	if number := int(why) - int(requester.Regulated); number >= 0 && number < len(r.Regulators) {
		return r.Regulators[number].Regulator
	}
	return why.String()
}

// instant writes an instant in seconds, exactly; one that never came is empty.
func instant(at time.Duration) string {
	if at == requester.Never {
		return ""
	}
	return fmt.Sprintf("%d.%09d", at/time.Second, at%time.Second)
}
