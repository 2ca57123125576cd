package worker

import (
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
), "error", "what requesters are told: an error at once, or nothing")

// Kills tells whether workers die of the fault; Stops, whether they stand still.
func (f Fault) Kills() bool { return f.Kind == "crash" }

func (f Fault) Stops() bool { return f.Kind == "stall" }

// Fails tells whether attempts fail because of it.
func (f Fault) Fails() bool {
	kind, _ := FindFault(f.Kind)
	return kind.Fails
}

// Swallows tells whether answers never come because of it.
func (f Fault) Swallows() bool {
	kind, _ := FindFault(f.Kind)
	return kind.Swallows || f.Kills() && notify.In(f.Set) == requester.Lost
}

func newCrash(set option.Values) effect { return crash{verdict: notify.In(set)} }
