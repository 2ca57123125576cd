package simulation

import (
	"context"

	"waza/report"
	"waza/worker"
)

// episodes returns when a fault of the run troubles whom. Everybody who asks has a copy of his own.
func (t *topology) episodes(number int) *worker.Episodes {
	fault := t.Faults[number]
	var workers []int
	for id := range t.Workers {
		if fault.Hits(id, t.Workers, t.zones()) {
			workers = append(workers, id)
		}
	}
	return worker.NewEpisodes(fault, workers,
		func(id int) worker.Trouble { return fault.Meet(t.Seed, number, id) }, func(id int) *worker.Fate { return t.fate(id, context.Background()) }, t.heartLane, t.resolution())
}

// eachEpisodes returns those of all faults; nil, where there are none.
func (t *topology) eachEpisodes() []*worker.Episodes {
	var all []*worker.Episodes
	for number := range t.Faults {
		all = append(all, t.episodes(number))
	}
	return all
}

// toldFaults returns the faults for the report, under the names that they have in simulated time.
func (t *topology) toldFaults() []report.Fault {
	var all []report.Fault
	for number, fault := range t.Faults {
		all = append(all, report.Fault{
			Kind: fault.Kind, Name: fault.Times(1 / t.scale).String(), Episodes: func() *worker.Episodes { return t.episodes(number) },
		})
	}
	return all
}
