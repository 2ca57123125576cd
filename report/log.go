package report

import (
	"cmp"
	"slices"
	"time"

	"waza/requester"
)

// An Entry is one request in the log. Its instants are since the start of the run, Never where it did not come to that;
// worker and times are those of the answering attempt, else of the last.
type Entry struct {
	ID         int
	Requester  int32
	Worker     int32 // None if it reached none
	Attempts   int32
	Verdict    requester.Verdict
	Start      time.Duration // intended
	Dispatched time.Duration
	Began      time.Duration
	Finished   time.Duration
}

// log keeps an entry of every request.
type log struct{ entries []Entry }

func (l *log) add(block []requester.Outcome) {
	for i := range block {
		o := &block[i]
		l.entries = append(l.entries, Entry{
			ID: o.ID, Requester: int32(o.Requester), Worker: int32(o.Worker), Attempts: int32(o.Tries()), Verdict: o.Verdict,
			Start: o.Start, Dispatched: o.Dispatched, Began: o.Began, Finished: o.Finished,
		})
	}
}

// describe puts the entries in the order of their intended starts.
func (l *log) describe(r *Result, _ *ending) {
	slices.SortFunc(l.entries, func(a, b Entry) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID)) })
	r.Log = l.entries
}
