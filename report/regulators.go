package report

// A RegulatorRow is what a regulator did in all balancers, in the whole run.
type RegulatorRow struct {
	Regulator   string  `json:"regulator"`    // as it was written, with all its keys
	Limited     int     `json:"limited"`      // attempts that waited for it or were rejected, though some worker had room
	ShutSeconds float64 `json:"shut_seconds"` // how long it would have limited whatever came; of several balancers the sum
}

// describeRegulators writes what the regulators did, each in the order in which it was asked for.
func describeRegulators(r *Result, e *ending) {
	for _, one := range e.balanced().Regulators {
		r.Regulators = append(r.Regulators, RegulatorRow{one.Regulator, one.Attempts, e.seconds(one.Shut)})
	}
}
