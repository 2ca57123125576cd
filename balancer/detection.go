package balancer

import (
	"time"

	"waza/requester"
	"waza/worker"
)

// detection finds out when its balancer ceased to send to a worker in trouble, by whatever means: a strategy that heeds counts, an ejection,
// a lease that ran out. That was at its last dispatch to the worker, or at the start of the trouble, before it made 20·n dispatches to
// others, n the number of members: of an even choice that is chance once in e²⁰ times. Who stands in the reserve of a pool is none. If it sends to the worker when the trouble is over and
// has not made so many before, it has not heeded it. Only episodes that have not ended take memory, and what has been found out.
type detection struct {
	deaf
	b     *Balancer
	next  time.Duration     // start of the next episode of any fault
	seen  []int             // by fault: its episodes that have begun
	open  [][]doubt         // by worker: of these, those that may yet be heeded
	found [][]time.Duration // as in the Ledger
}

// A doubt is an episode of which is not known whether the balancer heeds it.
type doubt struct {
	worker.Episode
	fault, number int
	last          time.Duration // dispatch to the worker since its start, or that start
	sent          uint64        // the dispatches of the balancer up to then
}

// patientShare is how many dispatches for each member a balancer makes to others until that is no chance.
const patientShare = 20

func newDetection(b *Balancer) *detection {
	d := &detection{b: b, seen: make([]int, len(b.Faults)), found: make([][]time.Duration, len(b.Faults))}
	d.next = d.start()
	return d
}

func (d *detection) start() time.Duration {
	first := requester.Never
	for _, e := range d.b.Faults {
		first = min(first, e.Start())
	}
	return first
}

func (d *detection) sent(m *member, _ *worker.Job) {
	if !d.b.Resolution.Before(d.b.now, d.next) {
		d.begin()
	}
	if m.ID >= len(d.open) {
		return
	}
	open := d.open[m.ID][:0]
	for _, one := range d.open[m.ID] {
		if others := d.b.sent - 1 - one.sent; d.heeds(one, others) || !d.b.Resolution.Before(d.b.now, one.To) {
			continue
		}
		one.last, one.sent = d.b.now, d.b.sent
		open = append(open, one)
	}
	d.open[m.ID] = open
}

// begin enters the episodes that have begun since the dispatch before this one.
func (d *detection) begin() {
	for fault, e := range d.b.Faults {
		for !d.b.Resolution.Before(d.b.now, e.Start()) {
			episode, _ := e.Next()
			d.open = withPlace(d.open, episode.Worker)
			d.open[episode.Worker] = append(d.open[episode.Worker],
				doubt{episode, fault, d.seen[fault], episode.From, d.b.sent - 1})
			d.seen[fault]++
		}
	}
	d.next = d.start()
}

// heeds tells whether so many dispatches to others say that an episode is heeded, and notes it.
func (d *detection) heeds(one doubt, others uint64) bool {
	if others < uint64(patientShare*max(1, d.b.health.members)) {
		return false
	}
	of := &d.found[one.fault]
	for one.number >= len(*of) {
		*of = append(*of, requester.Never)
	}
	(*of)[one.number] = max(0, one.last-one.From)
	return true
}

// result returns what has been found out, when the run is over.
func (d *detection) result() [][]time.Duration {
	for _, open := range d.open {
		for _, one := range open {
			d.heeds(one, d.b.sent-one.sent)
		}
	}
	return d.found
}
