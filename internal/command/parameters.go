package command

import (
	"fmt"
	"slices"
	"strings"

	"waza/internal/option"
	"waza/strategy"
)

// declareParameters makes a flag of each parameter that some strategy takes.
func (f *flags) declareParameters(s *section) {
	f.run.Parameters.Set = option.Values{}
	for _, p := range parameters() {
		bindParameter(s, p, f.run.Parameters.Set).idle(f.unheeded(p.Name()))
	}
	bind(s, &f.tiers, perWorkers("tier", "2x0,3x1,5x2", option.Whole(0, maxPriorities-1)), "tiers", "",
		"`COUNTxPRIORITY,…`: the priority that each worker serves first; without, so many that the higher waits less").idle(f.unheeded("tiers"))
}

// shownFirst are parameters that help and the report show in this order: the more general before those of one strategy, and the settings of
// the JSON never change their places. All others, also those of a new strategy, follow in the order of the table.
var shownFirst = strings.Fields("tie choices beta bound ewma-decay failure-penalty latency-alpha shard-size subset-size " +
	"ring-points hash-balance table-size spill")

// parameters are all that strategies take, in the order in which they are shown.
func parameters() option.List {
	place := func(p option.Any) int {
		if at := slices.Index(shownFirst, p.Name()); at >= 0 {
			return at
		}
		return len(shownFirst)
	}
	return slices.SortedStableFunc(slices.Values(strategy.Taken()), func(p, q option.Any) int { return place(p) - place(q) })
}

// checkTables refuses tables that are too large for the memory, or too small for the workers.
func (f *flags) checkTables() error {
	c := f.run
	points := strategy.RingSize(strategy.RingPoints.In(c.Parameters.Set), c.Weights) * float64(f.overWorkers())
	if f.heeds("ring-points") && points > strategy.MaxRingPoints {
		return f.wrong("ring-points", fmt.Sprintf("want at most %s points in all, and the weights of the workers make it %s with %s",
			option.Grouped(strategy.MaxRingPoints), figure(points), counted(f.overWorkers(), "balancer")))
	}
	size := strategy.TableSize.In(c.Parameters.Set)
	switch slots := f.overWorkers() * size; {
	case !f.heeds("table-size"):
		return nil
	case slots > maxTables:
		return f.wrong("table-size", fmt.Sprintf("want at most %s entries in all, and %s make it %s",
			option.Grouped(maxTables), counted(f.overWorkers(), "balancer"), option.Grouped(slots)))
	case size < c.Workers:
		return f.wrong("table-size", fmt.Sprintf("want an entry for each of %s, at least", f.allWorkers()))
	}
	return nil
}

// dropDefaults leaves in the set of parameters what was given: a default has the value that its strategy declares, and does not say that
// anybody wants so short a length told apart.
func (f *flags) dropDefaults() {
	for name := range f.run.Parameters.Set {
		if !f.given(name) {
			delete(f.run.Parameters.Set, name)
		}
	}
}
