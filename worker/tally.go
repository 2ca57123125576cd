package worker

import (
	"time"

	"waza/internal/instant"
)

// A Tally is what a slot has counted, or several together. What every job changes comes first.
type Tally struct {
	Received       int           // jobs taken from the queue, whole run
	Begun          int           // services begun, whole run
	BegunInside    int           // services begun inside the measured window
	Answered       int           // answers given, well or with an error, whole run; what a fault swallows is none, nor what the dead refuse
	AnsweredInside int           // the same inside the measured window
	Busy           time.Duration // slot-time in service, whole run
	BusyInside     time.Duration // the same inside the measured window
	Ended          time.Duration // when the last service ended; 0: there was none
	Failed         int           // services begun that gave no good answer, whole run
	BegunLately    int           // services begun in the window since Lately
	Retried        int           // tries after the first of a service, whole run
	Skipped        int           // jobs that were skipped before service, whole run: their time was over, or another attempt had won
	Cancelled      int           // jobs that the end of the run cancelled before service
	Buried         int           // jobs lost before service: with their worker, or in a black hole

	// These are of proxies only.
	Passed      int           // requests passed on
	Spent       int           // services after which no worker behind served the request, and the requester was told of a failure or of nothing
	Duplicated  int           // executions behind that ended when the proxy that waited for them had died
	Broken      int           // the same, but cut short by the death of their own worker
	Reburied    int           // burials behind of requests whose proxy had died
	MoreService time.Duration // of the duplicated and the broken
}

// Add adds what another slot has counted.
func (t *Tally) Add(other *Tally) {
	t.Received += other.Received
	t.Begun += other.Begun
	t.BegunInside += other.BegunInside
	t.Failed += other.Failed
	t.Answered += other.Answered
	t.AnsweredInside += other.AnsweredInside
	t.BegunLately += other.BegunLately
	t.Retried += other.Retried
	t.Skipped += other.Skipped
	t.Cancelled += other.Cancelled
	t.Buried += other.Buried
	t.Busy += other.Busy
	t.BusyInside += other.BusyInside
	t.Ended = max(t.Ended, other.Ended)
	t.Passed += other.Passed
	t.Spent += other.Spent
	t.Duplicated += other.Duplicated
	t.Broken += other.Broken
	t.Reburied += other.Reburied
	t.MoreService += other.MoreService
}

// A Window is the measured part of the run. Slots and balancers ask it about what is past.
type Window interface {
	// Known returns what is known of it now. What that says about the past never changes.
	Known() instant.Interval
}
