package simulation

import (
	"context"
	"slices"
	"time"

	"waza/balancer"
	"waza/strategy"
	"waza/worker"
)

// newWorker returns the worker of that number: its queue, its slots and, where the strategy probes, its gauge. A hole stands before the queue
// where requests may fall into one.
func (t *topology) newWorker(id int, run, hurry context.Context) *worker.Worker {
	_, room := t.share()
	if t.mortal() {
		room *= 2 // what an earlier life was sent may still lie there when a balancer fills that of the next
	}
	w := &worker.Worker{ID: id, Queue: make(chan *worker.Job, room)}
	if t.strategy.Probes {
		w.Probes, w.Notes, w.Tokens = make(chan worker.Probe), make(chan worker.Note), make(chan struct{}, room)
		w.Gauge = &worker.Gauge{
			Worker: id, Way: strategy.ProbeDelay.In(t.Parameters.Set), Epoch: t.epoch, Aim: t.gaugeLane(id),
		}
	}
	holed := t.holed(id)
	var taken chan struct{}
	if t.Concurrency > 1 || holed {
		taken = make(chan struct{}, t.Concurrency) // one token per slot: putting it never waits
	}
	for number := range t.Concurrency {
		slot := t.newSlot(id, t.slotLane(id, number), hurry)
		slot.Taken, slot.Notes, slot.Tokens = taken, w.Notes, w.Tokens
		slot.Hurry = hurried(hurry)
		if t.WallClock {
			slot.Wall, slot.Stop = true, run.Done()
		}
		w.Slots = append(w.Slots, slot)
	}
	if holed {
		w.Arrivals = make(chan *worker.Job, room)
		w.Hole = &worker.Hole{
			Worker: id, Faults: t.troubles(id), Fate: t.fate(id, hurry), Epoch: t.epoch, Resolution: t.resolution(),
			Tokens: w.Tokens, Taken: taken, Hurry: hurried(hurry), Aim: t.holeLane(id),
		}
	}
	return w
}

// newSlot returns a slot of the worker of that number.
func (t *topology) newSlot(id int, own aim, hurry context.Context) *worker.Slot {
	return &worker.Slot{
		Worker: id, Speed: t.Speeds[id], Jitter: worker.Jitter{Seed: t.Seed, CV: t.Jitter},
		Faults: t.troubles(id), Fate: t.fate(id, hurry), Ways: t.ways(id), Epoch: t.epoch, Resolution: t.resolution(), Window: t.window, Lately: t.lately(), Aim: own,
	}
}

// checked tells whether balancers check the health of workers.
func (t *topology) checked() bool {
	return slices.ContainsFunc(t.Features, func(f balancer.Feature) bool { return f.Kind == "health" })
}

// joining is the message that makes a worker a member.
func (t *topology) joining(w *worker.Worker, limit int) balancer.Join {
	j := balancer.Join{
		Worker: w.ID, Concurrency: t.Concurrency, Limit: limit, Weight: t.Speeds[w.ID], Zone: w.ID % t.zones(),
		Queue: w.Entry(), Probes: w.Probes, Tokens: w.Tokens,
	}
	j.Reserve = t.Pool.Interval > 0 && w.ID >= t.Pool.Start
	if t.checked() {
		j.Vitals = worker.NewVitals(t.fate(w.ID, context.Background()), t.troubles(w.ID), t.resolution())
	}
	if t.Weights != nil {
		j.Weight = t.Weights[w.ID]
	}
	if t.Tiers != nil {
		j.Tier = t.Tiers[w.ID]
	}
	return j
}

// eachSlot returns what the slots of all workers do.
func (t *topology) eachSlot(run context.Context) []func() {
	var lives []func()
	for _, w := range t.workers {
		lives = append(lives, w.Serve(run)...)
	}
	return lives
}

// eachGauge returns what the gauges do.
func (t *topology) eachGauge() []func() {
	var lives []func()
	for _, w := range t.workers {
		if w.Gauge != nil {
			lives = append(lives, w.Answer)
		}
	}
	return lives
}

// closeQueues ends the slots: no balancer sends anything any more.
func (t *topology) closeQueues() {
	for _, w := range t.workers {
		close(w.Entry())
	}
}

// closeProbes ends the gauges: nobody asks any more, and no slot has anything to tell.
func (t *topology) closeProbes() {
	for _, w := range t.workers {
		if w.Gauge != nil {
			close(w.Probes)
		}
	}
}

// usualReadings is the room for answers to the probes of one balancer: four times as many as are usually out, from their
// sending until the balancer's next turn. A probe for whose answer there is no room is not sent.
func (t *topology) usualReadings() int {
	const most = 1 << 20 // of all balancers together
	rate := t.Rate * t.curve.Peak()
	if t.Arrivals == Closed { // no more requests come than the workers finish
		capacity := 0.0
		for _, speed := range t.Speeds {
			capacity += speed * float64(t.Concurrency)
		}
		rate = capacity / max(time.Microsecond, t.Work.Mean()).Seconds()
	}
	probes, delay := strategy.Probes.In(t.Parameters.Set), strategy.ProbeDelay.In(t.Parameters.Set)
	usual := rate * delay.Seconds() * float64(probes)
	return (1024+int(min(most, 4*usual)))/t.Balancers + probes
}
