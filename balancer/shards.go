package balancer

import "waza/strategy"

// shards are the lines under a strategy that may have a worker for one request and none for another. Besides the line of all, a request
// stands in a line for each worker of its shard. A worker that has room calls the head of its line: so the strategy is only asked about
// requests for which it has a worker. All other strategies have a nil *shards, which does nothing.
type shards struct {
	of         strategy.Particular
	discipline Discipline
	spare      *spares
	health     *health
	workers    []*shard // by worker id; nil: it has never been a member
	calling    []*shard // those that may have room for the head of their lines, each of them once
}

// A shard is a member and the line of those that wait for it, among others.
type shard struct {
	*member
	line    line
	calling bool
}

// calls returns the waiter that a worker calls; nil, while it has no room or is unfit.
func (s *shards) calls(x *shard) *waiter {
	if !s.health.takes(x.member) {
		return nil
	}
	return x.line.head()
}

// stand lets a waiter stand in the lines of its workers. Those that have room call it at once.
func (s *shards) stand(w *waiter) {
	if s == nil {
		return
	}
	for _, worker := range s.of.Shard(w.Request) {
		s.workers[worker.ID].line.add(w)
		s.call(s.workers[worker.ID])
	}
}

// room notes that a member may have room for the head of its line.
func (s *shards) room(m *member) {
	if s != nil {
		s.call(s.workers[m.ID])
	}
}

// roomAnywhere notes that any member may have room.
func (s *shards) roomAnywhere() {
	if s == nil {
		return
	}
	for _, x := range s.workers {
		if x != nil {
			s.call(x)
		}
	}
}

func (s *shards) call(x *shard) {
	if !x.calling {
		x.calling = true
		s.calling = append(s.calling, x)
	}
}

// called returns the first of the waiters that are called, and drops the workers that call none.
// O(calling): one per message, unless messages come in bunches.
func (s *shards) called() *waiter {
	var first *waiter
	calling := s.calling[:0]
	for _, x := range s.calling {
		w := s.calls(x)
		x.calling = w != nil
		if w == nil {
			continue
		}
		calling = append(calling, x)
		if first == nil || x.line.before(w, first) {
			first = w
		}
	}
	s.calling = calling
	return first
}

// changed notes that m is a member from now on, perhaps again, or no longer. That may change the shards of all requests, so all that wait
// are put into lines anew. O(members + backlog · shard), and what it takes the strategy to work out the shards; O(1), amortised, while no
// request waits.
func (s *shards) changed(m *member, waiting line, size int) {
	if s == nil {
		return
	}
	s.workers = withPlace(s.workers, m.ID)
	s.workers[m.ID] = &shard{member: m, line: s.discipline.line(s.spare)}
	if size == 0 {
		return
	}
	s.calling = s.calling[:0]
	for id, x := range s.workers {
		if x != nil {
			s.workers[id] = &shard{member: x.member, line: s.discipline.line(s.spare)}
		}
	}
	for w := range waiting.each() {
		w.lines = 1 // the line of all: the others are gone
		s.stand(w)
	}
}
