package balancer

import "time"

// A sweep looks for attempts that no worker holds and none has heard of, because the lease of their worker is over and the announcement of
// that was lost; it claims them (Redis: XPENDING, or XAUTOCLAIM, now and then). Sweeps are made at the multiples of the lease, at instants
// of the balancer's own. A lease that ends at the very instant of a sweep is found by the next one: so, beyond the lease of its worker, an
// attempt waits for another lease at most.
func (k *broker) sweep(time.Duration) {
	unheard := k.unheard
	k.unheard = nil
	for _, e := range unheard {
		if e.answered { // by the worker that held it, which had not died
			e.waits = false
			k.release(e)
			continue
		}
		k.ledger.Takeovers.Swept++
		k.take(e, "a sweep finds it")
	}
}

// planSweeps plans the sweeps. If no announcement is ever lost there is nothing to find, and none is made.
func (k *broker) planSweeps() {
	if k.Announcements.Loss > 0 && k.Lease > 0 {
		k.every(k.Lease, k.sweep)
	}
}
