package document

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"waza/report"
)

// headline is the part of the configuration that stands above the table, where it is given.
var headline = []string{
	"workers", "min-workers", "max-workers", "scale-interval", "start-delay", "idle-timeout", "linger", "speeds", "weights", "concurrency", "balancers",
	"proxies", "proxy-strategy", "proxy-weights", "proxy-concurrency", "proxy-queue", "proxy-work", "proxy-waits", "requesters", "requests", "duration", "arrivals", "trace", "load",
	"rate", "think", "work", "jitter", "keys", "priorities", "priority-work", "tiers", "zones", "zone-delay",
	"upload", "bandwidth", "slow-requesters", "buffer-uploads",
	"queue", "queues", "backlog", "discipline", "ageing", "codel", "when-full", "limit", "regulator", "stuck", "resize", "stale", "refresh", "timeout", "deadline",
	"propagate-deadline", "retries", "hedge", "retry-budget", "min-retries-per-second", "fault", "heartbeat", "claim", "announcement-loss", "message-retry",
	"health", "outlier", "breaker", "panic", "slow-start", "sweep", "find", "slo",
}

// WriteText writes the table for people: what was run, one line per run, what was checked, what to know, the verdict.
func (d Document) WriteText(w io.Writer) error {
	var p page
	_, p.width = d.width()
	d.writePlayed(&p)
	d.writeHead(&p)
	d.writeWaiting(&p)
	d.Runs = d.shown()
	d.Runs = d.begun()
	if len(d.Runs) > 0 {
		p.WriteByte('\n')
		if err := d.writeTables(&p); err != nil {
			return err
		}
		p.WriteByte('\n')
		d.writeAccounts(&p)
		p.noted(d.Runs, notes)
		p.noted(d.Runs, d.occasions)
		p.noted(d.Runs, d.silence)
		if len(d.Found) == 0 { // then the verdict says it
			p.noted(d.Runs, kept)
		}
		if len(d.Runs) <= mostStories {
			p.noted(d.Runs, story)
			p.noted(d.Runs, perWorker)
		}
		if says := d.assumed(); says != "" {
			p.prose(says)
		}
		p.WriteByte('\n')
		for line := range strings.SplitSeq(d.verdict(), "\n") {
			p.prose(line)
		}
		if knees := d.knees(); knees != "" {
			p.prose(knees)
		}
	}
	d.writeLookFor(&p)
	_, err := w.Write(p.Bytes())
	return err
}

func (d Document) writeHead(p *page) {
	p.command(d.words())
	head := []string{d.seeds(), d.Clock + " clock"}
	if d.Scenario != nil {
		head = append(head, "scenario "+*d.Scenario)
	}
	for _, name := range headline {
		i := slices.IndexFunc(d.Config, func(s Setting) bool { return s.Name == name })
		if i >= 0 && !unset(name, d.Config[i].Value) {
			head = append(head, d.Config[i].read()...)
		}
	}
	p.wrapped(head, " · ")
	if !d.partial() {
		return
	}
	state, of := "NOT ALL: ", "of what ran until then"
	if d.Interrupted {
		state = "INTERRUPTED: "
	}
	if d.Sought != "" && len(d.Found) == 0 {
		state += "the search for --" + visible(d.Sought) + " did not come to its end; "
	}
	if len(d.Missing) > 0 {
		of = "of the runs that came to their end; " + d.missing()
	}
	p.prose(state + "these are the figures " + of + ".")
}

// words are those of the command.
func (d Document) words() []string {
	words := d.Words
	if len(words) == 0 {
		words = []string{d.Command}
	}
	var all []string
	for _, word := range words {
		all = append(all, visible(word))
	}
	return all
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
func (d Document) writeWaiting(p *page) {
	var names []string
	for _, r := range d.Runs {
		if r.Requests.Issued == 0 {
			names = append(names, labelOf(&r))
		}
	}
	if n := len(names); n > 0 && n < len(d.Runs) {
		p.prose("Not begun: " + strings.Join(names, ", ") + ".")
	}
}

// unset tells whether a setting says nothing about the run. No retries are none, one balancer is as usual, and so is it that nobody
// serves what was given up, but a queue without a place is not; and requests that wait go in the order of their arrival unless
// the flag says otherwise.
func unset(name string, v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == "" || v == "none" || name == "discipline" && v == "fifo" || (name == "zone-delay" || name == "start-delay") && v == "0s"
	}
	if name == "buffer-uploads" {
		return v == false
	}
	return (name == "retries" || name == "jitter" || name == "announcement-loss") && fmt.Sprint(v) == "0" || name == "balancers" && fmt.Sprint(v) == "1" ||
		name == "propagate-deadline" && v == true || name == "proxy-waits" && v == false
}

// writeAccounts says what became of the requests, and whether all of it is accounted for.
func (d Document) writeAccounts(p *page) {
	p.noted(d.Runs, func(r *report.Result) []note {
		if len(d.Runs) > mostSentences {
			return []note{sentence(&r.Requests)}
		}
		return []note{plain(shared([]note{sentence(&r.Requests)}))}
	})
	p.noted(d.Runs, func(r *report.Result) []note {
		if r.Unaccounted != "" {
			return []note{plain("NOT ACCOUNTED FOR: " + r.Unaccounted)}
		}
		return []note{plain("accounted for: requests, attempts and executions agree everywhere, " +
			"Little's law and the utilisation law hold to the nanosecond")}
	})
	p.noted(d.Runs, func(r *report.Result) []note {
		measured := []value{count(r.MeasuredRequests, "request")}
		if r.Unopened { // a note says why
			return []note{{"measured: %s, all that began", measured}}
		}
		return []note{{"measured: %s that began in the window", measured}}
	})
	p.prose("latency: from the intended start, of measured requests that succeeded")
	d.writeSeeds(p)
}

// mostSentences is how many runs may each have a sentence of their own about their requests; of more it is said from what to what
// they reach.
const mostSentences = 10

// sentence says how many requests there were and what became of them.
func sentence(q *report.RequestCounts) note {
	n := note{"%s issued", []value{count(q.Issued, "request")}}
	if q.Succeeded == q.Issued && q.Issued > 0 {
		n.says += ", all succeeded"
		return n
	}
	for _, v := range []struct {
		n    report.Count
		word string
	}{
		{q.Succeeded, "succeeded"}, {q.Failed, "failed"}, {q.TimedOut, "timed out"},
		{q.Rejected, "rejected"}, {q.Cancelled, "cancelled"}, {q.Lost, "lost"},
	} {
		if v.n > 0 {
			n.says += ", %s " + v.word
			n.values = append(n.values, many(v.n))
		}
	}
	return n
}
