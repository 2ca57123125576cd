package simulation

import (
	"context"

	"waza/report"
	"waza/worker"
)

// episodes returns when a fault of the tier troubles whom. Each who asks has a copy of its own.
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

// eachEpisodes returns those of all faults; nil, where there are none.
func (s *stage) eachEpisodes() []*worker.Episodes {
	var all []*worker.Episodes
	for number := range s.Faults {
		all = append(all, s.episodes(number))
	}
	return all
}

// toldFaults returns the faults for the report, under the names that they have in simulated time.
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
