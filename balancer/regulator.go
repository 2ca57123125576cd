package balancer

import (
	"slices"
	"strings"
	"time"

	"waza/internal/option"
	"waza/requester"
)

// A Regulator is a gate before dispatch, of which a balancer may have several: what any of them limits waits in the backlog, or is rejected
// where that has no room, as if no worker had any (Regulator of the qpool library).
type Regulator struct {
	Kind string // its name in RegulatorKinds
	Set  option.Values
	name string // as it was written, where the lengths in Set are those of another clock
}

// A RegulatorKind is one line of the table of regulators.
type RegulatorKind struct {
	Name    string
	Does    string     // for --help
	Example string     // as one may write it
	Bare    option.Any // stands first, without its name; nil: all keys have theirs
	Keys    option.List
	Check   func(option.Values) error // whether the values go together; nil: all do
	make    func(*Balancer, option.Values) regulator
}

// RegulatorKinds lists every regulator that there is. A new one is one file and one line.
func RegulatorKinds() []RegulatorKind {
	return []RegulatorKind{
		{Name: "rate", Example: "rate:100/s,burst=10", Bare: bucketRate, Keys: option.List{bucketBurst}, Check: checkBucket, make: newBucket,
			Does: "so many requests a second, and after a pause so many at once: a token bucket"},
		{Name: "breaker", Example: "breaker:failures=5,reset=30s", Keys: breakerKeys, make: newMainBreaker,
			Does: "none after so many failures in a row, of all workers; when reset is over, one, which decides"},
		{Name: "backpressure", Example: "backpressure:queue=20,latency=100ms", Keys: pressureKeys, Check: checkPressure, make: newPressure,
			Does: "none while more than that wait at workers, or while the answers of the last second took longer in the mean; either may be left out"},
		{Name: "resource", Example: "resource:utilisation=80%", Keys: resourceKeys, make: newResource,
			Does: "none while more than that share of the slots was busy over the last second"},
	}
}

// FindRegulator returns the line of the regulator of that name, if there is one.
func FindRegulator(name string) (RegulatorKind, bool) {
	for _, k := range RegulatorKinds() {
		if k.Name == name {
			return k, true
		}
	}
	return RegulatorKind{}, false
}

// keys are all that the kind takes.
func (k RegulatorKind) keys() option.List {
	if k.Bare == nil {
		return k.Keys
	}
	return append(option.List{k.Bare}, k.Keys...)
}

// String is how one may write it: every key with its value.
func (r Regulator) String() string {
	if r.name != "" {
		return r.name
	}
	kind, _ := FindRegulator(r.Kind)
	var parts []string
	for _, key := range kind.keys() {
		if key == kind.Bare {
			parts = append(parts, key.Text(r.Set))
		} else {
			parts = append(parts, key.Name()+"="+key.Text(r.Set))
		}
	}
	return r.Kind + ":" + strings.Join(parts, ",")
}

// Lengths are those that it was given, and the time between two tokens.
func (r Regulator) Lengths() []time.Duration {
	all := r.Set.Lengths()
	if rate, is := r.Set[bucketRate.Name()].(float64); is {
		all = append(all, time.Duration(float64(time.Second)/rate))
	}
	return all
}

// Times returns the regulator with so many times as long lengths, and under the same name.
func (r Regulator) Times(factor float64) Regulator {
	kind, _ := FindRegulator(r.Kind)
	r.name = r.String()
	r.Set = r.Set.Times(factor, kind.keys())
	return r
}

// A regulator at work observes what its balancer measures, after each change, and says whether to limit.
type regulator interface {
	observe(m *metrics)
	limits(now time.Duration) bool

	// until tells of one that limits when it may cease to though nothing else happens; Never: it does not.
	until(now time.Duration) time.Duration
}

// A regulation is a regulator of which it is known how long it limits, and whom.
type regulation struct {
	regulator
	number  int
	shut    bool // it limited when it was asked last
	since   time.Duration
	due     time.Duration // of the appointment at which it is asked again; Never: there is none
	figures Limited
}

// Limited is what one regulator has done.
type Limited struct {
	Regulator string
	Attempts  int           // that waited for it, or were rejected, where some worker had room
	Shut      time.Duration // how long it limited
}

// regulators are those of one balancer, behind one meter. Together they are a gate.
type regulators struct {
	b     *Balancer
	meter meter
	all   []*regulation
}

func newRegulators(b *Balancer) *regulators {
	g := &regulators{b: b, meter: meter{metrics: metrics{second: b.second(), resolution: b.Resolution}}}
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

// second is how long a simulated second is on the balancer's clock.
func (b *Balancer) second() time.Duration {
	if b.Second > 0 {
		return b.Second
	}
	return time.Second
}

// open asks every regulator, so that each knows whether it limits.
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

// ask asks whether a regulator limits, and makes an appointment for when it may cease to: what waits is dispatched then.
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

// hold counts a request for which some worker has room, once for each regulator for which it waits.
func (g *regulators) hold(w *waiter) {
	if g == nil || g.b.room == 0 {
		return
	}
	for _, r := range g.all {
		if bit := uint32(1) << r.number; r.shut && w.limited&bit == 0 {
			w.limited |= bit
			r.figures.Attempts++
			if !g.b.overfull() {
				g.b.tell(requester.Event{At: g.b.now, What: requester.Limits, Worker: requester.None, Why: r.figures.Regulator}, w.Request)
			}
		}
	}
}

// MostRegulators is how many a balancer may have: a waiter has a bit for each.
const MostRegulators = 32

// why names the first regulator that limits, if any does.
func (g *regulators) why() string {
	if g != nil {
		for _, r := range g.all {
			if r.shut {
				return r.figures.Regulator
			}
		}
	}
	return ""
}

// result returns what each has done, up to now.
func (g *regulators) result() []Limited {
	if g == nil {
		return nil
	}
	var all []Limited
	for _, r := range g.all {
		figures := r.figures
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
