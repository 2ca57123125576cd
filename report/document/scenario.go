package document

import (
	"fmt"
	"unicode/utf8"
)

// writePlayed says what the scenario plays, and shows its flags as one command, which a shell takes as it stands there: a line that goes
// on ends with a backslash.
func (d Document) writePlayed(p *page) {
	if d.Scenario == nil {
		return
	}
	p.prose("scenario " + *d.Scenario + ": " + d.Played.Says)
	p.WriteByte('\n')
	const inset, goesOn = "    ", " \\"
	line := inset
	for i, word := range d.Played.Command {
		if i > 0 {
			if utf8.RuneCountInString(line+" "+word+goesOn) > p.width {
				fmt.Fprintln(p, line+goesOn)
				line = inset + "  "
			} else {
				line += " "
			}
		}
		line += word
	}
	fmt.Fprintln(p, line+"\n")
}

// writeLookFor says what to look for in the figures of the scenario.
func (d Document) writeLookFor(p *page) {
	if d.Scenario != nil {
		p.WriteByte('\n')
		p.prose("What to look for: " + d.Played.LookFor)
	}
}
