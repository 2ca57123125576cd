package report

import (
	"reflect"
	"slices"
	"time"
)

// A Spell is a time, in seconds of the run, in which a kind of fault troubles some worker, for a share of it above 0 and at most 1.
type Spell struct {
	Kind        string
	FromSeconds float64
	ToSeconds   float64
	Share       float64
}

// Spells are those of a run, fault by fault.
type Spells []Spell

// Several runs have in common the spells that begin at the same time in each, and last until the mean of when they end: what goes on for
// ever ends with its run, and each run ends at another time.
func (Spells) meanOf(all []reflect.Value) any {
	var mean Spells
	for _, s := range all[0].Interface().(Spells) {
		var ends []reflect.Value
		for _, v := range all {
			those := v.Interface().(Spells)
			i := slices.IndexFunc(those, func(o Spell) bool { return o.Kind == s.Kind && o.FromSeconds == s.FromSeconds && o.Share == 1 })
			if i < 0 {
				break
			}
			ends = append(ends, reflect.ValueOf(those[i].ToSeconds))
		}
		if len(ends) == len(all) {
			s.ToSeconds = meanOf(ends, reflect.Value.Float)
			mean = append(mean, s)
		}
	}
	return mean
}

// A fault may trouble workers so many times that nobody could look at each, nor keep them all: of more than mostSpells only the share of the
// time is kept, in so many parts of the run.
const (
	mostSpells = 40
	spellParts = 120
)

// spells unite the episodes of a fault at all workers, which come in the order of their start.
type spells struct {
	ended    time.Duration // the run
	from, to time.Duration // the spell that may go on; both 0: none
	first    [mostSpells]Spell
	n        int // spells that are over
	covered  [spellParts]float64
}

// add is told of an episode; what is beyond the end of the run does not count.
func (s *spells) add(from, to time.Duration, e *ending) {
	to = min(to, s.ended)
	switch {
	case from >= to:
	case s.to > s.from && from <= s.to:
		s.to = max(s.to, to)
	default:
		s.close(e)
		s.from, s.to = from, to
	}
}

// close counts the spell that goes on no more.
func (s *spells) close(e *ending) {
	if s.to <= s.from {
		return
	}
	if s.n < mostSpells {
		s.first[s.n] = Spell{FromSeconds: e.seconds(s.from), ToSeconds: e.seconds(s.to), Share: 1}
	}
	s.n++
	part := float64(s.ended) / spellParts
	from, to := float64(s.from)/part, float64(s.to)/part
	for i := int(from); i < spellParts && float64(i) < to; i++ {
		s.covered[i] += max(0, min(to, float64(i+1))-max(from, float64(i)))
	}
	s.from, s.to = 0, 0
}

// describe returns the spells of a kind.
func (s *spells) describe(kind string, e *ending) []Spell {
	s.close(e)
	var all []Spell
	if s.n <= mostSpells {
		all = append(all, s.first[:s.n]...)
	} else {
		part := e.seconds(s.ended) / spellParts
		for i, share := range s.covered {
			if share > 0 {
				all = append(all, Spell{FromSeconds: float64(i) * part, ToSeconds: float64(i+1) * part, Share: min(1, share)})
			}
		}
	}
	for i := range all {
		all[i].Kind = kind
	}
	return all
}
