package strategy

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// This file holds what is true of all strategies that go by a key.

// enter lets a worker in as it is given, with the next id and, unless told otherwise, a weight of 1 and no limit.
func (d *caller) enter(w Worker) *Worker {
	w.ID, w.Concurrency = d.joined, 1
	if w.Weight == 0 {
		w.Weight = 1
	}
	if w.Limit == 0 {
		w.Limit = math.MaxInt
	}
	d.comeBack(&w)
	d.joined++
	return &w
}

// comeBack lets a worker in that has its id.
func (d *caller) comeBack(w *Worker) {
	d.workers = append(d.workers, w)
	d.strategy.Join(w)
}

// ask asks for a worker for one request and sends nothing; −1 is nobody.
func (d *caller) ask(r requester.Request) int {
	if w := d.strategy.Pick(&r, d.eligible); w != nil {
		return w.ID
	}
	return -1
}

// owners asks whose each of the first so many keys is.
func (d *caller) owners(keys int) []int {
	owners := make([]int, keys)
	for key := range owners {
		owners[key] = d.ask(requester.Request{Key: uint64(key)})
	}
	return owners
}

func hashes(t *testing.T, test func(t *testing.T, name string)) {
	for _, kind := range Table() {
		if kind.Group == "hashing" {
			t.Run(kind.Name, func(t *testing.T) { test(t, kind.Name) })
		}
	}
}

// On the ring a worker of m points among N has a share that is Beta(m, N − m) distributed: with ten workers of m = 160 a
// standard deviation of √((N − m)/(m(N + 1))) = 7.5 % of it. The draw of 2000 keys each adds 2.1 %: 7.8 % together, of
// which four are allowed. (Keys are as good as drawn: the other hashes need not say more than those who draw.)
const ringShare = 0.312

// The low bits decide what modulo gives, the high ones where on the ring a key lies.
func TestTheHashIsUniformAtBothEnds(t *testing.T) {
	low, high := make([]float64, 64), make([]float64, 64)
	for i := range uint64(64_000) {
		h := hash(i)
		require.Less(t, h, uint64(1<<52))
		low[h%64]++
		high[h>>46]++
	}
	equallyLikely(t, low)
	equallyLikely(t, high)
}

func TestAKeysWorkerDependsOnTheMembersOnly(t *testing.T) {
	hashes(t, func(t *testing.T, name string) {
		one, other := newCaller(t, name, 1), newCaller(t, name, 2)
		for range 10 {
			one.enter(Worker{})
		}
		other.joined = 12
		for id := 9; id >= 0; id-- { // the other way round, and some are there for a while
			if id%4 == 0 {
				passing := other.enter(Worker{})
				other.owners(10)
				other.leave(passing)
			}
			other.comeBack(&Worker{ID: id, Limit: 1, Weight: 1})
		}
		assert.Equal(t, one.owners(10_000), other.owners(10_000), "not on seed, balancer or the order of joins")
	})
}

func TestWhoIsNotEligibleKeepsItsKeys(t *testing.T) {
	hashes(t, func(t *testing.T, name string) {
		d := newCaller(t, name, 1)
		for range 10 {
			d.enter(Worker{})
		}
		before := d.owners(10_000)
		d.barred = []int{3}
		for key, owner := range d.owners(10_000) {
			if before[key] == 3 {
				require.NotEqual(t, 3, owner)
			} else {
				require.Equal(t, before[key], owner, "whom it does not concern stays where it is")
			}
		}
		d.barred = nil
		assert.Equal(t, before, d.owners(10_000), "no table was made anew")
	})
}

// Of n equal workers one leaves, and its n-th of the keys has to move. The rest does not, or the strategy says how much.
func TestWhoseKeysMove(t *testing.T) {
	const n, keys = 10, 20_000
	rows := []struct {
		says, name string
		more       float64 // keys that move without need, in parts of all
	}{
		{"the arcs of the others grow", "ring-hash", 0},
		{"while nobody is at its bound it is the same ring", "bounded-hash", 0},
		{"the second strongest claim wins", "rendezvous", 0},
		{"the others fill the table in another order, but not much: maglev_test.go", "maglev", 0.01},
		{"8 in 10, 9 in 11 when one joins, and √(9/11 · 2/11 / 20,000) = 0.27 % four times: mod_hash_test.go", "mod-hash", 0.829},
	}
	for _, row := range rows {
		t.Run(row.name+": "+row.says, func(t *testing.T) {
			d := newCaller(t, row.name, 1)
			for range n {
				d.enter(Worker{})
			}
			before := d.owners(keys)
			leaver := d.workers[4]
			d.leave(leaver)
			moved := 0
			for key, owner := range d.owners(keys) {
				require.NotEqual(t, leaver.ID, owner)
				if owner != before[key] && before[key] != leaver.ID {
					moved++
				}
			}
			assert.LessOrEqual(t, float64(moved), row.more*keys)
			d.comeBack(leaver)
			assert.Equal(t, before, d.owners(keys), "whoever comes back gets its own keys, and none else")
			d.enter(Worker{})
			toOthers := 0
			for key, owner := range d.owners(keys) {
				if owner != before[key] && owner != n {
					toOthers++
				}
			}
			assert.LessOrEqual(t, float64(toOthers), row.more*keys, "a newcomer takes keys, and the others none from one another")
		})
	}
}

// A weight is a share. The keys are K = 100,000 draws: a standard deviation of √(p(1 − p)/K) for a share of p. On a ring of
// N points the arcs add their own, √(p(1 − p)/(N + 1)). A slot of maglev's is nothing beside it. Four are allowed.
func TestWeightsAreShares(t *testing.T) {
	const keys = 100_000
	weights := []float64{1, 1, 2, 4, 8}
	rows := []struct {
		says, name string
		points     float64
	}{
		{"by points on the ring, 160 per worker", "ring-hash", 160 * 5},
		{"by the same points", "bounded-hash", 160 * 5},
		{"by turns in filling the table", "maglev", math.Inf(1)},
		{"by the strength of claims", "rendezvous", math.Inf(1)},
	}
	for _, row := range rows {
		t.Run(row.name+": "+row.says, func(t *testing.T) {
			d, got := newCaller(t, row.name, 1), make([]float64, len(weights))
			for _, w := range weights {
				d.enter(Worker{Weight: w})
			}
			for _, owner := range d.owners(keys) {
				got[owner]++
			}
			for id, w := range weights {
				p := w / 16
				allowed := 4 * math.Sqrt(p*(1-p)*(1.0/keys+1/(row.points+1)))
				assert.InDelta(t, p, got[id]/keys, allowed, "worker %d of weight %g", id, w)
			}
		})
	}
}
