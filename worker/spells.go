package worker

import (
	"time"

	"waza/internal/fifo"
	"waza/internal/instant"
	"waza/requester"
)

// A spell is a time of trouble, from its start up to its end.
type spell struct {
	from, to time.Duration
	trouble  int // that begins it, of those that the spells are made of
}

// spells are the times of several troubles together, in their order; times that overlap are one spell. Every copy works out the same.
type spells struct {
	troubles []Trouble
	ahead    fifo.Queue[spell] // those that are not over, as far as they have been worked out
	past     int               // how many are over
	last     spell             // the last of those

	resolution instant.Resolution
	hurry      func() bool // whether the person who waits has waited enough; nil: never
}

// pass forgets the spells that are over at that instant. Instants must not go backwards.
func (s *spells) pass(now time.Duration) {
	if len(s.troubles) == 0 {
		return
	}
	for next := s.get(0); next.from != requester.Never && !s.resolution.Before(now, next.to); next = s.get(0) {
		if s.past++; s.past%lookEvery == 0 && s.hurry != nil && s.hurry() {
			return
		}
		s.last = s.ahead.Pop()
	}
}

// get returns spell number i, from 0, of those that are not over. If there are not so many, it begins and ends at Never.
func (s *spells) get(i int) spell {
	if len(s.troubles) == 0 {
		return spell{from: requester.Never, to: requester.Never}
	}
	for s.ahead.Len() <= i {
		s.ahead.Push(s.take())
	}
	return s.ahead.At(i)
}

// take works out the next spell.
func (s *spells) take() spell {
	first := 0
	for i := range s.troubles {
		if s.troubles[i].from < s.troubles[first].from {
			first = i
		}
	}
	next := spell{from: s.troubles[first].from, to: s.troubles[first].to, trouble: first}
	for more := next.from != requester.Never; more; {
		more = false
		for i := range s.troubles {
			if t := &s.troubles[i]; t.from != requester.Never && t.from <= next.to {
				next.to = max(next.to, t.to)
				t.advance()
				more = next.to != requester.Never
			}
		}
	}
	return next
}
