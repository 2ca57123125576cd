package report

import (
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
	Reason     requester.Reason // why it was rejected, if it was
	Start      time.Duration    // intended
	Dispatched time.Duration
	Began      time.Duration
	Finished   time.Duration
}

// log keeps an entry of every request, in a Log.
type log struct{ spool *spool }

func newLog(chunk int, scale int64) *log { return &log{newSpool(chunk, scale)} }

func (l *log) add(block []requester.Outcome) {
	for i := range block {
		o := &block[i]
		l.spool.add(Entry{
			ID: o.ID, Requester: int32(o.Requester), Worker: int32(o.Worker), Attempts: int32(o.Tries()), Verdict: o.Verdict, Reason: o.Reason,
			Start: o.Start, Dispatched: o.Dispatched, Began: o.Began, Finished: o.Finished,
		})
	}
}

func (l *log) describe(r *Result, _ *ending) { r.Log = l.spool.end() }
