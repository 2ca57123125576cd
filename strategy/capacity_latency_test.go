package strategy

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// The newest answer weighs a fifth.
func TestCapacityLatencyAverages(t *testing.T) {
	rows := []struct {
		says string
		took time.Duration
		want time.Duration
	}{
		{"the first answer is all that is known", 100, 100},
		{"(4 · 100 + 200) / 5", 200, 120},
		{"(4 · 120 + 23) / 5 is 100.6, and nanoseconds have no fractions", 23, 100},
		{"an error is an answer like any other", 100, 100},
	}
	d := newCaller(t, "capacity-latency", 1)
	w := d.join(1, 10)
	for _, row := range rows {
		d.finish(w, row.took, requester.Failed)
		assert.Equal(t, row.want, d.strategy.(*capacityLatency).latency[w.ID], row.says)
	}
}

// Worker 0 answers in 30 ms, 1 in 10 ms, 2 in 20 ms.
func TestCapacityLatencyPicksTheFasterAmongEquals(t *testing.T) {
	d := newCaller(t, "capacity-latency", 1)
	d.join(1, 2)
	d.join(1, 2)
	d.join(1, 3)
	assert.Equal(t, []int{0, 1, 2}, d.picks(3), "nothing is known: by turns")
	for id, took := range []time.Duration{30, 10, 20} {
		d.observe(d.workers[id], Observation{Took: took * time.Millisecond})
	}
	assert.Equal(t, []int{1, 2, 0, 1, 2, 0, 2, -1}, d.picks(8),
		"the fewest pending first, then the faster; who is at capacity is out, and when all are there is nobody")
	d.done(d.workers[0])
	assert.Equal(t, []int{0}, d.picks(1), "latency does not outweigh a count")
	unknown := d.join(1, 1)
	for range 2 {
		d.done(d.workers[1])
	}
	assert.Equal(t, []int{unknown.ID, 1}, d.picks(2), "among equals the unknown is tried first")
}
