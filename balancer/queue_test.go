package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// Who waits is counted from one instant to the next: one from 0 s to 2 s, two more from 1 s to 4 s, of whom one leaves then.
func TestABalancerThatWatchesItsQueue(t *testing.T) {
	play(t, func(b *Balancer) { b.WatchQueue = true }, func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask() // goes at once
		f.ask()
		f.sleep(time.Second)
		f.ask()
		f.ask()
		f.sleep(time.Second)
		f.serve(0)
		f.sleep(2 * time.Second)
		f.serve(0)
		f.sleep(time.Second)
		f.serve(0)
		f.serve(0)
		l := f.close()
		assert.Equal(t, 3, l.Queue.Most)
		assert.Equal(t, float64((1+3+2+2+1)*time.Second), l.Queue.Inside)
		assert.InDelta(t, 1, l.Queue.Mean(0, time.Second), 0.002, "between two marks")
	})
	play(t, nil, func(t *testing.T, f *floor) {
		f.ask()
		assert.Zero(t, f.close().Queue.Most, "nobody watches")
	})
}

// What was sent to a worker beyond its slots waits there: one slot, and two more from 0 s to 1 s, then one up to 2 s.
func TestABalancerThatWatchesItsQueueKnowsWhatWaitsAtWorkers(t *testing.T) {
	play(t, func(b *Balancer) { b.WatchQueue = true }, func(t *testing.T, f *floor) {
		f.join(0, 3)
		f.ask()
		f.ask()
		f.ask()
		for range 3 {
			f.sleep(time.Second)
			f.serve(0)
		}
		l := f.close()
		assert.Equal(t, 2, l.AtWorkers.Most)
		assert.Equal(t, float64((2+1)*time.Second), l.AtWorkers.Inside)
		assert.Zero(t, l.Queue.Most, "nothing waits in the balancer")
	})
}
