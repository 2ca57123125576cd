package balancer

import (
	"slices"
	"time"

	"waza/requester"
)

// A regulator at work observes what its balancer measures, after each change, and says whether to limit.
type regulator interface {
	observe(m *metrics)
	limits(now time.Duration) bool

	// until tells of one that limits when it may cease to though nothing else happens; Never: it does not.
	until(now time.Duration) time.Duration
}

// A regulation is a regulator, and what it has done.
type regulation struct {
	regulator
	number  int
	shut    bool          // it limited when it was asked last
	since   time.Duration // when it began or ceased to
	held    uint64        // the arrival of the last that waited when it limited and some worker had room
	due     time.Duration // when there is an appointment to ask it again; Never: there is none
	figures Limited
}

// Limited is what one regulator has done.
type Limited struct {
	Regulator string
	Attempts  int           // attempts that it held back, or that were rejected because of it, while some worker had room
	Shut      time.Duration // how long it limited
}

// regulators are all regulators of one balancer, which observe the same metrics. Together they are a gate.
type regulators struct {
	b     *Balancer
	meter meter
	all   []*regulation
}

func newRegulators(b *Balancer) *regulators {
	g := &regulators{b: b}
	for i, r := range b.Regulators {
		kind, found := FindRegulator(r.Kind)
		if !found {
			panic("balancer: no regulator is named " + r.Kind)
		}
		g.all = append(g.all, &regulation{
			regulator: kind.make(b, r.Set), number: i, due: requester.Never, figures: Limited{Regulator: r.String()},
		})
	}
	return g
}

// open tells whether none limits. It asks every one of them, so that it is known of each how long it limits.
func (g *regulators) open() bool {
	open := true
	for _, r := range g.all {
		open = !g.ask(r, max(g.b.now, g.meter.now)) && open
	}
	return open
}

// observed lets all regulators see what has changed.
func (g *regulators) observed() {
	for _, r := range g.all {
		r.observe(&g.meter.metrics)
		g.ask(r, g.meter.now)
	}
}

// ask tells whether a regulator limits. If so it makes an appointment for when the regulator may cease to: then what waits is dispatched.
func (g *regulators) ask(r *regulation, now time.Duration) bool {
	limits := r.limits(now)
	if limits != r.shut {
		if !limits {
			r.figures.Shut += now - r.since
		}
		r.shut, r.since = limits, now
	}
	if !limits {
		return false
	}
	if due := r.until(now); due < r.due {
		r.due = due
		g.b.at(due, func(now time.Duration) {
			if r.due == due {
				r.due = requester.Never
			}
			g.ask(r, max(now, g.meter.now))
		})
	}
	return true
}

// hold notes that the regulators that limit hold back all that wait, if some worker has room. It tells so of the one whose turn it is, once
// for each regulator.
func (g *regulators) hold(w *waiter) {
	if g == nil || g.b.room == 0 {
		return
	}
	for _, r := range g.all {
		if r.shut {
			r.held = g.b.waiting.pushed
		}
		if bit := uint32(1) << r.number; r.shut && w.limited&bit == 0 {
			w.limited |= bit
			if !g.b.overfull() {
				g.b.tell(requester.Event{At: g.b.now, What: requester.Limits, Worker: requester.None, Why: r.figures.Regulator}, w.Request)
			}
		}
	}
}

// release counts one that waits no longer, for each regulator for which it has waited: whoever came before the last that was held has been held
// with it. O(1).
func (g *regulators) release(w *waiter) {
	for _, r := range g.all {
		if w.arrival <= r.held {
			r.figures.Attempts++
		}
	}
}

// MostRegulators is how many a balancer may have: a waiter has a bit for each.
const MostRegulators = 32

// first is the number of the first regulator that limits, if any does.
func (g *regulators) first() (number int, shut bool) {
	if g != nil {
		for _, r := range g.all {
			if r.shut {
				return r.number, true
			}
		}
	}
	return 0, false
}

// result returns what each has done, up to now.
func (g *regulators) result() []Limited {
	if g == nil {
		return nil
	}
	var all []Limited
	for _, r := range g.all {
		figures := r.figures
		for w := range g.b.waiting.all.each() {
			if w.arrival <= r.held {
				figures.Attempts++
			}
		}
		if r.shut {
			figures.Shut += max(g.b.now, g.meter.now) - r.since
		}
		all = append(all, figures)
	}
	return all
}

// addLimited adds up what the regulators of two balancers have done, which are the same.
func addLimited(some, more []Limited) []Limited {
	all := slices.Clone(some)
	for i, m := range more {
		if i == len(all) {
			all = append(all, Limited{Regulator: m.Regulator})
		}
		all[i].Attempts += m.Attempts
		all[i].Shut += m.Shut
	}
	return all
}
