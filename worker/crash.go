package worker

import (
	"errors"
	"maps"
	"slices"

	"waza/internal/option"
	"waza/requester"
)

// crash ends a worker's life: see Fate. What it held is lost, and so is what comes until its rebirth.
type crash struct {
	harmless
	verdict requester.Verdict // on what is lost: Failed, which its requester is told at once, or Lost
}

var notify = option.New("notify", option.OneOf(
	option.Choice[requester.Verdict]{Name: "error", Is: requester.Failed},
	option.Choice[requester.Verdict]{Name: "none", Is: requester.Lost},
	option.Choice[requester.Verdict]{Name: "auto", Is: requester.Succeeded},
), "auto", "what requesters are told: an error at once, or none; auto: none under --claim, else an error")

// Claimed returns the fault with "auto" resolved, as it is with or without claims: balancers can claim what a dead worker holds only if the
// requesters are not told of an error.
func (f Fault) Claimed(claims bool) (Fault, error) {
	if !f.Kills() {
		return f, nil
	}
	is := notify.In(f.Set)
	switch {
	case is == requester.Failed && claims:
		return f, errors.New("want notify=none beside --claim: who is told of an error does not wait for another worker")
	case is == requester.Succeeded && claims:
		is = requester.Lost
	case is == requester.Succeeded:
		is = requester.Failed
	}
	f.Set = maps.Clone(f.Set)
	f.Set["notify"] = is
	return f, nil
}

// Kills tells whether workers die of the fault; Stops tells whether they stand still.
func (f Fault) Kills() bool { return f.Kind == "crash" }

func (f Fault) Stops() bool { return f.Kind == "stall" }

// NoneServes tells whether from some time on the first of those workers are all dead for ever.
func NoneServes(faults []Fault, first, workers, zones int) bool {
	for id := range first {
		ends := slices.ContainsFunc(faults, func(f Fault) bool {
			return f.Kills() && f.For == 0 && f.MTBF == 0 && f.Hits(id, workers, zones)
		})
		if !ends {
			return false
		}
	}
	return true
}

// Fails tells whether attempts fail because of it.
func (f Fault) Fails() bool {
	kind, _ := FindFault(f.Kind)
	return kind.Fails
}

// Swallows tells whether answers never come because of it.
func (f Fault) Swallows() bool {
	kind, _ := FindFault(f.Kind)
	return kind.Swallows && !f.harmlessDrop() || f.Kills() && notify.In(f.Set) == requester.Lost
}

func newCrash(set option.Values) effect { return crash{verdict: notify.In(set)} }
