package worker

import (
	"slices"
	"time"

	"waza/internal/fifo"
	"waza/requester"
)

// A Probe asks a worker how it is.
type Probe struct {
	Sent  time.Duration            // when it was sent off: it takes time on the way
	Reply chan<- requester.Reading // has room for one Reading per Probe that is out: sending never blocks
}

// A Note is what a slot tells its worker's Gauge of a job that it has finished.
type Note struct {
	Ahead int           // how many the worker held when the job was sent to it
	Took  time.Duration // from dispatch to finish
}

// A Gauge answers probes for a worker, whose slots cannot: a slot that serves is asleep. It is a goroutine of its own, and owns the latencies.
// A balancer that sends a job puts a token into a channel, and the slot that finishes the job takes one out: so the gauge sees by the number
// of tokens how many jobs the worker holds. There is a gauge only if the strategy probes.
//
// Its estimate is that of Wydrowski et al., "Load is not what you should balance: Introducing Prequal" (NSDI 2024): the median of the latest
// latencies of requests that found about as many jobs there as one would that is sent now. Latencies do not age: a worker that was slow, and
// has been sent nothing since, counts as slow until a request comes there by chance.
type Gauge struct {
	Worker int
	Way    time.Duration // of a probe, and of its answer
	Epoch  time.Time     // instant 0 of the run

	// Aim moves a wake-up to an instant of this gauge's own, so that no two goroutines wake at once; on the wall clock it changes nothing.
	Aim func(now, due time.Duration) time.Duration

	asked  fifo.Queue[Probe] // in the order in which they are to be answered
	recent [depths]history   // the latest latencies, by how many jobs the worker held when the request was sent
}

// depths is how many numbers of jobs are told apart; higher ones count as the highest of them.
const depths = 32

// Run hears notes and answers probes until the channel of probes is closed. Probes that are still on their way then get no answer: the
// balancers have ended.
func (g *Gauge) Run(probes <-chan Probe, notes <-chan Note, held <-chan struct{}) {
	var alarm <-chan time.Time
	for {
		select {
		case p, open := <-probes:
			if !open {
				return
			}
			g.asked.Push(p)
		case n := <-notes:
			g.recent[min(n.Ahead, depths-1)].add(n.Took)
		case <-alarm:
			g.answer(len(held))
			alarm = nil
		}
		if alarm == nil && g.asked.Len() > 0 {
			now := g.now()
			alarm = time.After(g.Aim(now, g.asked.At(0).Sent+g.Way) - now)
		}
	}
}

// answer answers the oldest probe, which has just arrived.
func (g *Gauge) answer(held int) {
	g.asked.Pop().Reply <- requester.Reading{Worker: g.Worker, InFlight: held, Latency: g.latency(held), Home: g.now() + g.Way}
}

// latency is the median of the latencies for the number of jobs that is nearest to held and has any; 0, if none has.
func (g *Gauge) latency(held int) time.Duration {
	at := min(held, depths-1)
	for off := range depths {
		for _, depth := range []int{at - off, at + off} {
			if depth >= 0 && depth < depths && g.recent[depth].count > 0 {
				return g.recent[depth].median()
			}
		}
	}
	return 0
}

func (g *Gauge) now() time.Duration { return time.Since(g.Epoch) }

// A history is the latest few latencies.
type history struct {
	took  [9]time.Duration
	count int // so many ever
}

func (h *history) add(took time.Duration) {
	h.took[h.count%len(h.took)] = took
	h.count++
}

func (h *history) median() time.Duration {
	sorted := h.took
	known := sorted[:min(h.count, len(sorted))]
	slices.Sort(known)
	return known[len(known)/2]
}
