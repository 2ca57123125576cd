package report

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"waza/requester"
)

// logColumns are those of the requests log; times are in seconds since the start of the run.
var logColumns = []string{
	"strategy", "id", "requester", "intended_start_seconds", "attempts", "worker",
	"dispatch_seconds", "service_start_seconds", "finish_seconds", "verdict",
}

// WriteLog writes the requests logs of runs that kept theirs, as CSV: a header and one line per request, ordered by
// intended start within each run. Worker and times are those of the answering attempt, else the last; what did not
// happen is an empty cell.
func WriteLog(w io.Writer, runs []Result) error {
	header := csv.NewWriter(w)
	if err := header.Write(logColumns); err != nil {
		return err
	}
	header.Flush()
	if err := header.Error(); err != nil {
		return err
	}
	for i := range runs {
		if _, err := w.Write(runs[i].Log); err != nil {
			return err
		}
	}
	return nil
}

// writeLogRows sorts the outcomes of one run and writes them.
func writeLogRows(w io.Writer, strategy string, outcomes []requester.Outcome) error {
	slices.SortFunc(outcomes, func(a, b requester.Outcome) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID))
	})
	out := csv.NewWriter(w)
	for i := range outcomes {
		if err := out.Write(logRow(strategy, &outcomes[i])); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func logRow(strategy string, o *requester.Outcome) []string {
	worker := ""
	if o.Worker != requester.None {
		worker = strconv.Itoa(o.Worker)
	}
	return []string{
		strategy, strconv.Itoa(o.ID), strconv.Itoa(o.Requester), instant(o.Start), strconv.Itoa(o.Tries()), worker,
		instant(o.Dispatched), instant(o.Began), instant(o.Finished), o.Verdict.String(),
	}
}

// instant writes an instant in seconds, exactly; one that never came is empty.
func instant(at time.Duration) string {
	if at == requester.Never {
		return ""
	}
	return fmt.Sprintf("%d.%09d", at/time.Second, at%time.Second)
}
