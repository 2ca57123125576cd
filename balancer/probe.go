package balancer

import (
	"waza/requester"
	"waza/worker"
)

// probe sends the probes that the strategy asks for after a request has been sent. No request waits for the answers: they lie in Readings
// until the balancer reads them, before its next dispatch.
func (b *Balancer) probe() {
	for _, w := range b.prober.Ask() {
		if b.probing == cap(b.Readings) {
			return // there might be no room for the answer, and the worker would have to wait
		}
		b.probing++
		b.members[w.ID].probes <- worker.Probe{Sent: b.now, Reply: b.Readings}
	}
}

// read hands the strategy what a worker has answered. The Reading says when it is home, which may be later than now.
func (b *Balancer) read(r requester.Reading) {
	b.probing--
	b.prober.Read(r)
}
