package strategy

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/requester"
)

// With α = 0.3 the newest answer counts for 30 % and what was known for 70 %.
func TestLeastTimeAverages(t *testing.T) {
	const ms = time.Millisecond
	rows := []struct {
		says string
		took time.Duration
		want float64 // milliseconds
	}{
		{"the first answer is all that is known", 100 * ms, 100},
		{"70 + 0.3 · 200", 200 * ms, 130},
		{"91 + 0.3 · 10", 10 * ms, 94},
		{"an error is an answer like any other", 94 * ms, 94},
	}
	d := newCaller(t, "least-time", 1)
	w := d.join(1, 10)
	for _, row := range rows {
		d.finish(w, row.took, requester.Failed)
		assert.InDelta(t, row.want*1e6, d.strategy.(*leastTime).latency[w.ID], 1e-3, row.says)
	}
}

// Worker 0 answers in 10 ms, 1 in 20 ms, 2 in 35 ms. Sent and not done, the products are
// 10 20 30 40 …, 20 40 …, 35 70 …; ties go to whom was sent to longest ago.
func TestLeastTimePicksTheLeastProduct(t *testing.T) {
	d := newCaller(t, "least-time", 1)
	for range 3 {
		d.join(1, 100)
	}
	assert.Equal(t, []int{0, 1, 2}, d.picks(3), "nothing is known: by turns")
	for id, took := range []time.Duration{10, 20, 35} {
		d.observe(d.workers[id], Observation{Took: took * time.Millisecond})
	}
	assert.Equal(t, []int{0, 1, 0, 0, 2, 1, 0}, d.picks(7), "10; 20 and 20, by turns; 30; 35; 40 and 40, by turns")
	unknown := d.join(1, 100)
	assert.Equal(t, []int{unknown.ID, 0}, d.picks(2), "the unknown is tried with one request; then 50, 60 and 70")
	d.observe(unknown, Observation{Took: time.Second})
	assert.Equal(t, []int{1}, d.picks(1), "60 and 60, by turns")
}

// The heap is mended at every change that its order depends on: always one of the least key is picked.
func TestLatencyDecidesAmongTheEligible(t *testing.T) {
	keys := map[string]func(Strategy, *Worker) (float64, float64){ // compared one after the other
		"least-time": func(s Strategy, w *Worker) (float64, float64) {
			return s.(*leastTime).time(w), float64(w.LastSent)
		},
		"capacity-latency": func(s Strategy, w *Worker) (float64, float64) {
			return float64(w.Pending), float64(s.(*capacityLatency).latency[w.ID])
		},
	}
	for name, key := range keys {
		t.Run(name, func(t *testing.T) {
			drawn.Check(t, func(t *rapid.T) {
				d := newCaller(t, name, 1)
				t.Repeat(map[string]func(*rapid.T){
					"join":  func(t *rapid.T) { d.join(1, 4) },
					"leave": func(t *rapid.T) { d.leave(anyOf(t, d.workers)) },
					"send":  func(t *rapid.T) { d.picks(1) },
					"done": func(t *rapid.T) {
						took := time.Duration(rapid.IntRange(0, 5).Draw(t, "took"))
						d.observe(anyOf(t, d.busy()), Observation{Took: took})
					},
					"bar": func(t *rapid.T) { d.barred = []int{rapid.IntRange(0, d.joined).Draw(t, "barred")} },
					"": func(t *rapid.T) {
						best := d.pick()
						for _, w := range d.workers {
							if !d.eligible(w) {
								continue
							}
							x, y := key(d.strategy, w)
							bx, by := key(d.strategy, best)
							require.False(t, x < bx || x == bx && y < by, "worker %d is better than %d", w.ID, best.ID)
						}
					},
				})
			})
		})
	}
}
