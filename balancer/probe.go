package balancer

import (
	"waza/requester"
	"waza/worker"
)

// probe sends the probes that the strategy wants, for the request that has just been sent. Nobody waits for an answer: it
// lies in Readings until the balancer looks there before its next dispatch.
func (b *Balancer) probe() {
	for _, w := range b.prober.Ask() {
		if b.probing == cap(b.Readings) {
			return // no answer could be sent, and its worker would wait: this probe is not sent
		}
		b.probing++
		b.members[w.ID].probes <- worker.Probe{Sent: b.now, Reply: b.Readings}
	}
}

// read hands the strategy what a worker has answered. It is told when that is home, which may be later than now.
func (b *Balancer) read(r requester.Reading) {
	b.probing--
	b.prober.Read(r)
}
