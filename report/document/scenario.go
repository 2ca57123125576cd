package document

// writePlayed says what the scenario plays, and shows its flags as one command, to be copied and changed.
func (d Document) writePlayed(p *page) {
	if d.Scenario == nil {
		return
	}
	p.prose("scenario " + *d.Scenario + ": " + d.Played.Says)
	p.WriteByte('\n')
	p.command(d.Played.Command)
	p.WriteByte('\n')
}

// writeLookFor says what to look for in the figures of the scenario.
func (d Document) writeLookFor(p *page) {
	if d.Scenario != nil {
		p.WriteByte('\n')
		p.prose("What to look for: " + d.Played.LookFor)
	}
}
