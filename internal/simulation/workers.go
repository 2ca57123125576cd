package simulation

import (
	"context"
	"slices"
	"time"

	"waza/balancer"
	"waza/strategy"
	"waza/worker"
)

// newWorker returns the worker of that number: its queue, its slots, its gauge if the strategy probes, and a hole before the queue if
// requests may fall into one.
func (s *stage) newWorker(id int, service, hurry context.Context) *worker.Worker {
	_, room := s.share()
	if s.mortal() || len(s.Resizes) > 0 {
		room *= 2 // jobs for an earlier incarnation may still lie there when a balancer fills the queue of the next
	}
	w := &worker.Worker{ID: id, Queue: make(chan *worker.Job, room)}
	if s.strategy.Probes {
		w.Probes, w.Notes, w.Tokens = make(chan worker.Probe), make(chan worker.Note), make(chan struct{}, room)
		w.Gauge = &worker.Gauge{
			Worker: id, Way: strategy.ProbeDelay.In(s.Parameters.Set), Epoch: s.epoch, Aim: s.gaugeLane(id),
		}
	}
	holed := s.holed(id)
	var taken chan struct{}
	if s.Concurrency > 1 || holed {
		taken = make(chan struct{}, s.Concurrency) // never blocks: one token per slot
	}
	for number := range s.Concurrency {
		slot := s.newSlot(id, s.slotLane(id, number), hurry)
		slot.Taken, slot.Notes, slot.Tokens = taken, w.Notes, w.Tokens
		slot.Hurry = hurried(hurry)
		if s.WallClock {
			slot.Wall, slot.Stop = true, service.Done()
		}
		w.Slots = append(w.Slots, slot)
	}
	if holed {
		w.Arrivals = make(chan *worker.Job, room)
		w.Hole = &worker.Hole{
			Worker: id, Faults: s.troubles(id), Fate: s.fate(id, hurry), Epoch: s.epoch, Resolution: s.resolution(),
			Tokens: w.Tokens, Taken: taken, Hurry: hurried(hurry), Aim: s.holeLane(id), Proxy: s.proxy(),
		}
	}
	return w
}

// newSlot returns a slot of the worker of that number.
func (s *stage) newSlot(id int, own aim, hurry context.Context) *worker.Slot {
	slot := &worker.Slot{
		Worker: id, Speed: s.Speeds[id], Jitter: worker.Jitter{Seed: s.Seed, CV: s.Jitter},
		Faults: s.troubles(id), Fate: s.fate(id, hurry), Ways: s.ways(id), Epoch: s.epoch, Resolution: s.resolution(), Window: s.window, Lately: s.lately(), Aim: own,
		Proxy: s.proxy(), Whole: s.tier > 0,
	}
	if slot.Proxy == nil { // a proxy only passes on, and has nothing to try again
		slot.Retry = s.Persist
	}
	return slot
}

// checked tells whether balancers check the health of workers.
func (c *Config) checked() bool {
	return slices.ContainsFunc(c.Features, func(f balancer.Feature) bool { return f.Kind == "health" })
}

// joining is the message that makes a worker a member.
func (s *stage) joining(w *worker.Worker, limit int) balancer.Join {
	j := balancer.Join{
		Worker: w.ID, Concurrency: s.Concurrency, Limit: limit, Weight: s.Speeds[w.ID], Speed: s.Speeds[w.ID], Zone: w.ID % s.zones(),
		Queue: w.Entry(), Probes: w.Probes, Tokens: w.Tokens,
	}
	j.Reserve = s.Resized() && w.ID >= s.Pool.Start
	if s.checked() {
		j.Vitals = worker.NewVitals(s.fate(w.ID, context.Background()), s.troubles(w.ID), s.resolution())
	}
	if s.Weights != nil {
		j.Weight = s.Weights[w.ID]
	}
	if s.Tiers != nil {
		j.Tier = s.Tiers[w.ID]
	}
	return j
}

// eachSlot returns what the slots of all workers do.
func (s *stage) eachSlot(service context.Context) []func() {
	var lives []func()
	for _, w := range s.workers {
		lives = append(lives, w.Serve(service)...)
	}
	return lives
}

// eachGauge returns what the gauges do.
func (s *stage) eachGauge() []func() {
	var lives []func()
	for _, w := range s.workers {
		if w.Gauge != nil {
			lives = append(lives, w.Answer)
		}
	}
	return lives
}

// closeQueues ends the slots, once no balancer sends anything any more.
func (s *stage) closeQueues() {
	for _, w := range s.workers {
		close(w.Entry())
	}
}

// closeProbes ends the gauges, once no balancer probes any more and no slot has anything to tell them.
func (s *stage) closeProbes() {
	for _, w := range s.workers {
		if w.Gauge != nil {
			close(w.Probes)
		}
	}
}

// usualReadings is the room for answers to the probes of one balancer: four times as many as are usually out, from their
// sending until the balancer's next turn. A probe for whose answer there is no room is not sent.
func (s *stage) usualReadings() int {
	const most = 1 << 20 // of all balancers together
	rate := s.Rate * s.curve.Peak()
	if s.Arrivals == Closed { // no more requests come than the workers finish
		rate = s.capacity() / max(time.Microsecond, s.Work.Mean()).Seconds()
	}
	probes, delay := strategy.Probes.In(s.Parameters.Set), strategy.ProbeDelay.In(s.Parameters.Set)
	usual := rate * delay.Seconds() * float64(probes)
	return (1024+int(min(most, 4*usual)))/s.Balancers + probes
}
