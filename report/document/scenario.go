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

// writeLookFor says what to look for in the figures of the scenario, and of which scenario, where what was played is another.
func (d Document) writeLookFor(p *page) {
	if d.Scenario == nil {
		return
	}
	what := "What to look for"
	if len(d.Played.Changed) > 0 {
		what += " in the scenario as it stands, without " + enumerated(d.Played.Changed)
	}
	p.WriteByte('\n')
	p.prose(what + ": " + d.Played.LookFor)
}
