package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

func TestTheEarliestEndGoesFirst(t *testing.T) {
	play(t, func(b *Balancer) { b.Discipline = named("edf") }, func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask()
		for _, end := range []time.Duration{requester.Never, 9 * time.Second, 5 * time.Second, 9 * time.Second, time.Second, requester.Never} {
			f.ask(func(r *requester.Request) { r.End = end })
		}
		time.Sleep(2 * time.Second)
		f.serve(0)
		assert.Equal(t, requester.TimedOut, f.answer().Verdict, "request 5 is at the head, and its time is over")
		for _, want := range []int{3, 2, 4, 1, 6} {
			job := f.take(0)
			assert.Equal(t, want, job.Request.ID, "by end; of those that end together, or never, the first to come")
			f.finish(0, job)
		}
	})
}

// A full backlog turns away the newest, whenever it ends.
func TestTheEarliestEndMayBeTurnedAway(t *testing.T) {
	play(t, func(b *Balancer) { b.Discipline, b.Reject, b.Backlog = named("edf"), true, 1 }, func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask()
		f.ask()
		f.ask(func(r *requester.Request) { r.End = time.Second })
		assert.Equal(t, 2, f.answer().Ticket)
	})
}
