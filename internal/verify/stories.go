package verify

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Story is what was published, where Case.Theory is no theory, or is not all.
type Story struct {
	Source    string   // authors, paper, year
	Published string   // what it says
	Against   []string // nil: none. Else the flags of another system, by whose figure that of the first is divided, seed by seed
	Range     *Range   // in which the figure is; nil: it is Case.Theory
}

// A Range is from Least to Most, which are infinite where there is no such bound.
type Range struct{ Least, Most float64 }

func (r Range) String() string {
	switch {
	case math.IsInf(r.Most, 1):
		return fmt.Sprintf("above %g", r.Least)
	case math.IsInf(r.Least, -1):
		return fmt.Sprintf("below %g", r.Most)
	}
	return fmt.Sprintf("%g to %g", r.Least, r.Most)
}

// How much is played for each story: the effects are large. Its flags say how many requests there are.
const storyReplications = 10

// Stories is the table of published claims.
func Stories() Table {
	return Table{Flag: "stories", Replications: storyReplications, Cases: slices.Concat(
		twoChoices(), herd(), idleFirst(), probing(), failFast(), slowPairs(), metastable())}
}

// published is a claim and where it stands.
type published struct {
	title, says, source, published string
}

// A shown is one figure of a story.
type shown struct {
	name    string
	figure  Figure
	flags   string
	against string // may be empty
	is      float64
	within  *Range // instead of is
}

func above(least float64) *Range { return &Range{least, math.Inf(1)} }
func below(most float64) *Range  { return &Range{math.Inf(-1), most} }

func (p published) cases(figures ...shown) (all []Case) {
	for _, s := range figures {
		story := &Story{Source: p.source, Published: p.published, Range: s.within}
		if s.against != "" {
			story.Against, s.figure.Unit = strings.Fields(s.against), ""
		}
		s.figure.Name = s.name
		all = append(all, Case{Model: p.title, Says: p.says, Flags: strings.Fields(s.flags), Figure: s.figure, Theory: s.is, Story: story})
	}
	return all
}
