package document

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"waza/report"
)

// headline is the part of the configuration that stands above the table, where it is given.
var headline = []string{
	"workers", "speeds", "weights", "concurrency", "balancers", "requesters", "requests", "duration", "arrivals", "trace", "load",
	"rate", "think", "work", "jitter", "keys", "priorities", "priority-work", "tiers", "zones", "zone-delay",
	"queue", "backlog", "discipline", "when-full", "stale", "refresh", "timeout", "deadline", "retries", "fault",
}

// WriteText writes the table for people: what was run, one line per run, what was checked, what to know, the verdict.
func (d Document) WriteText(w io.Writer) error {
	var b bytes.Buffer
	d.writeHead(&b)
	d.writeWaiting(&b)
	d.Runs = d.begun()
	if len(d.Runs) > 0 {
		b.WriteByte('\n')
		if err := d.writeTables(&b); err != nil {
			return err
		}
		b.WriteByte('\n')
		d.writeAccounts(&b)
		writeGrouped(&b, d.Runs, notes)
		b.WriteByte('\n')
		writeWrapped(&b, strings.Fields(d.verdict()), " ")
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (d Document) writeHead(b *bytes.Buffer) {
	fmt.Fprintln(b, d.Command)
	head := []string{fmt.Sprintf("seed %d", d.Seed), d.Clock + " clock"}
	if d.Scenario != nil {
		head = append(head, "scenario "+*d.Scenario)
	}
	for _, name := range headline {
		i := slices.IndexFunc(d.Config, func(s Setting) bool { return s.Name == name })
		if i >= 0 && !unset(name, d.Config[i].Value) {
			head = append(head, fmt.Sprintf("%s %v", name, d.Config[i].Value))
		}
	}
	writeWrapped(b, head, " · ")
	if d.Interrupted {
		fmt.Fprintln(b, "INTERRUPTED: these are the figures of what ran until then.")
	}
}

// begun are the runs of which something ran. All are if none has: there is nothing else to show.
func (d Document) begun() []report.Result {
	begun := slices.DeleteFunc(slices.Clone(d.Runs), func(r report.Result) bool { return r.Requests.Issued == 0 })
	if len(begun) == 0 {
		return d.Runs
	}
	return begun
}

// writeWaiting names the runs that an interruption left no time to begin.
func (d Document) writeWaiting(b *bytes.Buffer) {
	var names []string
	for _, r := range d.Runs {
		if r.Requests.Issued == 0 {
			names = append(names, labelOf(&r))
		}
	}
	if n := len(names); n > 0 && n < len(d.Runs) {
		writeWrapped(b, strings.Fields("Not begun: "+strings.Join(names, ", ")+"."), " ")
	}
}

// unset tells whether a setting says nothing about the run. No retries are none, and one balancer is as usual, but a queue
// without a place is not; and requests that wait go in the order of their arrival unless the flag says otherwise.
func unset(name string, v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == "" || v == "none" || name == "discipline" && v == "fifo" || name == "zone-delay" && v == "0s"
	}
	return (name == "retries" || name == "jitter") && fmt.Sprint(v) == "0" || name == "balancers" && fmt.Sprint(v) == "1"
}

// writeAccounts says what became of the requests, and whether all of it is accounted for.
func (d Document) writeAccounts(b *bytes.Buffer) {
	writeGrouped(b, d.Runs, func(r *report.Result) []string { return []string{sentence(&r.Requests)} })
	writeGrouped(b, d.Runs, func(r *report.Result) []string {
		if r.Unaccounted != "" {
			return []string{"NOT ACCOUNTED FOR: " + r.Unaccounted}
		}
		return []string{"accounted for: requests, attempts and executions agree everywhere, " +
			"Little's law and the utilisation law hold to the nanosecond"}
	})
	writeGrouped(b, d.Runs, func(r *report.Result) []string {
		return []string{fmt.Sprintf("measured: %s that began in the window", counted(r.MeasuredRequests, "request"))}
	})
	b.WriteString("latency: from the intended start, of measured requests that succeeded\n")
}

// sentence says how many requests there were and what became of them.
func sentence(q *report.RequestCounts) string {
	if q.Succeeded == q.Issued && q.Issued > 0 {
		return counted(q.Issued, "request") + " issued, all succeeded"
	}
	s := counted(q.Issued, "request") + " issued"
	for _, v := range []struct {
		n    int
		word string
	}{
		{q.Succeeded, "succeeded"}, {q.Failed, "failed"}, {q.TimedOut, "timed out"},
		{q.Rejected, "rejected"}, {q.Cancelled, "cancelled"}, {q.Lost, "lost"},
	} {
		if v.n > 0 {
			s += fmt.Sprintf(", %d %s", v.n, v.word)
		}
	}
	return s
}

// writeGrouped writes what is to be said of the runs, once for all runs of which the same is said.
func writeGrouped(b *bytes.Buffer, runs []report.Result, say func(*report.Result) []string) {
	var lines []string
	of := map[string][]string{}
	for i := range runs {
		for _, line := range say(&runs[i]) {
			if of[line] == nil {
				lines = append(lines, line)
			}
			of[line] = append(of[line], labelOf(&runs[i]))
		}
	}
	for _, line := range lines {
		if labels := of[line]; len(labels) < len(runs) {
			line = strings.Join(labels, ", ") + ": " + line
		}
		writeWrapped(b, strings.Fields(line), " ")
	}
}

// writeWrapped writes items in lines of at most 120 columns, where an item fits.
func writeWrapped(b *bytes.Buffer, items []string, between string) {
	line := ""
	for i, item := range items {
		if i < len(items)-1 {
			item += between
		}
		if line != "" && utf8.RuneCountInString(line+item) > 120 {
			fmt.Fprintln(b, strings.TrimRight(line, " "))
			line = "  "
		}
		line += item
	}
	fmt.Fprintln(b, line)
}
