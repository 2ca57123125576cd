package strategy

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// beginners are the strategies in which equal workers have turns.
var beginners = []string{
	"least-loaded", "weighted-least-loaded", "least-time", "capacity-latency", "priority", "locality", "subset", "shuffle-shard",
	"weighted-round-robin",
}

// oneOf returns the caller of that one of so many balancers, which knows ten workers; it uses them all, whatever the strategy.
func oneOf(t *testing.T, name string, balancer, balancers int, seed uint64, tie Tie) *caller {
	p := defaults()
	p.Balancer, p.Balancers = balancer, balancers
	p.Set["tie"], p.Set["subset-size"], p.Set["shard-size"] = tie, 10, 10
	d := newCallerWith(t, name, p, seed)
	for range 10 {
		d.join(1, 10)
	}
	return d
}

// The first of several balancers begins by id, as a balancer does that is alone. Each other has a random order of its own: over
// so many seeds each worker is as often the first as any other. Whatever the order is, it is a turn: all of them get one.
func TestEachBalancerBeginsInAnOrderOfItsOwn(t *testing.T) {
	byID := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	for _, name := range beginners {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, byID, oneOf(t, name, 0, 1, 1, TieRoundRobin).picks(10))
			assert.Equal(t, byID, oneOf(t, name, 0, 3, 1, TieRoundRobin).picks(10))
			first := make([]float64, 10)
			for seed := range uint64(2000) {
				d := oneOf(t, name, 2, 3, seed, TieRoundRobin)
				order := d.picks(10)
				first[order[0]]++
				require.Equal(t, byID, slices.Sorted(slices.Values(order)))
				require.Equal(t, order, d.picks(10), "and again")
			}
			equallyLikely(t, first)
		})
	}
}

// Who asks for the lowest id gets it, in every balancer.
func TestTheLowestIDIsNoTurn(t *testing.T) {
	for name, tie := range map[string]Tie{"least-loaded": TieFirst, "first": TieRoundRobin, "most-loaded": TieRoundRobin} {
		assert.Equal(t, 0, oneOf(t, name, 2, 3, 1, tie).pick().ID, name)
	}
}

// The order at the start is drawn where it is needed, and by nobody else: with ties at random a balancer draws what it did, and
// so does the first of several what it does alone.
func TestAnOrderShiftsNoOtherDraw(t *testing.T) {
	forEach(t, func(t *testing.T, name string) {
		if kind, _ := Find(name); kind.Central || name == "join-idle-queue" { // which deals idle workers to balancers
			return
		}
		assert.Equal(t, oneOf(t, name, 0, 1, 1, TieRandom).picks(50), oneOf(t, name, 0, 3, 1, TieRandom).picks(50))
	})
	assert.Equal(t, oneOf(t, "least-loaded", 0, 3, 1, TieRandom).picks(50), oneOf(t, "least-loaded", 2, 3, 1, TieRandom).picks(50))
}

// With several balancers whoever has answered waits for its turn like whoever was sent to; with one it does not.
func TestAnAnswerEndsATurnWhereThereAreSeveralBalancers(t *testing.T) {
	for _, name := range beginners[:8] {
		t.Run(name, func(t *testing.T) {
			rest := func(balancers int) ([]int, []int) {
				d := oneOf(t, name, 0, balancers, 1, TieRoundRobin)
				order := d.picks(10)
				for _, id := range order[1:] {
					d.done(d.workers[id])
				}
				d.done(d.workers[order[0]]) // sent to first, and the last to answer
				return order, d.picks(1)
			}
			order, next := rest(1)
			assert.Equal(t, order[0], next[0], "it was sent to longest ago")
			order, next = rest(2)
			assert.Equal(t, order[1], next[0], "it has only just answered")
		})
	}
}

// A count that is seen late moves nobody a second time: the worker has had its turn when it was sent to.
func TestAnOldCountEndsNoTurn(t *testing.T) {
	for _, name := range beginners[:8] {
		d := oneOf(t, name, 0, 2, 1, TieRoundRobin)
		order := d.picks(10)
		ranker, ok := d.strategy.(Ranker)
		require.True(t, ok, name)
		ranker.Changed(d.workers[order[0]])
		assert.Equal(t, order[0], d.picks(1)[0], name)
	}
}

// Were a newcomer the first in every balancer, all of them would send to it at once.
func TestANewcomerStandsAtTheEndOfTheTurn(t *testing.T) {
	for _, name := range []string{"least-loaded", "weighted-least-loaded", "capacity-latency", "priority", "locality", "weighted-round-robin"} {
		t.Run(name, func(t *testing.T) {
			d := oneOf(t, name, 2, 3, 1, TieRoundRobin)
			order := d.picks(10)
			for _, id := range order {
				d.done(d.workers[id])
			}
			leaver := d.workers[order[3]]
			d.leave(leaver)
			d.join(1, 10)
			d.comeBack(&Worker{ID: leaver.ID, Concurrency: 1, Limit: 10, Weight: 1})
			want := append(slices.Delete(slices.Clone(order), 3, 4), 10, leaver.ID)
			assert.ElementsMatch(t, want[9:], d.picks(11)[9:])
		})
	}
}
