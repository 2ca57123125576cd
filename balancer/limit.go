package balancer

import (
	"fmt"
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// A gate stands between the backlog and the workers. While one is shut no request finds a worker, as if none had room. A gate that shuts has
// to open by a completion or by an appointment: a dispatch follows both.
type gate interface{ open() bool }

// open tells whether all gates are open.
func (b *Balancer) open() bool {
	for _, g := range b.gates {
		if !g.open() {
			return false
		}
	}
	return true
}

// A limiter is adaptive concurrency: a gate that is open while fewer requests are out than a limit. Its law moves the limit with every
// completion.
type limiter struct {
	law      law
	limit    float64 // of which the whole part counts
	min, max float64
	out      int // what the members hold; not what workers still finish that leave or are suspected
}

// A law says how a limit moves (package concurrency-limits by Netflix, 2018).
type law interface {
	next(limit float64, s sample) float64
}

// A sample is what one completion tells of the workers.
type sample struct {
	sent, done time.Duration
	inFlight   int  // jobs that were out when it was sent, itself included
	lost       bool // no worker served it: it was skipped, or a fault swallowed it
}

// These are what every law takes; each has its range in one place.
var (
	limitStart = option.New("start", option.Whole(1, maxLimit), "20", "requests that may be out at first")
	limitMin   = option.New("min", option.Whole(1, maxLimit), "1", "requests that may be out at least")
	limitMax   = option.New("max", option.Whole(1, maxLimit), "1000", "requests that may be out at most")
)

// maxLimit is more than all workers have room for.
const maxLimit = 1_000_000_000

func newLimiter(set option.Values, l law) watcher {
	return &limiter{law: l, limit: float64(limitStart.In(set)), min: float64(limitMin.In(set)), max: float64(limitMax.In(set))}
}

// checkLimit refuses bounds between which the start does not lie.
func checkLimit(set option.Values) error {
	least, start, most := limitMin.In(set), limitStart.In(set), limitMax.In(set)
	if least > start || start > most {
		return fmt.Errorf("want min <= start <= max, not min=%d, start=%d and max=%d", least, start, most)
	}
	return nil
}

func (l *limiter) open() bool { return l.out < int(l.limit) }

func (l *limiter) joined(m *member) { l.out += m.Held }
func (l *limiter) left(m *member)   { l.out -= m.Held }

func (l *limiter) sent(_ *member, j *worker.Job) {
	l.out++
	j.InFlight = int32(l.out)
}

// done moves the limit, by the instants that the job tells.
func (l *limiter) done(m *member, j *worker.Job) {
	if m.presence == joined {
		l.out--
	}
	l.learn(sample{
		sent: j.Dispatched, done: j.Finished, inFlight: int(j.InFlight),
		lost: j.Verdict != requester.Succeeded && j.Verdict != requester.Failed,
	})
}

func (l *limiter) learn(s sample) { l.limit = min(l.max, max(l.min, l.law.next(l.limit, s))) }

func (*limiter) recovered(*member, time.Duration) {}
