package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/instant"
	"waza/requester"
	"waza/worker"
)

// Two members share four requests, and one that is there alone has the three that follow as its own: of seven it would have been dealt five. Whoever
// got them does not matter. The window opens with the second of the four.
func TestWhatWouldHaveBeenDealtToWhoWasThere(t *testing.T) {
	play(t, func(b *Balancer) { b.WatchQueue, b.Window = true, windowFrom(time.Second) }, func(t *testing.T, f *floor) {
		f.join(0, 9)
		f.join(1, 9)
		f.ask()
		f.sleep(time.Second)
		for range 3 {
			f.ask()
		}
		f.sleep(time.Second)
		f.event(Leave{Worker: 1})
		f.sleep(time.Second)
		for range 3 {
			f.ask()
		}
		f.sleep(time.Second)
		l := f.close()
		assert.Equal(t, Fair{Inside: 3/2. + 3, Ever: 4/2. + 3}, l.Workers[0].Fair)
		assert.Equal(t, Fair{Inside: 3 / 2., Ever: 4 / 2.}, l.Workers[1].Fair)
	})
}

// A member that is three times as fast would have been dealt three of four.
func TestWhatWouldHaveBeenDealtGoesBySpeed(t *testing.T) {
	f := fairness{window: wholeRun{}, since: map[*member]Fair{}}
	slow, fast := &member{}, &member{}
	slow.Weight, fast.Weight = 1, 3
	f.joined(slow)
	f.joined(fast)
	for range 4 {
		f.sent(slow, &worker.Job{})
	}
	f.close()
	assert.Equal(t, []float64{1, 3}, []float64{slow.book.Fair.Ever, fast.book.Fair.Ever})
}

// windowFrom is a window that opens then.
type windowFrom time.Duration

func (w windowFrom) Known() instant.Interval {
	return instant.Interval{Open: time.Duration(w), Close: requester.Never, First: time.Duration(w), Last: requester.Never}
}
