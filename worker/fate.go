package worker

import (
	"time"

	"waza/internal/instant"
	"waza/requester"
)

// A Fate says when a worker is dead, and when it stands still. That is known from the start, since all faults are. Each process of the worker
// (its slots, its heart and so on) has a copy of its own, and works out the same instants. So no slot has to be woken in order to die: it
// sleeps no longer than it lives. A nil *Fate is that of a worker that never dies and never stands still.
//
// The instants that it is asked about must not go back in time.
type Fate struct {
	deaths, stalls spells
	verdicts       []requester.Verdict // on what is lost by each of the troubles that deaths are made of
	resolution     instant.Resolution
}

// NewFate returns what the faults let happen to a worker; aim, that of its heart, makes their instants real, so that a rebirth coincides
// with the joining. Hurry tells whether the person who waits has waited enough; nil: never. NewFate returns nil if nothing happens.
func NewFate(troubles []Trouble, resolution instant.Resolution, aim func(now, due time.Duration) time.Duration, hurry func() bool) *Fate {
	f := &Fate{resolution: resolution}
	for _, t := range troubles {
		switch kind := t.effect.(type) {
		case crash:
			if resolution > 1 {
				t.lead = time.Duration(resolution) // the next life begins before all else of its instant: what is sent then is not lost
			}
			f.deaths.troubles = append(f.deaths.troubles, t.real(aim, resolution))
			f.verdicts = append(f.verdicts, kind.verdict)
		case stall:
			f.stalls.troubles = append(f.stalls.troubles, t.real(aim, resolution))
		}
	}
	for _, s := range []*spells{&f.deaths, &f.stalls} {
		s.resolution, s.hurry = resolution, hurry
	}
	if len(f.deaths.troubles)+len(f.stalls.troubles) == 0 {
		return nil
	}
	return f
}

// Death returns the next death of a worker that lives at that instant, and the rebirth after it; Never, where there is none.
func (f *Fate) Death(now time.Duration) (dies, rises time.Duration) {
	if f == nil {
		return requester.Never, requester.Never
	}
	f.deaths.pass(now)
	next := f.deaths.get(0)
	return next.from, next.to
}

// StandsStill tells whether it does at that instant.
func (f *Fate) StandsStill(now time.Duration) bool { return f.resumes(now) > now }

// Silent returns from when on a worker that gave a sign of life at that instant may give none: when it dies next, or stands still; Never, if it
// goes on for ever. That is a time which has begun by then, if the sign was its last word.
func (f *Fate) Silent(heard time.Duration) time.Duration {
	if f == nil {
		return requester.Never
	}
	f.deaths.pass(heard)
	f.stalls.pass(heard)
	return min(f.deaths.get(0).from, f.stalls.get(0).from)
}

// dies tells whether the worker is dead at that instant, and when it dies, or has died.
func (f *Fate) dies(now time.Duration) (at time.Duration, dead bool) {
	f.deaths.pass(now)
	next := f.deaths.get(0)
	return next.from, f.resolution.Within(now, next.from, next.to)
}

// buries tells whether a job that was sent at that instant is lost with its worker, and the verdict on it. The check stands apart from the
// work so that the compiler inlines it: every job is asked about, and most workers never die.
func (f *Fate) buries(sent, now time.Duration) (requester.Verdict, bool) {
	if f == nil {
		return requester.Succeeded, false
	}
	return f.loses(sent, now)
}

func (f *Fate) loses(sent, now time.Duration) (requester.Verdict, bool) {
	switch _, dead := f.dies(now); {
	case dead:
		return f.verdicts[f.deaths.get(0).trouble], true
	case sent < f.deaths.last.to: // to an earlier life
		return f.verdicts[f.deaths.last.trouble], true
	}
	return requester.Succeeded, false
}

// lives tells whether a worker that lives at that instant still does at another, and else when it dies, and the verdict then.
func (f *Fate) lives(now, until time.Duration) (end time.Duration, verdict requester.Verdict, whole bool) {
	if f == nil {
		return until, requester.Succeeded, true
	}
	if dies, _ := f.dies(now); f.resolution.Before(dies, until) {
		return dies, f.verdicts[f.deaths.get(0).trouble], false
	}
	return until, requester.Succeeded, true
}

// born is when the present life began.
func (f *Fate) born(now time.Duration) time.Duration {
	if f == nil {
		return 0
	}
	f.deaths.pass(now)
	return f.deaths.last.to
}

// resumes returns when a worker that stands still at that instant goes on, or dies; that instant itself, if it does not stand still.
func (f *Fate) resumes(now time.Duration) time.Duration {
	if f == nil {
		return now
	}
	f.stalls.pass(now)
	still := f.stalls.get(0)
	if !f.resolution.Within(now, still.from, still.to) {
		return now
	}
	if dies, dead := f.dies(now); !dead {
		return min(still.to, dies)
	}
	return now
}

// ends returns when a service ends that begins then and takes so long, beside the times in which the worker stands still. It is not whole if
// the worker dies before: then that is its end, and the verdict on it. A service that ends at a crash has ended.
func (f *Fate) ends(began, took time.Duration) (end time.Duration, verdict requester.Verdict, whole bool) {
	end = began + took
	if f == nil {
		return end, requester.Succeeded, true
	}
	dies, _ := f.dies(began)
	f.stalls.pass(began)
	for i := 0; ; i++ {
		still := f.stalls.get(i)
		if !f.resolution.Before(still.from, min(end, dies)) {
			break
		}
		end += still.to - max(still.from, began)
	}
	if f.resolution.Before(dies, end) {
		return dies, f.verdicts[f.deaths.get(0).trouble], false
	}
	return end, requester.Succeeded, true
}
