package worker

import (
	"time"

	"waza/internal/option"
	"waza/requester"
)

// A FaultKind is one line of the table of faults.
type FaultKind struct {
	Name     string
	Does     string      // one sentence, for --faults
	Example  string      // as one may write it
	Keys     option.List // that it takes beside the common ones; one without a default has to be given
	Fails    bool        // it makes attempts fail
	Swallows bool        // it keeps answers from their requesters
	make     func(option.Values) effect
	refuses  func(Fault) error // what is wrong with one of this kind; nil: nothing more than with any
}

// FaultKinds lists every kind of fault that there is. A new one is one file and one line.
func FaultKinds() []FaultKind {
	return []FaultKind{
		{Name: "slow", Example: "slow:factor=3", Keys: option.List{factor}, make: newSlow,
			Does: "a service that begins while it lasts takes so many times as long"},
		{Name: "stall", Example: "stall:worker=0,at=10s,for=2s", make: newStall, refuses: endless,
			Does: "it accepts requests and serves nothing for the time, then goes on where it stood"},
		{Name: "blackhole", Example: "blackhole:worker=0,at=10s", make: newBlackhole, Swallows: true,
			Does: "it accepts requests and never answers those that come while it lasts"},
		{Name: "fail-fast", Example: "fail-fast:worker=0,after=1ms", Keys: option.List{after}, make: newFailFast, Fails: true,
			Does: "a service that begins while it lasts fails after a moment"},
		{Name: "flaky", Example: "flaky:p=0.1", Keys: option.List{probability}, make: newFlaky, Fails: true,
			Does: "a service that begins while it lasts may fail, after all of its time"},
		{Name: "crash", Example: "crash:worker=0,at=20s,for=10s", Keys: option.List{notify}, make: newCrash, Fails: true,
			Does: "it loses all that it holds and what is sent to it; at its end a new incarnation joins"},
		{Name: "cold", Example: "cold:factor=5,ramp=10s", Keys: option.List{coldFactor, ramp}, make: newCold, refuses: lasting,
			Does: "from its start, and from each rebirth, services take longer, ever less so until the ramp is over"},
		{Name: "drop", Example: "drop:p=0.01", Keys: option.List{lossProbability, delay}, make: newDrop, refuses: something, Swallows: true,
			Does: "an answer may get lost on its way, or takes longer"},
	}
}

// FindFault returns the line of the faults of that name, if there is one.
func FindFault(name string) (FaultKind, bool) {
	for _, k := range FaultKinds() {
		if k.Name == name {
			return k, true
		}
	}
	return FaultKind{}, false
}

// An effect is what a fault does to the services of a worker. A slot asks it about each of them: how long it takes, when it begins, and how it
// went, when it ends. What comes to the worker is the Hole's to ask about; what ends lives, or lets workers stand still, is a part of the Fate.
// The trouble tells when the fault is there. A kind answers the questions that concern it, and embeds harmless for the others.
type effect interface {
	// lasts returns how long a service takes, in nanoseconds, that begins then and would take so long without the fault.
	lasts(t *Trouble, began time.Duration, took float64) float64
	// ends returns the verdict on an attempt whose service began then, as far as the fault has a say: Succeeded if not.
	ends(t *Trouble, began time.Duration, r *requester.Request) requester.Verdict
	// swallows tells whether an attempt that comes then is never served nor answered, and when that is over.
	swallows(t *Trouble, came time.Duration) (until time.Duration, gone bool)
	// answers tells whether the answer to an attempt whose service began then gets lost, and how much longer its way is.
	answers(t *Trouble, began time.Duration, r *requester.Request) (way time.Duration, lost bool)
	// longest returns the most that lasts may return for a service that would take so long.
	longest(took float64) float64
}

// harmless is the effect of nothing.
type harmless struct{}

func (harmless) lasts(_ *Trouble, _ time.Duration, took float64) float64 { return took }

func (harmless) ends(*Trouble, time.Duration, *requester.Request) requester.Verdict {
	return requester.Succeeded
}

func (harmless) swallows(*Trouble, time.Duration) (time.Duration, bool) { return 0, false }

func (harmless) answers(*Trouble, time.Duration, *requester.Request) (time.Duration, bool) {
	return 0, false
}

func (harmless) longest(took float64) float64 { return took }
