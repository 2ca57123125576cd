package balancer

import (
	"time"

	"waza/internal/agenda"
)

// appointments are what the balancer has to do by itself at some instant: whatever ends by time. One that comes due only changes
// what is known; the dispatch that follows every message does the rest.
type appointments struct {
	agenda agenda.Agenda
	alarm  agenda.Alarm
	made   uint64 // so many so far
}

// at makes an appointment for the instant of the balancer's own that is nearest to due. It is not cancelled: do looks whether what it
// was made for still holds.
func (b *Balancer) at(due time.Duration, do func(now time.Duration)) {
	b.look()
	b.due.made++
	b.due.agenda.Set(&agenda.Entry{Number: b.due.made, Do: do}, b.Aim(b.now, due))
}

// alarm returns a channel that delivers when an appointment is due; nil, which never does, while there is none.
func (b *Balancer) alarm() <-chan time.Time {
	b.pool.arm()
	if next := b.due.agenda.Next(); next != agenda.Never {
		return b.due.alarm.At(b.now, next)
	}
	return nil
}

// ring notes that the alarm has delivered. What is due is done after all completions have been taken: see catchUp.
func (b *Balancer) ring() { b.due.alarm.Rung() }
