// Package document writes what happened: the results of one invocation as text for people, as JSON and CSV for programs,
// and as a log of all requests. Equal documents give equal bytes. A Document is a plain value: whoever holds it may read
// it, and writing changes nothing in it.
//
// Next: text.go, with page.go, table.go, notes.go, verdict.go and ranking.go for its parts, seeds.go and
// seeds_verdict.go for what several seeds say, and assumptions.go; then json.go, csv.go and log.go. How results are drawn
// is the business of package report/plots.
package document

import (
	"cmp"
	"fmt"

	"waza/report"
)

// A Document is one invocation's whole result.
type Document struct {
	Version     string              `json:"version"`
	Command     string              `json:"command"` // waza and its arguments
	Seed        uint64              `json:"seed"`
	Clock       string              `json:"clock"`                 // simulated or wall
	Scenario    *string             `json:"scenario"`              // nil: none was named
	Interrupted bool                `json:"interrupted"`           // the figures are of what ran until then
	Config      Settings            `json:"config"`                // marshals as an object, in this order
	Assumptions []Assumption        `json:"assumptions"`           // set when it is written
	Runs        []report.Result     `json:"runs"`                  // one per strategy, in the order in which they were named
	Each        []report.Result     `json:"-"`                     // every run, of which those are the means; nil: those themselves
	Conclusions []report.Conclusion `json:"conclusions,omitempty"` // of runs with several seeds, one for each point
	Found       []report.Found      `json:"found,omitempty"`       // what --find has found, one for each strategy
	Knees       []report.Knee       `json:"knees,omitempty"`       // of a sweep of load or rate with objectives
	Missing     []Missing           `json:"missing,omitempty"`     // runs that there were to be, and are not
	Sought      string              `json:"-"`                     // the flag of --find; empty: nothing is looked for
	Swept       bool                `json:"-"`                     // a flag has another value in each of several runs of a strategy
	Words       []string            `json:"-"`                     // of the command; nil: it is one word
	Compared    bool                `json:"-"`                     // strategies are compared with a baseline, seed by seed
	Eventful    bool                `json:"-"`                     // a fault, a shape of the arrivals, a pool or a broker lets one ask when something happened
	Width       int                 `json:"-"`                     // of the text in columns; 0: 100
	Played      Played              `json:"-"`                     // of the scenario, if one was named
}

// partial tells whether something has ended the runs before their end: an interruption, or an error.
func (d Document) partial() bool {
	return d.Interrupted || len(d.Missing) > 0 || d.Sought != "" && len(d.Found) == 0
}

// ended says by what partial runs have ended.
func (d Document) ended() string {
	switch {
	case d.Interrupted && len(d.Runs) > 0 && d.Runs[0].Swept == nil:
		return "The run was interrupted"
	case d.Interrupted:
		return "The runs were interrupted"
	}
	return "Not all runs came to their end"
}

// Missing says of which runs there are too few.
type Missing struct {
	Strategy  string        `json:"strategy"`
	Swept     *report.Swept `json:"swept,omitempty"`
	SweptAlso *report.Swept `json:"swept_also,omitempty"`
	Played    int           `json:"played"`
	Wanted    int           `json:"wanted"`
}

// Played is what the text says of a scenario.
type Played struct {
	Says    string   // what it plays: one sentence
	LookFor string   // what to look for in the figures
	Changed []string // flags beside it, with which it is another, so that what to look for may not be there
	Command []string // the words, fit for a shell, of the command that does the same without its name
}

// usualWidth is that of a text which no terminal bounds, and proseWidth the most that is pleasant to read.
const (
	usualWidth = 100
	proseWidth = 120
)

// width returns that of tables, and that of prose.
func (d Document) width() (tables, prose int) {
	if d.Width <= 0 {
		return usualWidth, ProseWidth(d.Width)
	}
	return d.Width, ProseWidth(d.Width)
}

// ProseWidth returns how wide prose is on a terminal of so many columns; 0: none shows it.
func ProseWidth(columns int) int {
	if columns <= 0 {
		return usualWidth
	}
	return min(columns, proseWidth)
}

// Settings is the configuration of a run, in the order in which it is reported.
type Settings []Setting

// A Setting is one flag that shapes the run: its name and its value (number, bool, string or nil).
type Setting struct {
	Name  string
	Value any
	Text  string // the value as people write it, 50% for 0.5; empty: as it is

	Several []string // the values of a flag that may be given several times, each by itself
}

// read is what people read: the name and the value, once for each where there may be several.
func (s Setting) read() []string {
	texts := s.Several
	if len(texts) == 0 {
		texts = []string{cmp.Or(s.Text, fmt.Sprint(s.Value))}
	}
	var all []string
	for _, text := range texts {
		all = append(all, visible(s.Name+" "+text))
	}
	return all
}
