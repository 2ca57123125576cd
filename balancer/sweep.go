package balancer

import "time"

// A sweep looks through what the balancer has sent for attempts that are nobody's, and claims them: the lease of their worker is over, and the
// announcement was lost (Redis: XPENDING, or XAUTOCLAIM, now and then). There is one each time that another lease has passed since the start of
// the run, at the balancer's own instant, and a lease that is over at that very instant is found by the next: so an attempt waits for one lease
// at most, beyond that of its worker. Where no announcement is ever lost there is nothing to find, and none is made.
func (k *broker) sweep(time.Duration) {
	unheard := k.unheard
	k.unheard = nil
	for _, e := range unheard {
		if e.answered { // by the worker that had it, and had not died
			e.waits = false
			k.release(e)
			continue
		}
		k.ledger.Takeovers.Swept++
		k.take(e, "a sweep finds it")
	}
}

// planSweeps plans the sweeps.
func (k *broker) planSweeps() {
	if k.Announcements.Loss > 0 && k.Lease > 0 {
		k.every(k.Lease, k.sweep)
	}
}
