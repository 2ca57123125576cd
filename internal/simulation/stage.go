package simulation

import (
	"context"
	"slices"

	"waza/balancer"
	"waza/report"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A stage is one tier of the run: its balancers, and the workers to which they send. In a stage before another the workers are proxies,
// whose service is to pass a request on to the next stage. Both are built by the same code; its Config says what the tier is like.
type stage struct {
	*topology
	*Config  // of this tier, as if there were no other
	tier     int
	numbers  []int // of its faults, among all those of the run
	strategy strategy.Kind
	next     *stage // that its proxies pass requests on to; nil: they are workers

	balancers  []*node
	workers    []*worker.Worker
	hearts     []*balancer.Heart // by worker; nil for one to which nothing can happen
	stopHearts chan struct{}     // closed to let them end
	passages   chan worker.Passage
	responses  *report.Passages

	gauged, timed, served, balanced, beaten tasks
}

// newStages returns the tiers of a run with that strategy, as yet without processes.
func (t *topology) newStages(name string) []*stage {
	tiers := t.tiers()
	last := *tiers[len(tiers)-1]
	last.Strategies, tiers[len(tiers)-1] = []string{name}, &last
	var all []*stage
	for tier, c := range tiers {
		s := &stage{topology: t, Config: c, tier: tier, stopHearts: make(chan struct{})}
		s.strategy, _ = strategy.Find(c.Strategies[0])
		for number, f := range t.Faults {
			if f.Proxies == (tier < len(tiers)-1) {
				s.numbers = append(s.numbers, number)
			}
		}
		if tier > 0 {
			all[tier-1].next = s
		}
		all = append(all, s)
	}
	return all
}

// build makes the processes of the stage and the channels between them, and starts nothing. If it is interrupted it stops half-way.
func (s *stage) build(issuing, service, hurry context.Context) error {
	s.time()
	for id := range s.Workers {
		if id%lookEvery == 0 && issuing.Err() != nil {
			return nil
		}
		s.workers = append(s.workers, s.newWorker(id, service, hurry))
		s.hearts = append(s.hearts, s.newHeart(id, hurry))
	}
	for id := range s.Balancers {
		b, err := s.newBalancer(id, hurry)
		if err != nil {
			return err
		}
		s.balancers = append(s.balancers, b)
	}
	return nil
}

// begin starts the processes of the stage, and lets the workers join.
func (s *stage) begin(issuing, service context.Context) {
	s.gauged = start(s.eachGauge()...)
	s.timed = start(s.eachTimer()...)
	s.served = start(s.eachSlot(service)...)
	s.balanced = start(s.eachBalancer()...)
	s.join(issuing)
	s.beaten = start(s.eachHeart(s.stopHearts)...)
}

// end ends the processes of the stage, once no request will come to it any more: each kind when nothing can come to it, so the balancers
// before the workers to which they send.
func (s *stage) end() {
	close(s.stopHearts)
	s.beaten.wait()
	s.announce(balancer.Stop{})
	s.balanced.wait()
	s.closeQueues()
	s.served.wait()
	s.closeProbes()
	s.gauged.wait()
	if s.passages != nil {
		close(s.passages)
	}
	s.timed.wait()
}

// tell lets the processes of the stage tell what happens.
func (s *stage) tell(to func(requester.Event)) {
	for id, b := range s.balancers {
		b.Tell = func(e requester.Event) {
			e.Balancer = id
			to(e)
		}
	}
	for i, w := range s.workers {
		for _, slot := range w.Slots {
			slot.Tell = to
		}
		if w.Hole != nil {
			w.Hole.Tell = to
		}
		if h := s.hearts[i]; h != nil {
			h.Tell = to
		}
	}
}

// last is the stage of the workers.
func (t *topology) last() *stage { return t.stages[len(t.stages)-1] }

// of returns the stage in which the fault of that number of the run happens, and its number among the faults of that stage.
func (t *topology) of(number int) (*stage, int) {
	for _, s := range t.stages {
		if at := slices.Index(s.numbers, number); at >= 0 {
			return s, at
		}
	}
	panic("simulation: a fault that happens in no stage")
}
