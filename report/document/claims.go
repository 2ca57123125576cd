package document

import (
	"slices"
	"strings"

	"waza/report"
)

// takeovers says how long it took until it was known that a worker was silent, and until others had what it held.
func takeovers(r *report.Result) []note {
	c := r.Claiming
	if c == nil || c.DetectSeconds == nil && r.Claims == 0 {
		return nil
	}
	var all []note
	if c.DetectSeconds != nil {
		all = append(all, note{"suspected: on average %s after falling silent, %s at most",
			[]value{seconds(*c.DetectSeconds), seconds(*c.DetectMaxSeconds)}})
	}
	if r.Claims > 0 && c.ClaimSeconds != nil {
		rest, values := unclaimed(r)
		all = append(all, note{"claims: %s by announcement, %s by a sweep, on average %s after the worker fell silent, %s at most; " +
			"workers with room tried for them %s and won %s" + rest, append([]value{many(c.ByAnnouncement), many(c.BySweep), seconds(*c.ClaimSeconds),
			seconds(*c.ClaimMaxSeconds), count(c.Tries, "time"), count(c.Wins, "time")}, values...)})
	}
	return all
}

// unclaimed says what became of what was claimed and no other worker got.
func unclaimed(r *report.Result) (says string, values []value) {
	before := r.Claiming.AnsweredBefore
	if before > 0 {
		says, values = "; answered before by the worker that had held it: %s", append(values, many(before))
	}
	// Of several runs these are means, which rounding keeps from being the same: one claim of one run is more, and half of it is none.
	if over := r.Claims - r.Claiming.Wins - before; over > report.Count(0.5/float64(max(1, r.Replications))) {
		says, values = says+"; over before a worker had room for it: %s", append(values, many(over))
	}
	return says, values
}

// persistence says how often workers themselves have tried again, where they do.
func persistence(r *report.Result) []note {
	tries := report.Count(0)
	for _, w := range r.Workers {
		if w.Retries != nil {
			tries += *w.Retries
		}
	}
	if tries == 0 {
		return nil
	}
	return []note{{"workers tried again what had failed: %s; while they wait to do so their slots count as busy", []value{count(tries, "time")}}}
}

// mostListed is how many workers are listed each with what it has had.
const mostListed = 10

// perWorker says how many requests each of few workers has begun, and how many of them lately, where they take work from one another: by claims,
// from one queue behind proxies, or as those of a pool come and go. It says so, too, wherever they have counted what they began lately, as the
// consumers of streams do that claim nothing.
func perWorker(r *report.Result) []note {
	known := slices.ContainsFunc(r.Workers, func(w report.WorkerRow) bool { return w.Lately != nil })
	told := known || r.Claims > 0 || r.Broker != nil || r.Pool != nil
	if !told || r.Swept != nil || len(r.Workers) > mostListed {
		return nil
	}
	var all, lately []string
	for _, w := range r.Workers {
		all = append(all, Number(w.Requests))
		if w.Lately != nil {
			lately = append(lately, Number(*w.Lately))
		}
	}
	says := "begun by each worker in the window: " + strings.Join(all, ", ")
	if len(lately) > 0 && !slices.Equal(lately, all) { // else the window is no longer than that
		says += "; in its last 10 s: " + strings.Join(lately, ", ")
	}
	return []note{plain(says)}
}
