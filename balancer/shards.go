package balancer

import "waza/strategy"

// shards are the lines of a strategy that has a worker for one request and none for another. A request stands in the line of each
// worker of its shard, beside the line of all. A worker that has room calls the head of its line: so the strategy is never asked
// about a request that waits for others. A nil *shards is that of all other strategies, and does nothing.
type shards struct {
	of         strategy.Particular
	discipline Discipline
	spare      *spares
	health     *health
	workers    []*shard // by worker id; nil: it has never been a member
	calling    []*shard // that may have room for the head of their lines, each once
}

// A shard is a member and the line of those that wait for it, among others.
type shard struct {
	*member
	line    line
	calling bool
}

// calls returns whom a worker calls: none while it may not be sent to.
func (s *shards) calls(x *shard) *waiter {
	if !s.health.takes(x.member) {
		return nil
	}
	return x.line.head()
}

// stand lets a waiter stand in the lines of its workers, also of those that have room: they call it at once.
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

// changed notes that m has become a member, again perhaps, or has ceased to be one: that may have changed what each request waits
// for, and all that wait stand anew. O(members + backlog · shard), and what it takes the strategy to make its shards anew; O(1),
// amortised, while none waits.
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
		w.lines = 1 // that of all: the others are gone
		s.stand(w)
	}
}
