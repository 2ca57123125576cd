package balancer

import (
	"time"

	"waza/requester"
	"waza/worker"
)

// detection finds out when its balancer ceased to send to a worker in trouble, by whatever means: a strategy that goes by counts, an ejection,
// a lease that ran out. It takes the balancer to have ceased once it has made 20·n dispatches to others in a row, with n members: with an
// even choice that happens by chance once in e²⁰ times. The balancer ceased at its last dispatch to the worker before these, or at the start
// of the trouble if there was none since. If it sends to the worker again after the trouble, and has not made so many dispatches before, it
// has not noticed the trouble. Workers in the reserve of a pool do not count as members. Only what has been found out takes memory, and
// episodes that have not ended.
type detection struct {
	deaf
	b     *Balancer
	next  time.Duration     // when the next episode of any fault starts
	seen  []int             // by fault: how many of its episodes have begun
	open  [][]doubt         // by worker: those of them of which it is not known yet whether they are noticed
	found [][]time.Duration // as in the Ledger
}

// A doubt is an episode of which it is not known whether the balancer notices it.
type doubt struct {
	worker.Episode
	fault, number int
	last          time.Duration // when the balancer sent to the worker last since its start, or that start
	sent          uint64        // how many dispatches the balancer had made by then
}

// patientShare is how many dispatches to others, for each member, are taken to be no chance.
const patientShare = 20

func newDetection(b *Balancer) *detection {
	d := &detection{b: b, seen: make([]int, len(b.Faults)), found: make([][]time.Duration, len(b.Faults))}
	d.next = d.start()
	return d
}

// start is when the next episode of any fault starts.
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

// heeds tells whether so many dispatches to others say that the balancer has noticed an episode. If so it notes when.
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
