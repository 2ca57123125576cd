package simulation

import (
	"time"

	"waza/balancer"
	"waza/strategy"
	"waza/worker"
)

// A desk is where a worker is asked how it is: its gauge, with the channels on which that hears balancers and slots.
type desk struct {
	worker.Gauge
	probes chan worker.Probe
	notes  chan worker.Note
	held   chan struct{} // a token for each job that the worker holds
}

// probes tells whether that strategy asks workers how they are. If not, nobody sits at the desks.
func probes(name string) bool {
	kind, _ := strategy.Find(name)
	return kind.Probes
}

// furnish makes a desk for each worker, and lets its slots tell it what they do.
func (st *stage) furnish(lane func() func(now, due time.Duration) time.Duration) {
	for id := range st.Workers {
		d := &desk{probes: make(chan worker.Probe), notes: make(chan worker.Note), held: make(chan struct{}, cap(st.queues[id]))}
		d.Gauge = worker.Gauge{Worker: id, Way: strategy.ProbeDelay.In(st.Parameters.Set), Epoch: st.epoch, Aim: lane()}
		for _, slot := range st.slots[id*st.Concurrency : (id+1)*st.Concurrency] {
			slot.Notes, slot.Held = d.notes, d.held
		}
		st.desks = append(st.desks, d)
	}
}

// eachDesk returns what the gauges do.
func (st *stage) eachDesk() []func() {
	var lives []func()
	for _, d := range st.desks {
		lives = append(lives, func() { d.Run(d.probes, d.notes, d.held) })
	}
	return lives
}

// leaveDesks ends the gauges: nobody asks any more, and no slot has anything to tell.
func (st *stage) leaveDesks() {
	for _, d := range st.desks {
		close(d.probes)
	}
}

// readings returns the channel on which a balancer hears its probes. It has room for four times as many as are usually
// out, from their sending until the balancer's next turn; a probe for whose answer there is no room is not sent.
func (c *Config) readings() chan worker.Reading {
	const most = 1 << 20 // of all balancers together
	rate := c.Rate
	if c.Arrivals == Closed { // no more requests come than the workers finish
		capacity := 0.0
		for _, speed := range c.Speeds {
			capacity += speed * float64(c.Concurrency)
		}
		rate = capacity / max(time.Microsecond, c.Work.Mean()).Seconds()
	}
	probes, delay := strategy.Probes.In(c.Parameters.Set), strategy.ProbeDelay.In(c.Parameters.Set)
	usual := rate * delay.Seconds() * float64(probes)
	return make(chan worker.Reading, (1024+int(min(most, 4*usual)))/c.Balancers+probes)
}

// introduce tells a balancer, in a worker's join, where to ask.
func (st *stage) introduce(j balancer.Join) balancer.Join {
	if len(st.desks) > 0 {
		j.Probes, j.Tokens = st.desks[j.Worker].probes, st.desks[j.Worker].held
	}
	return j
}
