package strategy

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/combin"

	"waza/requester"
)

func inShard(d *caller, w *Worker) bool {
	return slices.Contains(d.strategy.(*shuffleShard).shards[d.request.Requester], w)
}

// With ten workers and 100 requesters a worker is in the shards of 100 · 2/10 = 20, with a standard deviation of
// √(100 · 0.2 · 0.8) = 4. That is 20 %, of which four are allowed.
const shardShare = 0.8

// shard returns the ids of a requester's shard, in order, as whoever asks gets to know them: by filling it.
func shard(d *caller, who int) []int {
	var ids []int
	for id := d.ask(requester.Request{Requester: who}); id >= 0; id = d.ask(requester.Request{Requester: who}) {
		ids = append(ids, id)
		d.barred = append(d.barred, id)
	}
	d.barred = nil
	slices.Sort(ids)
	return ids
}

func sharded(t *testing.T, n, k int) *caller {
	p := defaults()
	p.Set["shard-size"] = k
	d := newCallerWith(t, "shuffle-shard", p, 1)
	for range n {
		d.enter(Worker{})
	}
	return d
}

func TestAShardHasKWorkers(t *testing.T) {
	rows := []struct {
		says       string
		n, k, want int
	}{
		{"two of ten", 10, 2, 2},
		{"one of ten: no spare", 10, 1, 1},
		{"all of them", 5, 5, 5},
		{"more than there are is all of them", 3, 5, 3},
		{"none of none", 0, 2, 0},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := sharded(t, row.n, row.k)
			for who := range 50 {
				require.Len(t, shard(d, who), row.want)
			}
		})
	}
}

// Of the C(n, k) shards all are equally likely, so two requesters have j workers in common with the chance of
// C(k, j) C(n − k, k − j) / C(n, k). Each requester is in one pair only, so the pairs are independent.
func TestTwoShardsOverlapAsCombinatoricsSays(t *testing.T) {
	const n, k, pairs = 12, 3, 5000
	d, got, chances := sharded(t, n, k), make([]float64, k+1), make([]float64, k+1)
	for j := range chances {
		chances[j] = float64(combin.Binomial(k, j) * combin.Binomial(n-k, k-j))
	}
	for pair := range pairs {
		one, other, common := shard(d, 2*pair), shard(d, 2*pair+1), 0
		for _, id := range one {
			if slices.Contains(other, id) {
				common++
			}
		}
		got[common]++
	}
	asLikelyAs(t, chances, got)
}

// The strongest claim is each worker's with the chance w/Σw, as in rendezvous: in shards of one that is the whole choice.
func TestHeavyWorkersAreInMoreShards(t *testing.T) {
	d, weights := sharded(t, 0, 1), []float64{1, 1, 2, 4}
	for _, w := range weights {
		d.enter(Worker{Weight: w})
	}
	got := make([]float64, len(weights))
	for who := range 5000 {
		got[d.ask(requester.Request{Requester: who})]++
	}
	asLikelyAs(t, weights, got)
}

func TestAShardChangesByOneWorkerAtMost(t *testing.T) {
	const n, k, requesters = 12, 3, 500
	d := sharded(t, n, k)
	shards := func() (all [][]int) {
		for who := range requesters {
			all = append(all, shard(d, who))
		}
		return all
	}
	kept := func(before, after []int) int {
		return len(slices.DeleteFunc(slices.Clone(before), func(id int) bool { return !slices.Contains(after, id) }))
	}
	before, leaver := shards(), d.workers[5]
	d.leave(leaver)
	for who, after := range shards() {
		want := k
		if slices.Contains(before[who], leaver.ID) {
			want = k - 1
		}
		require.Equal(t, want, kept(before[who], after), "only who leaves is replaced")
	}
	d.comeBack(leaver)
	require.Equal(t, before, shards())
	newcomer := d.enter(Worker{})
	for who, after := range shards() {
		want := k
		if slices.Contains(after, newcomer.ID) {
			want = k - 1
		}
		require.Equal(t, want, kept(before[who], after), "a newcomer replaces one, or none")
	}
}

// A requester that floods its shard fills two workers of ten, and whoever shares no worker or one with it is served.
func TestOnlyAShardIsSpoilt(t *testing.T) {
	d := newCaller(t, "shuffle-shard", 1)
	for range 10 {
		d.enter(Worker{Limit: 3})
	}
	flooded := shard(d, 0)
	for range 6 {
		d.send(d.workers[d.ask(requester.Request{Requester: 0})])
	}
	assert.Equal(t, 3, d.workers[flooded[0]].Held, "the least loaded of the shard: half of it each")
	for who := 1; who < 50; who++ {
		if id := d.ask(requester.Request{Requester: who}); id < 0 {
			assert.Equal(t, flooded, shardOf(d, who), "only who has the very same shard")
		}
	}
	assert.Equal(t, -1, d.ask(requester.Request{Requester: 0}))
	assert.Len(t, d.strategy.(Particular).Shard(&requester.Request{}), 2, "for which it waits, and for nobody else")
}

// shardOf is the shard itself, full or not.
func shardOf(d *caller, who int) []int {
	var ids []int
	for _, w := range d.strategy.(*shuffleShard).shards[who] {
		ids = append(ids, w.ID)
	}
	slices.Sort(ids)
	return ids
}
