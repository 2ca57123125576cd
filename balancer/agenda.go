package balancer

import (
	"time"

	"waza/internal/agenda"
)

// appointments are what the balancer will do by itself at some instant: whatever ends by time. Like a message, an appointment that comes
// due only changes what is known, and the dispatch that follows does the rest.
type appointments struct {
	agenda agenda.Agenda
	alarm  agenda.Alarm
	made   uint64 // how many so far
}

// at makes an appointment for the instant of the balancer's own that is nearest to due. An appointment cannot be cancelled: do has to look
// whether its reason still holds.
func (b *Balancer) at(due time.Duration, do func(now time.Duration)) {
	b.look()
	b.due.made++
	b.due.agenda.Set(&agenda.Entry{Number: b.due.made, Do: do}, b.Aim(b.now, due))
}

// after makes an appointment for so long after something that happened. Completions are heard late, so the instant may be past: it is the
// same as if they had been heard at once, and the appointment is kept as soon as all of them have been heard.
func (b *Balancer) after(happened, length time.Duration, do func(now time.Duration)) {
	b.due.made++
	b.due.agenda.Set(&agenda.Entry{Number: b.due.made, Do: do}, b.Aim(happened, happened+length))
}

// every makes an appointment at each interval from now on, one after the other. The instants are multiples of the interval, counted from now:
// they do not drift if one is kept late. It ceases once no request will come, or the balancer is quiet: see Quiescence.
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

// alarm returns a channel that delivers when an appointment is due; nil, which never delivers, while there is none.
func (b *Balancer) alarm() <-chan time.Time {
	if b.pool != nil {
		b.pool.arm()
	}
	if next := b.due.agenda.Next(); next != agenda.Never {
		return b.due.alarm.At(b.now, next)
	}
	return nil
}

// ring notes that the alarm has delivered. What is due is done later, when all completions have been taken: see catchUp.
func (b *Balancer) ring() { b.due.alarm.Rung() }
