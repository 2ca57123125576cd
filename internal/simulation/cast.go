package simulation

import (
	"math/rand/v2"
	"time"

	"waza/report"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A role tells one source of randomness from another of the same seed.
type role uint64

const (
	arrivalRole role = iota + 1
	workRole
	thinkRole
	strategyRole
	keyRole
	priorityRole
)

// source returns the generator of one role of one process. Each has its own, so that no draw depends on who drew before.
func (c *Config) source(r role, id int) rand.Source {
	return rand.NewPCG(c.Seed, uint64(r)<<48|uint64(id))
}

func (c *Config) random(r role, id int) *rand.Rand { return rand.New(c.source(r, id)) }

// blockSize is how many outcomes a requester hands over at once: enough to make the hand-over cheap, and few enough
// for the blocks of all requesters to stay in a core's cache.
const blockSize = 64

// newRequester returns the requester of that number.
func (st *stage) newRequester(id int, aim func(now, due time.Duration) time.Duration) *requester.Requester {
	quota := st.Requests / st.Requesters
	if id < st.Requests%st.Requesters {
		quota++
	}
	r := &requester.Requester{
		ID: id, Of: st.Requesters, Quota: quota,
		Timeout: st.Timeout, Deadline: st.Deadline, Propagate: st.Propagate,
		Retries: st.Retries, Backoff: st.Backoff, Seed: st.Seed,
		BlockSize: blockSize,
		Epoch:     st.epoch, Aim: aim, Noticed: st.noticed, Eager: st.Events,
	}
	if st.Work != nil {
		r.Work = st.Work.Sampler(st.source(workRole, id))
	}
	switch st.Arrivals {
	case Poisson:
		r.Arrivals = &requester.PoissonArrivals{Left: quota, End: st.length(), Rand: st.random(arrivalRole, id)}
	case Constant:
		r.Arrivals = &requester.ConstantArrivals{Rate: st.Rate, First: id, Step: st.Requesters, Total: st.Requests}
	case Closed:
		r.Closed = true
		r.Warmup = int(st.Warmup * float64(quota))
		r.Arrivals = &requester.ClosedArrivals{Left: quota, Think: st.Think.Sampler(st.source(thinkRole, id))}
	case Trace:
		replay := &requester.Replay{Trace: st.Trace, First: id, Step: st.Requesters, Total: st.Requests}
		r.Arrivals, r.Work = replay, replay.Work
	}
	st.characterize(r)
	return r
}

// newSlots returns the slots of the worker of that number.
func (st *stage) newSlots(id int, lane func() func(now, due time.Duration) time.Duration) []*worker.Slot {
	var taken chan struct{}
	if st.Concurrency > 1 {
		taken = make(chan struct{}, st.Concurrency) // one token per slot: putting it never waits
	}
	var slots []*worker.Slot
	for range st.Concurrency {
		slot := st.newSlot(id, lane())
		slot.Taken = taken
		slots = append(slots, slot)
	}
	return slots
}

// newSlot returns one slot of the worker of that number.
func (st *stage) newSlot(id int, aim func(now, due time.Duration) time.Duration) *worker.Slot {
	slot := &worker.Slot{
		Worker: id, Speed: st.Speeds[id], Jitter: worker.Jitter{Seed: st.Seed, CV: st.Jitter},
		Ways: st.ways(id), Epoch: st.epoch, Window: st.window, Aim: aim,
	}
	for i, fault := range st.Faults {
		if fault.Workers.Contains(id, st.Workers) {
			slot.Faults = append(slot.Faults, fault.Meet(st.Seed, i, id))
		}
	}
	return slot
}

// length is T, the time in which the open loop issues its requests.
func (c *Config) length() time.Duration {
	return time.Duration(float64(c.Requests) / c.Rate * float64(time.Second))
}

// measure makes what measures the run.
func (st *stage) measure(name string, s Spectators) {
	if st.Arrivals == Closed {
		st.window = report.NewClosedLoopWindow(min(st.Requesters, st.Requests))
	} else {
		length := st.length()
		st.window = report.NewWindow(time.Duration(st.Warmup*float64(length)), length)
	}
	options := report.Options{Window: st.window, Expected: st.Requests, KeepLog: st.Log}
	options.Priorities, options.Zones = st.classes(name)
	if s.Progress != nil {
		options.Progress = func(done int) { s.Progress(name, done) }
	}
	st.fold = report.NewFold(options)
}

// facts gathers what the processes counted, once all have ended.
func (st *stage) facts(name string, interrupted bool) report.Facts {
	f := report.Facts{Strategy: name, Ended: time.Since(st.epoch), Interrupted: interrupted, Wall: st.WallClock}
	kind, _ := strategy.Find(name)
	f.Group, f.Place = kind.Group, kind.Place
	for id := range st.Workers {
		f.Workers = append(f.Workers, st.workerFacts(id))
	}
	for _, p := range st.posts {
		ledger := p.Ledger()
		f.Balancer.Admitted += ledger.Admitted
		f.Balancer.Dispatched += ledger.Dispatched
		f.Balancer.Completed += ledger.Completed
		f.Balancer.Rejected += ledger.Rejected
		f.Balancer.Skipped += ledger.Skipped
		f.Balancer.Cancelled += ledger.Cancelled
		for id, k := range ledger.Workers {
			f.Workers[id].Books = append(f.Workers[id].Books, report.Book{
				Pending: k.Pending, PendEver: k.PendEver, PendInside: k.PendInside, Held: k.Held,
				MostPending: k.MostPending, MostEver: k.MostEver,
			})
		}
	}
	return f
}

// workerFacts adds up what the slots of a worker counted.
func (st *stage) workerFacts(id int) report.WorkerFacts {
	w := report.WorkerFacts{ID: id, Speed: st.Speeds[id], Concurrency: st.Concurrency}
	for _, slot := range st.slots[id*st.Concurrency : (id+1)*st.Concurrency] {
		w.Received += slot.Tally.Received
		w.Begun += slot.Tally.Begun
		w.BegunInside += slot.Tally.BegunInside
		w.Skipped += slot.Tally.Skipped
		w.Cancelled += slot.Tally.Cancelled
		w.Busy += slot.Tally.Busy
		w.BusyInside += slot.Tally.BusyInside
	}
	return w
}
