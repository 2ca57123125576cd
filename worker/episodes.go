package worker

import (
	"container/heap"
	"time"

	"waza/internal/instant"
	"waza/requester"
)

// An Episode is one time in which a fault troubles one worker.
type Episode struct {
	Worker   int
	From, To time.Duration // To is requester.Never, if it does not end
}

// Episodes are the episodes of one fault at all workers that it hits, in the order in which they start; of one instant, by worker. They are
// worked out one after the other, as the workers themselves do it, so past ones need no memory. After MostEpisodes there are no more: a
// worker that fails a thousand times a second shows nothing new after that.
type Episodes struct {
	next walks
	told int
}

// MostEpisodes is how many episodes of a fault are looked at.
const MostEpisodes = 100_000

// NewEpisodes returns the episodes of a fault at those workers: meet returns the fault as a worker meets it, fate when that worker dies. aim
// is that of its heart, by which the instants are moved at which it dies or stands still.
func NewEpisodes(fault Fault, workers []int, meet func(worker int) Trouble, fate func(worker int) *Fate,
	aim func(worker int) func(now, due time.Duration) time.Duration, r instant.Resolution) *Episodes {
	e := &Episodes{}
	for _, id := range workers {
		w := &walk{trouble: meet(id)}
		w.Worker = id
		switch kind := fault.effect().(type) {
		case crash, stall:
			w.trouble = w.trouble.real(aim(id), r)
		case cold:
			w.ramp, w.fate = kind.ramp, fate(id)
		}
		if w.advance(); w.From != requester.Never {
			e.next = append(e.next, w)
		}
	}
	heap.Init(&e.next)
	return e
}

// Start returns when the next episode begins; requester.Never, if there is none.
func (e *Episodes) Start() time.Duration {
	if len(e.next) == 0 || e.told == MostEpisodes {
		return requester.Never
	}
	return e.next[0].From
}

// Next returns the next episode, and whether there is one.
func (e *Episodes) Next() (Episode, bool) {
	if e.Start() == requester.Never {
		return Episode{}, false
	}
	e.told++
	first := e.next[0]
	episode := first.Episode
	if first.advance(); first.From == requester.Never {
		heap.Pop(&e.next)
	} else {
		heap.Fix(&e.next, 0)
	}
	return episode, true
}

// A walk goes through the episodes of one worker, and stands at one of them.
type walk struct {
	Episode
	trouble Trouble
	ramp    time.Duration // how long an episode lasts that begins anew with each life; 0: they do not
	fate    *Fate
	born    time.Duration // when the life begins that is looked at next
}

// advance goes to the next episode. One that begins with a life ends after its ramp, or with that life.
func (w *walk) advance() {
	if w.ramp == 0 {
		w.From, w.To = w.trouble.from, w.trouble.to
		w.trouble.advance()
		return
	}
	for w.born != requester.Never {
		dies, rises := w.fate.Death(w.born)
		w.From = max(w.born, w.trouble.from)
		w.To = min(w.From+w.ramp, dies)
		if w.born = rises; w.From < w.To {
			return
		}
	}
	w.From, w.To = requester.Never, requester.Never
}

// walks are a heap, with the walk at the top that stands at the earliest episode.
type walks []*walk

func (s walks) Len() int { return len(s) }
func (s walks) Less(i, j int) bool {
	return s[i].From < s[j].From || s[i].From == s[j].From && s[i].Worker < s[j].Worker
}
func (s walks) Swap(i, j int) { s[i], s[j] = s[j], s[i] }
func (s *walks) Push(x any)   { *s = append(*s, x.(*walk)) }

func (s *walks) Pop() any {
	last := (*s)[len(*s)-1]
	*s = (*s)[:len(*s)-1]
	return last
}
