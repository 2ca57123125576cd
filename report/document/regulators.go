package document

import "waza/report"

// regulation says of each regulator that has limited anything how often and for how long.
func regulation(r *report.Result) []note {
	var all []note
	for _, g := range r.Regulators {
		if g.Limited > 0 || g.ShutSeconds > 0 {
			all = append(all, note{"regulator " + visible(g.Regulator) + ": %s limited, shut for %s",
				[]value{count(g.Limited, "attempt"), seconds(g.ShutSeconds)}})
		}
	}
	return all
}
