package command

import (
	"fmt"
	"math"
	"slices"
	"sort"
)

// giveTiers says which priority each worker serves first: by default those with the lowest ids the highest.
func (f *flags) giveTiers() (err error) {
	c := f.run
	if !f.heeds("tiers") {
		return nil
	}
	if !f.given("tiers") {
		c.Tiers = tiersFor(c.Workers, c.Concurrency, f.workOfPriorities())
		f.tiers = tierList(c.Tiers)
		if c.Tiers[0] == c.Tiers[c.Workers-1] && len(c.Mix.Priorities) > 1 {
			f.Notes = append(f.Notes, "priority: at this load no worker can be set aside for the highest priority: all serve all, which is least-loaded; "+
				"--tiers says otherwise")
		}
		return nil
	}
	if c.Tiers, err = f.tiers.of(c.Workers, f.allWorkers()); err != nil {
		return f.wrong("tiers", err.Error())
	}
	if n := max(1, len(c.Mix.Priorities)); slices.Max(c.Tiers) >= n {
		return f.wrong("tiers", fmt.Sprintf("want priorities from 0 to %d only", n-1))
	}
	return nil
}

// workOfPriorities is how many slots the requests of each priority keep busy. Where the rate is nobody's to say, as in closed
// loop, it is taken for that of the default load.
func (f *flags) workOfPriorities() []float64 {
	c, works := f.run, make([]float64, len(f.run.Mix.Priorities))
	all := f.share * float64(c.Workers*c.Concurrency)
	if c.Rate > 0 && f.mean > 0 {
		all *= c.Rate * f.mean / capacityOf(c, c.Workers) / f.share
	}
	for p, share := range c.Mix.Priorities {
		works[p] = all * share
		if f.given("priority-work") && f.mean > 0 {
			works[p] *= f.priorityWork[p].Mean().Seconds() / f.mean
		}
	}
	return works
}

// tiersFor returns the tier of each worker. The highest priority gets the fewest workers on which its requests wait half as long as
// those of all others on the other workers, and no longer than a service takes. In proportion to its requests it would have fewer, and be
// the slowest: a small group waits longer than a large one that is as busy. The others share what is left, for each further group
// makes all of them slower; and all share all where the others could not bear it. If there is more work than the workers can
// do, somebody has to wait, and it is the lowest: then the second gets its workers as the highest does, and so on.
func tiersFor(workers, slots int, works []float64) []int {
	tiers, rest := make([]int, 0, workers), 0.0
	for _, work := range works {
		rest += work
	}
	overloaded := rest >= float64(workers*slots)
	for p, work := range works {
		left := workers - len(tiers)
		if work == 0 {
			continue // of a trace, in which nobody has that priority
		}
		if rest -= work; !overloaded && len(tiers) > 0 {
			return append(tiers, slices.Repeat([]int{p}, left)...)
		}
		k := 1 + sort.Search(left-1, func(i int) bool {
			own := meanWait((1+i)*slots, work)
			return own <= 1 && own <= meanWait((left-1-i)*slots, rest)/2
		})
		if k >= left || !overloaded && rest >= float64((left-k)*slots) {
			return append(tiers, slices.Repeat([]int{p}, left)...)
		}
		tiers = append(tiers, slices.Repeat([]int{p}, k)...)
	}
	return append(tiers, slices.Repeat([]int{max(0, len(works)-1)}, workers-len(tiers))...)
}

// meanWait is that of M/M/c in mean services, where the work keeps so many of c slots busy (Erlang, 1917).
func meanWait(c int, work float64) float64 {
	if work >= float64(c) {
		return math.Inf(1)
	}
	blocked := 1.0 // by Erlang's formula B, for 0, 1, … c slots
	for i := 1; i <= c; i++ {
		blocked = work * blocked / (float64(i) + work*blocked)
	}
	free := float64(c) - work
	return blocked / (blocked*work/float64(c) + free/float64(c)) / free
}
