package strategy

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

// This file holds what is true of every strategy; a new line in the table is tested by it without a word more.
// What is true of one is in the file that is named after it.

func forEach(t *testing.T, test func(t *testing.T, name string)) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) { test(t, name) })
	}
}

// room is how many requests a strategy gives a worker.
func room(name string, w *Worker) int {
	if limit := properties[name].room; limit != nil {
		return min(limit(w), w.Limit)
	}
	return w.Limit
}

// may tells whether there was a place at a worker for the request that a strategy was just asked about.
func may(name string, d *caller, w *Worker) bool {
	allows := properties[name].may
	return d.eligible(w) && w.Held < room(name, w) && (allows == nil || allows(d, w))
}

// Whatever happens, Pick returns a member that is eligible and has room, and none only where there is none.
func TestPickReturnsAnEligibleMemberIfThereIsOne(t *testing.T) {
	forEach(t, func(t *testing.T, name string) {
		drawn.Check(t, func(t *rapid.T) {
			p := defaults()
			p.Set["table-size"] = 251 // maglev fills it anew after each change
			d := newCallerWith(t, name, p, rapid.Uint64().Draw(t, "seed"))
			t.Repeat(map[string]func(*rapid.T){
				"join": func(t *rapid.T) {
					slots := rapid.IntRange(1, 3).Draw(t, "slots")
					d.join(slots, slots+rapid.IntRange(0, 3).Draw(t, "queue"))
				},
				"leave": func(t *rapid.T) { d.leave(anyOf(t, d.workers)) },
				"bar": func(t *rapid.T) { // as if the request had tried them
					d.barred = rapid.SliceOfNDistinct(rapid.IntRange(0, d.joined), 0, 3, rapid.ID).Draw(t, "barred")
				},
				"send": func(t *rapid.T) {
					if w := d.pick(); w != nil {
						d.send(w)
					}
				},
				"done": func(t *rapid.T) { d.done(anyOf(t, d.busy())) },
				"": func(t *rapid.T) {
					before := d.counts()
					w := d.pick()
					require.Equal(t, before, d.counts(), "Pick changes no count")
					if w != nil {
						require.Contains(t, d.workers, w, "picked one that has left")
						require.True(t, d.eligible(w), "picked one that is not eligible")
						return
					}
					for _, w := range d.workers {
						require.False(t, may(name, d, w), "worker %d was to be had", w.ID)
					}
				},
			})
		})
	})
}

func anyOf(t *rapid.T, workers []*Worker) *Worker {
	if len(workers) == 0 {
		t.Skip("there is none")
	}
	return rapid.SampledFrom(workers).Draw(t, "worker")
}

// What has been sent and done leaves no trace: the house can be filled to the last place again and again.
func TestEveryPlaceCanBeFilledAgainAndAgain(t *testing.T) {
	forEach(t, func(t *testing.T, name string) {
		d := newCaller(t, name, 1)
		for i := range 10 {
			d.join(1+i%3, 5)
		}
		for range 3 {
			for none := 0; none < 100; none++ { // all requesters get their turn
				if w := d.pick(); w != nil {
					d.send(w)
					none = -1
				}
			}
			for _, w := range d.workers {
				require.LessOrEqual(t, w.Held, room(name, w))
				require.False(t, may(name, d, w), "worker %d has room", w.ID)
			}
			for len(d.busy()) > 0 {
				d.done(d.busy()[len(d.busy())/2])
			}
		}
	})
}

// Membership changes while work is out: who has left gets nothing, who comes back is as good as new, and a
// worker that has just joined is found.
func TestMembersComeAndGo(t *testing.T) {
	forEach(t, func(t *testing.T, name string) {
		d := newCaller(t, name, 1)
		gone, stays := d.join(1, 2), d.join(1, 2)
		for w := d.pick(); w != nil; w = d.pick() {
			d.send(w)
		}
		d.leave(gone)
		d.done(stays)
		for range 100 {
			require.Same(t, stays, d.pick(), "only one is left")
		}
		d.send(stays)
		require.Nil(t, d.pick(), "and it is full")
		late := d.join(1, 2)
		require.Same(t, late, d.pick())
	})
}

// With equal workers, nobody is preferred in the long run. Every request is done before the next one comes, so all are
// equally loaded at each pick. A strategy that takes turns gives each its share exactly. One that draws gives each a
// binomial number of n·k draws with p = 1/n: standard deviation √(k(1 − 1/n)), of which four are allowed.
func TestEqualWorkersGetEqualShares(t *testing.T) {
	const n, k = 10, 2000
	forEach(t, func(t *testing.T, name string) {
		allowed := 4 * math.Sqrt(k*(1-1.0/n))
		if properties[name].turns {
			allowed = 0
		}
		if share := properties[name].share; share > 0 {
			allowed = share * k
		}
		d := newCaller(t, name, 1)
		for range n {
			d.join(1, 10)
		}
		got := make([]int, n)
		for range n * k {
			w := d.pick()
			got[w.ID]++
			d.send(w)
			d.done(w)
		}
		if properties[name].unfair {
			assert.Equal(t, n*k, slices.Max(got), "all of it goes to one")
			return
		}
		for id := range got {
			assert.InDelta(t, k, got[id], allowed, "worker %d", id)
		}
	})
}

func TestSameSeedSamePicks(t *testing.T) {
	picks := func(t *testing.T, name string, seed uint64) (ids []int) {
		d, rng := newCaller(t, name, seed), rand.New(rand.NewPCG(1, 1))
		for range 20 {
			d.join(2, 4)
		}
		for range 500 {
			if w := d.pick(); w != nil {
				ids = append(ids, w.ID)
				d.send(w)
			}
			if busy := d.busy(); rng.IntN(20) < len(busy) {
				d.done(busy[rng.IntN(len(busy))])
			}
		}
		return ids
	}
	forEach(t, func(t *testing.T, name string) {
		assert.Equal(t, picks(t, name, 1), picks(t, name, 1))
		if properties[name].draws {
			assert.NotEqual(t, picks(t, name, 1), picks(t, name, 2))
		}
	})
}

func TestNoPickAllocates(t *testing.T) {
	forEach(t, func(t *testing.T, name string) {
		d := newCaller(t, name, 1)
		for range 100 {
			d.join(1, 10)
		}
		cycle := func() { w := d.pick(); d.send(w); d.done(w) }
		cycle() // what is allocated once may be allocated now
		assert.Zero(t, testing.AllocsPerRun(1000, cycle))
	})
}

// Whoever adds a strategy says what the suite may expect of it. To say nothing is to say that it draws nothing, takes no
// turns, and fills every place: write {} for that.
func TestEveryStrategyHasItsProperties(t *testing.T) {
	for _, name := range Names() {
		assert.Contains(t, properties, name, "give it an entry in properties_test.go")
	}
	for name := range properties {
		assert.Contains(t, Names(), name, "it is gone: take its entry out of properties_test.go")
	}
}

func TestAnUnknownNameIsAnError(t *testing.T) {
	_, err := New("best", Parameters{}, rand.New(rand.NewPCG(1, 1)))
	assert.ErrorContains(t, err, `"best"`)
}

func TestTheTableSaysWhatEachDoes(t *testing.T) {
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(Names()))), len(Table()), "a name is given once")
	for i, kind := range Table() {
		assert.NotEmpty(t, kind.Does, kind.Name)
		assert.NotEmpty(t, kind.Group, kind.Name)
		assert.Equal(t, i, kind.Place, kind.Name)
	}
}

// BenchmarkPick measures a pick and all that is told of it, with half as many requests out as there are workers.
func BenchmarkPick(b *testing.B) {
	for _, name := range Names() {
		for _, n := range []int{10, 100, 1000, 10_000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				d, rng := newCaller(b, name, 1), rand.New(rand.NewPCG(1, 1))
				for range n {
					d.join(1, n) // so that no pick is in vain
				}
				held := make([]*Worker, n/2)
				for i := range held {
					held[i] = d.pick()
					d.send(held[i])
				}
				for b.Loop() {
					i := rng.IntN(len(held))
					w := d.pick()
					d.send(w)
					d.observe(held[i], Observation{Took: time.Duration(1 + i)})
					held[i] = w
				}
			})
		}
	}
}
