package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/instant"
	"waza/internal/option"
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

// A member that is three times as fast would have been dealt three of four, whatever the weights are.
func TestWhatWouldHaveBeenDealtGoesBySpeed(t *testing.T) {
	f := fairness{window: wholeRun{}, since: map[*member]Fair{}}
	slow, fast := &member{speed: 1}, &member{speed: 3}
	f.joined(slow)
	f.joined(fast)
	for range 4 {
		f.sent(slow, &worker.Job{})
	}
	f.close()
	assert.Equal(t, []float64{1, 3}, []float64{slow.book.Fair.Ever, fast.book.Fair.Ever})
}

// What a slow start does to the weight of a member changes nothing: the one that comes and goes is half of the members as often as it is there,
// and the other has the rest, to the last of five times.
func TestWhatWouldHaveBeenDealtDuringASlowStart(t *testing.T) {
	slowly := func(b *Balancer) {
		b.WatchQueue, b.Aim = true, asDue
		b.Features = []Feature{{"slow-start", option.Values{"length": time.Second}}}
	}
	play(t, slowly, func(t *testing.T, f *floor) {
		f.join(0, 99)
		f.ask()
		for range 5 {
			f.join(1, 99)
			f.ask()
			f.sleep(2 * time.Second)
			f.ask()
			f.event(Leave{Worker: 1})
			f.ask()
		}
		l := f.close()
		assert.InDelta(t, 1+5*(1/2.+1/2.+1), l.Workers[0].Fair.Ever, 1e-9)
		assert.InDelta(t, 5*(1/2.+1/2.), l.Workers[1].Fair.Ever, 1e-9)
	})
}

// Who joins is dealt its share by its speed, and not by the weight that the strategies go by.
func TestWhatWouldHaveBeenDealtDoesNotGoByWeight(t *testing.T) {
	play(t, func(b *Balancer) { b.WatchQueue = true }, func(t *testing.T, f *floor) {
		for id, speed := range []float64{1, 3} {
			f.queues[id] = make(chan *worker.Job, 9)
			f.event(Join{Worker: id, Concurrency: 1, Limit: 9, Weight: 1, Speed: speed, Queue: f.queues[id]})
		}
		for range 4 {
			f.ask()
		}
		l := f.close()
		assert.Equal(t, []float64{1, 3}, []float64{l.Workers[0].Fair.Ever, l.Workers[1].Fair.Ever})
	})
}

// Where nobody tells how fast the members are, there is no share, and no division by zero.
func TestWhatWouldHaveBeenDealtIsUnknownWithoutSpeeds(t *testing.T) {
	play(t, func(b *Balancer) { b.WatchQueue = true }, func(t *testing.T, f *floor) {
		f.queues[0] = make(chan *worker.Job, 9)
		f.event(Join{Concurrency: 1, Limit: 9, Weight: 1, Queue: f.queues[0]})
		f.ask()
		assert.Equal(t, Fair{}, f.close().Workers[0].Fair)
	})
}

// windowFrom is a window that opens then.
type windowFrom time.Duration

func (w windowFrom) Known() instant.Interval {
	return instant.Interval{Open: time.Duration(w), Close: requester.Never, First: time.Duration(w), Last: requester.Never}
}
