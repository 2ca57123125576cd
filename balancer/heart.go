package balancer

import (
	"slices"
	"time"

	"waza/internal/instant"
	"waza/requester"
	"waza/worker"
)

// A Heart is a goroutine beside a worker that may die or stand still. It tells the balancers at each beat that the worker is alive and, when
// the worker comes back from death, that it joins anew. It does not beat while the worker is dead or stands still.
type Heart struct {
	Worker     int
	Every      time.Duration // between two beats of a life, counted from its beginning; 0: it does not beat
	Fate       *worker.Fate
	Epoch      time.Time             // instant 0 of the run
	Resolution instant.Resolution    // how far apart two instants are to be different
	Tell       func(requester.Event) // hears what happens; nil: nobody does

	// Aim moves a wake-up to an instant of this heart's own, so that no two goroutines wake at once; on the wall clock it changes nothing.
	Aim func(now, due time.Duration) time.Duration
	// Wall: it runs on the wall clock, where sleeps end late.
	Wall bool

	now, born time.Duration
	beats     time.Duration // how many there were in this life
}

// An Ear is where a heart reaches one balancer.
type Ear struct {
	Control chan<- Control
	Ended   <-chan struct{} // closed when the balancer has ended
	Silence <-chan struct{} // closed when it wants to hear no more beats
	Rebirth Join            // what it is told when the worker comes back
}

// Run beats until stop is closed, or until nothing more can happen to the worker that any balancer wants to hear.
func (h *Heart) Run(stop <-chan struct{}, ears []Ear) {
	for h.heard(ears) {
		dies, rises := h.Fate.Death(h.now)
		switch beat := h.nextBeat(); {
		case beat != requester.Never && !h.Resolution.Before(dies, beat): // it still beats at the instant of its death
			if !h.sleep(beat, stop) {
				return
			}
			h.beats++
			if !h.Fate.StandsStill(h.now) {
				h.tellAll(ears, func(Ear) Control { return Beat{h.Worker} }, stop)
			}
		case dies == requester.Never || !h.sleep(dies, stop):
			return
		default:
			h.tell(requester.Dies)
			if rises == requester.Never || !h.sleep(rises, stop) {
				return
			}
			h.born, h.beats = h.now, 0
			h.tell(requester.Rises)
			h.tellAll(ears, func(e Ear) Control { return e.Rebirth }, stop)
		}
	}
}

func (h *Heart) nextBeat() time.Duration {
	if h.Every == 0 {
		return requester.Never
	}
	return h.born + (h.beats+1)*h.Every
}

// tellAll tells every balancer that wants to hear, each at an instant of the heart's own. It looks first whether the balancer wants to: one
// that does not may be listening all the same, and a select in which both are ready would choose at random.
func (h *Heart) tellAll(ears []Ear, what func(Ear) Control, stop <-chan struct{}) {
	for i, ear := range ears {
		if i > 0 && !h.sleep(h.now, stop) {
			return
		}
		if ear.silent() {
			continue
		}
		select {
		case ear.Control <- what(ear):
		case <-ear.Ended:
		case <-ear.Silence:
		}
	}
}

// heard tells whether some balancer still wants to hear.
func (h *Heart) heard(ears []Ear) bool {
	return slices.ContainsFunc(ears, func(e Ear) bool { return !e.silent() })
}

// silent tells whether the balancer wants to hear no more.
func (e Ear) silent() bool {
	select {
	case <-e.Silence:
		return true
	default:
		return false
	}
}

// sleep sleeps until the instant of its own that is nearest to due, and tells whether it has come.
func (h *Heart) sleep(due time.Duration, stop <-chan struct{}) bool {
	wake := h.Aim(h.now, due)
	select {
	case <-time.After(wake - h.now):
	case <-stop:
		return false
	}
	if h.now = wake; h.Wall {
		h.now = time.Since(h.Epoch)
	}
	return true
}

func (h *Heart) tell(what requester.Happening) {
	if h.Tell != nil {
		h.Tell(requester.Event{At: h.now, What: what, Worker: h.Worker})
	}
}
