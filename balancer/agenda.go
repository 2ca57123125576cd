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

// after makes an appointment for so long after something that happened. That may be past, for completions are heard late: then what is due
// by now is done as soon as all of them have been heard, and the instant is the one that it would have been had they been heard at once.
func (b *Balancer) after(happened, length time.Duration, do func(now time.Duration)) {
	b.due.made++
	b.due.agenda.Set(&agenda.Entry{Number: b.due.made, Do: do}, b.Aim(happened, happened+length))
}

// every makes an appointment for each interval from now on, one after the other, each for an instant counted from now and not from when
// the one before was kept. It makes no more once no request will come, or nothing has happened for long: whoever sleeps again and again keeps
// the clock going, and would hide that all others wait for ever.
func (b *Balancer) every(interval time.Duration, do func(now time.Duration)) {
	b.look()
	due := b.now + interval
	var again func(time.Duration)
	again = func(now time.Duration) {
		if b.stopped || b.cancelled || b.isQuiet() {
			return
		}
		do(now)
		due += interval
		b.at(due, again)
	}
	b.at(due, again)
}

// alarm returns a channel that delivers when an appointment is due; nil, which never does, while there is none.
func (b *Balancer) alarm() <-chan time.Time {
	if b.pool != nil {
		b.pool.arm()
	}
	if next := b.due.agenda.Next(); next != agenda.Never {
		return b.due.alarm.At(b.now, next)
	}
	return nil
}

// ring notes that the alarm has delivered. What is due is done after all completions have been taken: see catchUp.
func (b *Balancer) ring() { b.due.alarm.Rung() }
