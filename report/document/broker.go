package document

import (
	"math"
	"strings"

	"waza/report"
)

// brokerNotes say of a broker what its operator wants to know after a run: whether its queue is healthy, how many workers it should have, and
// the checklist.
func brokerNotes(r *report.Result) []note {
	b := r.Broker
	if b == nil {
		return nil
	}
	all := []note{queueNote(r), scaleNote(b)}
	if b.RecommendedWorkers != nil {
		all = append(all, note{"workers: what comes asks for %s at 70 %% utilisation; a machine has as many slots as cores for work that computes, " +
			"two to four times as many for work that waits", []value{count(*b.RecommendedWorkers, "worker")}})
	}
	for _, c := range b.Checklist {
		all = append(all, checkNote(c))
	}
	return all
}

// queueNote tells the queue's health, and how fast it grows beside how fast it is worked off.
func queueNote(r *report.Result) note {
	n := note{says: "queue: " + r.Broker.QueueHealth}
	two := func(v float64) string { return Decimal(v, 2) }
	if r.Queue.Mean != nil {
		n.says += ", %s waiting in the mean, %s at most"
		n.values = append(n.values, value{*r.Queue.Mean, two}, many(r.Queue.Peak))
	}
	where := "it"
	if at := r.Queue.AtWorkers; at != nil && at.Mean != nil && at.Peak > 0 {
		where = "both"
		n.says += ", and at workers %s in the mean, %s at most"
		n.values = append(n.values, value{*at.Mean, two}, many(at.Peak))
	}
	if all := r.Queue.All(); all.GrowthPerSecond != nil && r.Broker.ProcessingPerSecond != nil {
		growth, way := *all.GrowthPerSecond, "grew"
		if growth < 0 {
			growth, way = -growth, "fell"
		}
		n.says += "; " + where + " " + way + " by %s a second at the end, where %s a second were processed"
		n.values = append(n.values, value{growth, two}, value{*r.Broker.ProcessingPerSecond, two})
	}
	return n
}

func scaleNote(b *report.BrokerFigures) note {
	switch b.Scale {
	case "up":
		return plain("scale: up, for " + enumerated(scaleWords(b.ScaleReasons)))
	case "down":
		return plain("scale: down: nothing waits, and the workers are idle most of the time")
	}
	return plain("scale: keep the workers that there are")
}

// scaleWords are the reasons as people read them.
func scaleWords(reasons []string) []string {
	var words []string
	for _, reason := range reasons {
		words = append(words, map[string]string{
			"queue": "more than 1,000 wait", "utilization": "utilisation is above 80 %", "latency": "p95 is above 5 s",
		}[reason])
	}
	return words
}

// checkNote is a line of the checklist.
func checkNote(c report.Check) note {
	state := "unknown"
	if c.Passed != nil {
		state = map[bool]string{true: "yes", false: "NO"}[*c.Passed]
	}
	n := note{says: "check: " + strings.ReplaceAll(c.Check, "%", "%%") + ": " + state}
	if c.Figure != nil {
		n.says += " (%s)"
		n.values = []value{{*c.Figure, checkFigures[c.Is]}}
	}
	return n
}

// checkFigures write the figure by which a check was judged.
var checkFigures = map[string]func(float64) string{
	"deviation": func(v float64) string {
		percent := math.Round(1000*v) / 10
		switch {
		case percent > 0:
			return "+" + Decimal(percent, 3) + " % from the fair share at most"
		case percent < 0:
			return "−" + Decimal(-percent, 3) + " % from the fair share at most"
		}
		return "0 % from the fair share"
	},
	"growth_per_second": func(v float64) string {
		if v < 0 {
			return Decimal(-v, 2) + " fewer a second"
		}
		return Decimal(v, 2) + " more a second"
	},
	"utilization":      func(v float64) string { return Decimal(100*v, 3) + " % busy at most" },
	"response_seconds": inUnits,
}
