package worker

import (
	"time"

	"waza/internal/option"
	"waza/requester"
)

// A FaultKind is one line of the table of faults.
type FaultKind struct {
	Name    string
	Does    string      // one sentence, for --faults
	Example string      // as one may write it
	Keys    option.List // that it takes beside the common ones; one without a default has to be given
	make    func(option.Values) effect
}

// FaultKinds lists every kind of fault that there is. A new one is one file and one line.
func FaultKinds() []FaultKind {
	return []FaultKind{
		{Name: "slow", Example: "slow:factor=3", Keys: option.List{factor}, make: newSlow,
			Does: "a service that begins while it lasts takes so many times as long"},
		{Name: "flaky", Example: "flaky:p=0.1", Keys: option.List{probability}, make: newFlaky,
			Does: "a service that begins while it lasts may fail, after all of its time"},
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

// An effect is what a fault does to the services of a worker. A slot asks it about each of them: how long it takes, when it
// begins, and how it went, when it ends. The trouble tells when the fault is there. A kind answers the questions that
// concern it, and embeds harmless for the others.
type effect interface {
	// lasts returns how long a service takes, in nanoseconds, that begins then and would take so long without the fault.
	lasts(t *Trouble, began time.Duration, took float64) float64
	// ends returns the verdict on an attempt whose service began then, as far as the fault has a say: Succeeded if not.
	ends(t *Trouble, began time.Duration, r *requester.Request) requester.Verdict
	// longest returns the most that lasts may return for a service that would take so long.
	longest(took float64) float64
}

// harmless is the effect of nothing.
type harmless struct{}

func (harmless) lasts(_ *Trouble, _ time.Duration, took float64) float64 { return took }

func (harmless) ends(*Trouble, time.Duration, *requester.Request) requester.Verdict {
	return requester.Succeeded
}

func (harmless) longest(took float64) float64 { return took }
