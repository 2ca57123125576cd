package simulation

import (
	"context"

	"waza/report"
	"waza/worker"
)

// episodes returns when which workers of the tier are hit by a fault of that number. Everyone who asks has a copy of its own.
func (s *stage) episodes(number int) *worker.Episodes {
	fault, index := s.Faults[number], s.numbers[number]
	var workers []int
	for id := range s.Workers {
		if fault.Hits(id, s.Workers, s.zones()) {
			workers = append(workers, id)
		}
	}
	return worker.NewEpisodes(fault, workers,
		func(id int) worker.Trouble { return fault.Meet(s.Seed, index, id) }, func(id int) *worker.Fate { return s.fate(id, context.Background()) }, s.heartLane, s.resolution())
}

// eachEpisodes returns the episodes of each fault of the tier; nil, if there are none.
func (s *stage) eachEpisodes() []*worker.Episodes {
	var all []*worker.Episodes
	for number := range s.Faults {
		all = append(all, s.episodes(number))
	}
	return all
}

// toldFaults returns the faults of the run for the report, under their names in simulated time, which is not scaled.
func (t *topology) toldFaults() []report.Fault {
	var all []report.Fault
	for number, fault := range t.Faults {
		all = append(all, report.Fault{
			Kind: fault.Kind, Name: fault.Times(1 / t.scale).String(), Proxies: fault.Proxies, Episodes: func() *worker.Episodes {
				s, at := t.of(number)
				return s.episodes(at)
			},
		})
	}
	return all
}
