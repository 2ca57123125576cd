package balancer

import (
	"time"

	"waza/worker"
)

// A watcher hears what its balancer does, in the order in which that happens: a Feature at work is one, and so is whatever else follows
// the members and their jobs. What it finds out it may say by mark (a member is unfit), by at (there is something to do later), and by
// being a gate (nothing more is to be sent for now).
type watcher interface {
	joined(m *member)                      // m is a member from now on, for the first time or again
	left(m *member)                        // m is a member no longer
	sent(m *member, j *worker.Job)         // j is about to go to m, whose Held counts it already
	recovered(m *member, at time.Duration) // m, a member, is fit again since that instant
	done(m *member, j *worker.Job)         // m holds j no longer since j.Finished: it has finished j, or j is given up. Held does not count it any more
}

// deaf is a watcher that ignores everything. Others embed it for what they do not need to hear.
type deaf struct{}

func (deaf) joined(*member)                   {}
func (deaf) left(*member)                     {}
func (deaf) sent(*member, *worker.Job)        {}
func (deaf) recovered(*member, time.Duration) {}
func (deaf) done(*member, *worker.Job)        {}

// extras are what is at work in one balancer because its configuration asks for it. What is not is nil, and costs nothing.
type extras struct {
	watchers []watcher // all of these but the broker, and the features
	gates    []gate    // those of them that may hold requests back
	eager    bool      // somebody needs to hear of each completion at once: see finished

	broker    *broker     // nil: workers answer requesters themselves
	pool      *pool       // nil: the number of workers does not follow what waits for them
	resizer   *resizer    // nil: nor does it follow a plan
	regulated *regulators // nil: there are none
	detection *detection  // nil: nobody asks when faults are noticed
	placement *placement  // nil: nobody asks which keys move
	excess    excess      // at work if the queue is watched
	fairness  *fairness   // nil: it is not
}

// watch puts to work what the configuration asks for. Watchers hear what happens in the order in which they are added.
func (b *Balancer) watch() {
	if b.Claims {
		b.broker = &broker{Balancer: b}
		b.broker.planSweeps()
	}
	if b.Pool.Interval > 0 {
		b.pool = newPool(b)
		b.add(b.pool)
	}
	if len(b.Resizes) > 0 {
		b.resizer = newResizer(b)
		b.add(b.resizer)
	}
	if b.Faults != nil {
		b.detection = newDetection(b)
		b.add(b.detection)
	}
	if b.Placing != nil {
		b.placement = newPlacement(b)
		b.add(b.placement)
	}
	if len(b.Regulators) > 0 {
		b.regulated = newRegulators(b)
		b.add(b.regulated)
	}
	for _, f := range b.Features {
		b.add(f.start(b))
	}
	if b.WatchQueue {
		b.fairness = &fairness{window: b.Window, since: map[*member]Fair{}}
		b.add(&b.excess)
		b.add(b.fairness)
	}
	b.eager = len(b.gates) > 0 || b.broker != nil || b.pool != nil
}

// add adds a watcher, and a gate if it is one.
func (b *Balancer) add(w watcher) {
	b.watchers = append(b.watchers, w)
	if g, is := w.(gate); is {
		b.gates = append(b.gates, g)
	}
}
