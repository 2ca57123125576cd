// Package agenda keeps what a goroutine has to do at some instant, behind one timer: an Agenda has the entries in the order
// in which they are due, and an Alarm wakes its owner for the first of them. The goroutine that has them owns both.
//
// Every instant is a time.Duration since the start of the run.
package agenda

import (
	"container/heap"
	"math"
	"time"
)

// Never is the instant that does not come.
const Never time.Duration = math.MaxInt64

// An Entry is something to be done at an instant. It stands in one Agenda at most, and once at most.
type Entry struct {
	Number uint64                  // of two that are due at one instant the lower goes first
	Do     func(now time.Duration) // what is to be done; it may enter anything, itself too
	due    time.Duration           // while it stands in an agenda
	place  int                     // in the agenda: index + 1; 0: in none
}

// An Agenda holds entries in order of (instant, number). The zero Agenda is empty and ready.
type Agenda struct{ entries entries }

// Set enters e for the instant due, or moves it there if it stands here already; Never takes it out. O(log n).
func (a *Agenda) Set(e *Entry, due time.Duration) {
	switch in := e.place > 0; {
	case due == Never && in:
		heap.Remove(&a.entries, e.place-1)
	case due == Never:
	case in:
		e.due = due
		heap.Fix(&a.entries, e.place-1)
	default:
		e.due = due
		heap.Push(&a.entries, e)
	}
}

// Next returns the instant of the first entry, Never if there is none. O(1).
func (a *Agenda) Next() time.Duration {
	if len(a.entries) == 0 {
		return Never
	}
	return a.entries[0].due
}

// Ring takes out what is due by now and does it, one entry after the other, also what these enter for an instant that has come.
func (a *Agenda) Ring(now time.Duration) {
	for a.Next() <= now && len(a.entries) > 0 {
		e := a.entries[0]
		heap.Remove(&a.entries, 0)
		e.Do(now)
	}
}

// entries are what container/heap sorts. Every move writes an entry's new place.
type entries []*Entry

func (s entries) Len() int { return len(s) }

func (s entries) Less(i, j int) bool {
	if s[i].due != s[j].due {
		return s[i].due < s[j].due
	}
	return s[i].Number < s[j].Number
}

func (s entries) Swap(i, j int) {
	s[i], s[j] = s[j], s[i]
	s[i].place, s[j].place = i+1, j+1
}

func (s *entries) Push(x any) {
	e := x.(*Entry)
	*s = append(*s, e)
	e.place = len(*s)
}

func (s *entries) Pop() any {
	last := len(*s) - 1
	e := (*s)[last]
	(*s)[last] = nil
	*s = (*s)[:last]
	e.place = 0
	return e
}
