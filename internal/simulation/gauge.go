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
}

// probes tells whether that strategy asks workers how they are. If not, nobody sits at the desks.
func probes(name string) bool {
	for _, kind := range strategy.Table() {
		if kind.Name == name {
			return kind.Probes
		}
	}
	return false
}

// furnish makes a desk for each worker, and lets its slots tell it what they do.
func (st *stage) furnish(lane func() func(now, due time.Duration) time.Duration) {
	for id := range st.Workers {
		d := &desk{probes: make(chan worker.Probe), notes: make(chan worker.Note)}
		d.Gauge = worker.Gauge{Worker: id, Way: st.ProbeDelay, Epoch: st.epoch, Aim: lane()}
		for _, slot := range st.slots[id*st.Concurrency : (id+1)*st.Concurrency] {
			slot.Notes = d.notes
		}
		st.desks = append(st.desks, d)
	}
}

// eachDesk returns what the gauges do.
func (st *stage) eachDesk() []func() {
	var lives []func()
	for id, d := range st.desks {
		lives = append(lives, func() { d.Run(d.probes, d.notes, st.queues[id]) })
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
	const most = 1 << 20
	usual := most
	if c.Rate > 0 {
		usual = int(min(most, c.Rate*c.ProbeDelay.Seconds()*float64(c.Parameters.Probes)/float64(c.Balancers)))
	}
	return make(chan worker.Reading, min(most, 1024+4*usual))
}

// introduce tells a balancer, in a worker's join, where to ask.
func (st *stage) introduce(j balancer.Join) balancer.Join {
	if len(st.desks) > 0 {
		j.Probes = st.desks[j.Worker].probes
	}
	return j
}
