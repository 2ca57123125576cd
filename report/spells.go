package report

import "time"

// A Spell is a time, in seconds of the run, in which a kind of fault troubles some worker, for a share of it above 0 and at most 1.
type Spell struct {
	Kind        string  `mean:"key"`
	FromSeconds float64 `mean:"key"`
	ToSeconds   float64 `mean:"key"`
	Share       float64
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
