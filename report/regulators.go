package report

// A RegulatorRow is what a regulator did in all balancers, in the whole run.
type RegulatorRow struct {
	Regulator   string  `json:"regulator"`    // as it was written, with all its keys
	Limited     Count   `json:"limited"`      // attempts that waited for it or were rejected, though some worker had room
	ShutSeconds float64 `json:"shut_seconds"` // how long it would have limited whatever came; of several balancers the sum
}

// A RefusalRow is how many attempts balancers rejected for a reason that has a name: that of a regulator which limited them, or what the
// strategy calls it when there is no worker to choose.
type RefusalRow struct {
	Why      string `json:"why"`
	Rejected Count  `json:"rejected"` // attempts, whole run
}

// describeRegulators writes what the regulators did, each in the order in which it was asked for, and why attempts were rejected.
func describeRegulators(r *Result, e *ending) {
	for _, one := range e.balanced().Refusals {
		r.Refusals = append(r.Refusals, RefusalRow{one.Why, Count(one.Attempts)})
	}
	for _, one := range e.balanced().Regulators {
		r.Regulators = append(r.Regulators, RegulatorRow{one.Regulator, Count(one.Attempts), e.seconds(one.Shut)})
	}
}
