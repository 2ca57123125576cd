package strategy

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

func TestJoinIdleQueueGivesToWhoIsIdleLongest(t *testing.T) {
	d := newCaller(t, "join-idle-queue", 1)
	for range 4 {
		d.join(2, 100)
	}
	assert.Equal(t, []int{0, 1, 2, 3}, d.picks(4), "at the start by worker id")
	d.done(d.workers[2])
	d.done(d.workers[0])
	d.done(d.workers[3])
	assert.Equal(t, []int{2, 0, 3}, d.picks(3), "then in the order in which they became idle")
	d.send(d.workers[1])
	d.done(d.workers[1])
	d.done(d.workers[2])
	d.done(d.workers[1])
	assert.Equal(t, []int{2, 1}, d.picks(2), "who has one of two slots free is not idle")
}

// At the start, worker i is in the queue of balancer i mod B; whose queue is empty draws.
func TestJoinIdleQueueSharesOutTheWorkersAtTheStart(t *testing.T) {
	rows := []struct {
		says                string
		balancer, balancers int
		want                []int
	}{
		{"one balancer has all", 0, 1, []int{0, 1, 2, 3, 4, 5, 6}},
		{"the first of three has one more", 0, 3, []int{0, 3, 6}},
		{"the second", 1, 3, []int{1, 4}},
		{"the third", 2, 3, []int{2, 5}},
		{"the ninth of nine has nobody", 8, 9, []int{}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			after := make([]float64, 7)
			for seed := range uint64(1000) {
				d := newCallerWith(t, "join-idle-queue", Parameters{Balancer: row.balancer, Balancers: row.balancers}, seed)
				for range after {
					d.join(1, 100)
				}
				require.Equal(t, row.want, d.picks(len(row.want)))
				after[d.pick().ID]++
			}
			equallyLikely(t, after)
		})
	}
}

func TestJoinIdleQueuePassesOverWhoIsNotEligible(t *testing.T) {
	d := newCaller(t, "join-idle-queue", 1)
	for range 3 {
		d.join(1, 100)
	}
	d.barred = []int{0}
	assert.Equal(t, []int{1}, d.picks(1))
	d.barred = nil
	assert.Equal(t, []int{0, 2}, d.picks(2), "who was passed over has kept its place")
}

// What a Done says counts as much as what this balancer knows.
func TestJoinIdleQueueIsJoinedByWhoIsIdle(t *testing.T) {
	rows := []struct {
		says   string
		held   int // of this balancer's, before the Done
		idle   bool
		queued bool
	}{
		{"it holds nothing any more", 1, true, true},
		{"it holds work of another balancer", 1, false, false},
		{"it held nothing when it finished, but has been sent something since", 2, true, false},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCaller(t, "join-idle-queue", 1)
			w := d.join(1, 100)
			for range row.held {
				d.send(w)
			}
			d.observe(w, Observation{Idle: row.idle})
			idle := &d.strategy.(*joinIdleQueue).idle
			assert.Equal(t, row.queued, idle.Len() == 1)
		})
	}
}

func TestJoinIdleQueueDoesNotTakeInWhoBringsWork(t *testing.T) {
	d := newCaller(t, "join-idle-queue", 1)
	busy := &Worker{ID: 0, Limit: 5, Held: 1}
	d.workers, d.joined = append(d.workers, busy), 1
	d.strategy.Join(busy)
	d.join(1, 5)
	assert.Equal(t, []int{1}, d.picks(1))
	d.done(busy)
	assert.Equal(t, []int{0}, d.picks(1))
}

// Whatever happens, the queue holds members of which this balancer knows no work, each of them once.
func TestJoinIdleQueueHoldsEachIdleWorkerOnce(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		d := newCallerWith(t, "join-idle-queue", Parameters{Balancers: rapid.IntRange(1, 2).Draw(t, "balancers")}, 1)
		t.Repeat(map[string]func(*rapid.T){
			"join":  func(t *rapid.T) { d.join(1, 3) },
			"leave": func(t *rapid.T) { d.leave(anyOf(t, d.workers)) },
			"send":  func(t *rapid.T) { d.picks(1) },
			"done": func(t *rapid.T) {
				d.observe(anyOf(t, d.busy()), Observation{Idle: rapid.Bool().Draw(t, "idle")})
			},
			"": func(t *rapid.T) {
				idle, seen := &d.strategy.(*joinIdleQueue).idle, map[*Worker]bool{}
				for i := range idle.Len() {
					w := idle.At(i)
					require.Contains(t, d.workers, w)
					require.Zero(t, w.Held)
					require.False(t, seen[w], "worker %d is in it twice", w.ID)
					seen[w] = true
				}
			},
		})
	})
}
