package strategy

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func inSubset(d *caller, w *Worker) bool { return slices.Contains(d.strategy.(*subset).mine, w) }

// subsets returns the subset of each of so many balancers, and by worker in how many it is.
func subsets(t *testing.T, n, d, balancers int) (all [][]int, times []int) {
	times = make([]int, n)
	for b := range balancers {
		p := defaults()
		p.Set["subset-size"], p.Balancer, p.Balancers = d, b, balancers
		c := newCallerWith(t, "subset", p, uint64(b))
		for range n {
			c.join(1, 1)
		}
		ids := c.picks(n) // one each, until all are full
		ids = slices.DeleteFunc(ids, func(id int) bool { return id < 0 })
		for _, id := range ids {
			times[id]++
		}
		slices.Sort(ids)
		all = append(all, ids)
	}
	return all, times
}

func TestARoundDealsEachWorkerOnce(t *testing.T) {
	rows := []struct {
		says         string
		n, d         int
		rounds, size int
		left         int // workers in no subset of a round
	}{
		{"ten workers, two subsets", 10, 5, 1, 5, 0},
		{"the book's example: 12 workers, four subsets of 3", 12, 3, 1, 3, 0},
		{"three rounds of it: everybody is in three", 12, 3, 3, 3, 0},
		{"one does not fit in", 10, 3, 1, 3, 1},
		{"as many as there are", 5, 5, 2, 5, 0},
		{"more than there are", 4, 9, 3, 4, 0},
		{"subsets of one", 6, 1, 2, 1, 0},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			inRound := max(1, row.n/row.d)
			all, times := subsets(t, row.n, row.d, row.rounds*inRound)
			for round := range row.rounds {
				dealt := map[int]bool{}
				for _, subset := range all[round*inRound : (round+1)*inRound] {
					require.Len(t, subset, row.size)
					for _, id := range subset {
						require.False(t, dealt[id], "worker %d is in two subsets of a round", id)
						dealt[id] = true
					}
				}
				require.Len(t, dealt, row.n-row.left)
			}
			if row.left == 0 {
				assert.Equal(t, slices.Repeat([]int{row.rounds}, row.n), times, "an even load")
			}
		})
	}
}

// Each round is shuffled its own way, or the first subset would always be the same five. Of 40 workers dealt out in eights,
// a given worker is in a round's first subset with a chance of 1/5; over 400 rounds each is as likely there as the others.
func TestEachRoundShufflesItsOwnWay(t *testing.T) {
	all, _ := subsets(t, 40, 8, 2000)
	first := make([]float64, 40)
	for round := range 400 {
		for _, id := range all[5*round] {
			first[id]++
		}
	}
	equallyLikely(t, first) // dealt without replacement, so it is if anything more even
}

func TestASubsetIsAllThatItsBalancerKnows(t *testing.T) {
	p := defaults()
	p.Set["subset-size"] = 2
	d := newCallerWith(t, "subset", p, 1)
	for range 6 {
		d.join(1, 2)
	}
	first := d.picks(5)
	assert.Equal(t, []int{first[0], first[1], first[0], first[1], -1}, first, "in turn, and none when both are full")
	d.done(d.workers[first[1]])
	assert.Equal(t, []int{first[1], -1}, d.picks(2), "the least loaded")
	d.leave(d.workers[first[0]])
	assert.NotContains(t, d.picks(3), first[0], "and who leaves is replaced")
}
