package worker

import (
	"context"
	"time"

	"waza/internal/option"
	"waza/requester"
)

// A Retry says how a worker itself tries again what has failed, like the consumer of a queue that keeps a message, sleeps, and processes it
// again, until it has succeeded or has tried so many times. Meanwhile the slot is held and counts as busy, so the queue waits. All tries
// together are one execution, whose service lasts from the start of the first to the end of the last, and have one answer. What comes
// before the last try is wasted, whatever that brings. Each try meets faults anew. The zero Retry tries once.
type Retry struct {
	Interval time.Duration // from the failure of one try to the next
	Attempts int           // tries of a message, the first included; 0 and 1: no retry
}

var (
	retryInterval = option.New("interval", option.Length(1), "30s", "from a failure to the next try")
	retryAttempts = option.New("attempts", option.Whole(2, 1_000_000), "10000", "tries of a message at most, the first included")
)

// ParseRetry reads on, or INTERVAL, attempts=N, or both with a comma between.
func ParseRetry(text string) (Retry, error) {
	if text = ":" + text; text == ":on" {
		text = ""
	}
	c, set := option.ParseClause(text), option.Values{}
	c.Expect(min(1, len(c.Values)), retryAttempts.Name())
	c.Read(retryAttempts, set)
	r := Retry{retryInterval.In(set), retryAttempts.In(set)}
	if len(c.Values) > 0 {
		r.Interval = c.Length(0, retryInterval.Name(), 1)
	}
	return r, c.ErrorAsIn("30s,attempts=10000")
}

// On tells whether anything is tried again.
func (r Retry) On() bool { return r.Attempts > 1 }

func (r Retry) String() string {
	if !r.On() {
		return "none"
	}
	return option.Short(r.Interval) + ",attempts=" + retryAttempts.Text(option.Values{retryAttempts.Name(): r.Attempts})
}

// Chance is the probability with which the fault lets a service fail that begins while it lasts.
func (f Fault) Chance() float64 {
	switch e := f.effect().(type) {
	case flaky:
		return e.p
	case failFast:
		return 1
	}
	return 0
}

// try sleeps for as long as the request's work takes here, and returns when that ended and how it went; failed tells whether another try
// might go better.
func (s *Slot) try(job *Job, began time.Duration) (finished time.Duration, verdict requester.Verdict, failed bool) {
	r := job.Request
	end, verdict, whole := s.Fate.ends(began, s.service(r, began))
	if whole {
		finished, whole = s.sleep(began, end-began)
		verdict = s.verdict(r, began)
		failed = whole && verdict == requester.Failed
	} else {
		finished, whole = s.rest(began, end)
		s.perish(job)
	}
	if !whole {
		verdict = requester.Cancelled
	}
	return finished, verdict, failed
}

// persist tries again what has failed at that instant, and returns when the last try ended and how it went. It stops if the next try could
// not begin in time.
func (s *Slot) persist(ctx context.Context, job *Job, now time.Duration) (finished time.Duration, verdict requester.Verdict) {
	finished, verdict = now, requester.Failed
	for tries, failed := 1, true; failed && tries < s.Retry.Attempts && s.Resolution.Before(finished+s.Retry.Interval, job.Request.End); tries++ {
		if finished, verdict = s.await(ctx, job, finished); verdict != requester.Succeeded {
			break
		}
		s.Tally.Retried++
		s.tell(requester.Retries, job.Request, finished, requester.Failed)
		s.number(tries)
		s.tried = finished
		finished, verdict, failed = s.try(job, finished)
	}
	s.number(0)
	return finished, verdict
}

// await sleeps until the next try, and for as long as the worker then stands still. It returns Succeeded if there is to be a next try; there
// is none if the worker has died, the run is over, or nobody waits for an answer any more.
func (s *Slot) await(ctx context.Context, job *Job, now time.Duration) (time.Duration, requester.Verdict) {
	due, _, alive := s.Fate.lives(now, now+s.Retry.Interval)
	woke, whole := s.sleep(now, due-now)
	if alive && whole {
		woke = s.standStill(woke)
	}
	verdict, lost := s.Fate.buries(job.Dispatched, woke)
	switch {
	case !whole || ctx.Err() != nil:
		return woke, requester.Cancelled
	case lost:
		s.perish(job)
		return woke, verdict
	case job.Claim != nil && job.Claim.over():
		job.Withdrawn = true
		return woke, requester.Lost
	case job.Request.Loser():
		return woke, requester.Failed
	}
	return woke, requester.Succeeded
}

// number tells the troubles the number of the present try, from 0, so that they draw anew for each.
func (s *Slot) number(try int) {
	for i := range s.Faults {
		s.Faults[i].try = uint64(try)
	}
}
