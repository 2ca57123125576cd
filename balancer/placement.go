package balancer

import (
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A Placement is how many keys belonged to another worker after a change of the members than before.
type Placement struct {
	Changes int // how many changes were looked at
	Moved   int // how many keys moved, summed over these changes
	Least   int // of these, how many had to move: their worker had left, or the one that they moved to had joined
}

func (p *Placement) add(other Placement) {
	p.Changes += other.Changes
	p.Moved += other.Moved
	p.Least += other.Least
}

// To look at all keys takes as long as so many picks, so only the first changes are looked at.
const (
	sampledKeys    = 10_000
	sampledChanges = 100
)

// placement finds out to which worker each of some keys belongs, at the first dispatch after a change of the members. It asks a strategy of
// its own, whose workers hold nothing and are all eligible. So it learns where keys belong, and not where they go while workers are full.
type placement struct {
	deaf
	Placement
	placing strategy.Strategy
	request requester.Request
	workers []*strategy.Worker // by id: the members; nil: it is not one
	changed bool               // since it looked last

	homes  []int  // by key: the worker to which it belonged at the last look; nil: there was none
	before []bool // by id: whether the worker was a member then
}

func newPlacement(b *Balancer) *placement { return &placement{placing: b.Placing, changed: true} }

func (p *placement) joined(m *member) {
	p.workers = withPlace(p.workers, m.ID)
	w := m.Worker
	w.Held, w.Pending = 0, 0
	p.workers[m.ID], p.changed = &w, true
	p.placing.Join(&w)
}

func (p *placement) left(m *member) {
	p.placing.Leave(p.workers[m.ID])
	p.workers[m.ID], p.changed = nil, true
}

func (p *placement) sent(*member, *worker.Job) {
	if !p.changed {
		return
	}
	p.changed = false
	if p.Changes == sampledChanges || p.same() {
		return
	}
	homes := p.look()
	if homes == nil {
		return
	}
	if p.homes != nil {
		p.compare(homes)
	}
	p.homes, p.before = homes, p.present()
}

// look returns the worker to which each key belongs. There is one, since a request has just been sent to a worker; only if the strategy has
// given up, because the person who interrupted the run has waited enough, it returns nil.
func (p *placement) look() []int {
	homes := make([]int, sampledKeys)
	for key := range homes {
		p.request.Key = uint64(key)
		home := p.placing.Pick(&p.request, anybody)
		if home == nil {
			return nil
		}
		homes[key] = home.ID
	}
	return homes
}

func anybody(*strategy.Worker) bool { return true }

func (p *placement) compare(homes []int) {
	p.Changes++
	for key, now := range homes {
		before := p.homes[key]
		if before == now {
			continue
		}
		p.Moved++
		if p.workers[before] == nil || now >= len(p.before) || !p.before[now] {
			p.Least++
		}
	}
}

// present tells by id whether a worker is a member.
func (p *placement) present() []bool {
	all := make([]bool, len(p.workers))
	for id, w := range p.workers {
		all[id] = w != nil
	}
	return all
}

// same tells whether the members are those of the last look: a worker that has left and come back since has its keys again.
func (p *placement) same() bool {
	if len(p.before) != len(p.workers) {
		return false
	}
	for id, was := range p.before {
		if was != (p.workers[id] != nil) {
			return false
		}
	}
	return true
}
