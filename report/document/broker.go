package document

import (
	"math"
	"slices"
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
	all := []note{queueNote(r), scaleNote(r)}
	if b.RecommendedWorkers != nil {
		all = append(all, workersNote(r))
	}
	for _, c := range b.Checklist {
		all = append(all, checkNote(c))
	}
	return all
}

// workersNote tells how many workers what comes asks for, and what of it is easily overlooked.
func workersNote(r *report.Result) note {
	comes, such := "what comes", ""
	if r.AttemptsPerRequest != nil && *r.AttemptsPerRequest > 1 {
		comes += ", with its retries and hedges,"
	}
	if slices.ContainsFunc(r.Workers, func(w report.WorkerRow) bool { return w.Speed != 1 }) {
		such = " as fast as these"
	}
	return note{"workers: " + comes + " asks for %s" + such + " at 70 %% utilisation; a machine has as many slots as cores for work that computes, " +
		"two to four times as many for work that waits", []value{count(*r.Broker.RecommendedWorkers, "worker")}}
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
	if perSecond, _, throughout := r.QueueGrowth(); perSecond != nil && r.Broker.ProcessingPerSecond != nil {
		growth, way, when := *perSecond, "grew", "at the end"
		if growth < 0 {
			growth, way = -growth, "fell"
		}
		if throughout {
			when = "throughout"
		}
		if throughout && growth == 0 {
			n.says += map[string]string{"it": "; it did not grow", "both": "; neither grew"}[where] + " throughout"
		} else {
			n.says += "; " + where + " " + way + " by %s a second " + when
			n.values = append(n.values, value{growth, two})
		}
		n.says += ", where %s a second were processed"
		n.values = append(n.values, value{*r.Broker.ProcessingPerSecond, two})
	}
	return n
}

func scaleNote(r *report.Result) note {
	switch b := r.Broker; b.Scale {
	case "up":
		n := plain("scale: up, for " + enumerated(scaleWords(b.ScaleReasons)))
		if slices.Contains(b.ScaleReasons, "latency") {
			says, values := slowness(r)
			n.says, n.values = n.says+says, values
		}
		return n
	case "down":
		return plain("scale: down: nothing waits, and the workers are idle most of the time")
	}
	return plain("scale: keep the workers that there are")
}

// slowness says what a long p95 consists of. Workers are added because of it, whatever its cause, and do not always help: not where services are
// as long by themselves, nor where requests are as long at proxies, and hardly wait for a worker. What is told is what requests have measured
// themselves, each to its end: from the start of the attempt that was answered to its service.
func slowness(r *report.Result) (says string, values []value) {
	latency, waited, service, proxies := r.LatencySeconds.Mean, r.WaitSeconds.Mean, r.ServiceSeconds.P95, meanAtProxies(r)
	if latency == nil || waited == nil {
		return "", nil
	}
	long, little := service != nil && *service > report.SlowLatency, hardlyWaits(r, *waited, proxies)
	switch {
	case little && long:
		return "; hardly anything waits for a worker: the p95 of the work itself is %s, and more workers do not shorten it", []value{seconds(*service)}
	case little && slowProxies(r) && !r.ProxiesWait: // those that do are as slow as the workers are
		return "; hardly anything waits for a worker: requests are at the proxies for as long, and more workers do not shorten that", nil
	}
	says, values = "; of the mean, %s, the attempt that is answered waits %s for its service", []value{seconds(*latency), seconds(*waited)}
	if proxies != nil {
		says, values = says+", of which a proxy takes %s", append(values, seconds(*proxies))
	}
	if long {
		says, values = says+", and the p95 of the work itself is %s, which more workers do not shorten", append(values, seconds(*service))
	}
	return says, values
}

// hardlyWaits tells whether requests wait for a worker, behind the proxies, for less than a tenth of their latency. Those that were answered may not
// have waited for long while many still wait: not where that many do that workers are added for them.
func hardlyWaits(r *report.Result, waited float64, proxies *float64) bool {
	if proxies != nil {
		waited = max(0, waited-*proxies)
	}
	return waited < 0.1**r.LatencySeconds.Mean && !slices.Contains(r.Broker.ScaleReasons, "queue")
}

// meanAtProxies is for how long requests are at a proxy in the mean; nil: they were at none, or proxies wait for the workers themselves.
func meanAtProxies(r *report.Result) *float64 {
	sum, requests := 0., report.Count(0)
	for i := range r.Proxies {
		if p := &r.Proxies[i]; p.ResponseSeconds.Mean != nil {
			sum, requests = sum+*p.ResponseSeconds.Mean*float64(p.Requests), requests+p.Requests
		}
	}
	if requests == 0 || r.ProxiesWait {
		return nil
	}
	return new(sum / float64(requests))
}

// slowProxies tells whether each proxy that had requests kept a twentieth of them for longer than makes a broker slow.
func slowProxies(r *report.Result) bool {
	slow := false
	for i := range r.Proxies {
		p := &r.Proxies[i]
		if p.Requests == 0 {
			continue
		}
		if slow = p.ResponseSeconds.P95 != nil && *p.ResponseSeconds.P95 > report.SlowLatency; !slow {
			return false
		}
	}
	return slow
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
	if c.Figure == nil {
		return n
	}
	n.says += " (%s)"
	n.values = []value{{*c.Figure, checkFigures[c.Is]}}
	switch {
	case c.Noise == nil:
	case c.Is == "deviation" && c.Passed != nil && *c.Passed && math.Abs(*c.Figure) > report.EvenShare:
		n.says = strings.TrimSuffix(n.says, ")") + ", and chance alone makes up to %s %%)"
		n.values = append(n.values, value{100 * *c.Noise, func(v float64) string { return Decimal(v, 3) }})
	case c.Passed == nil:
		three := func(v float64) string { return Decimal(v, 3) }
		n.says = "check: " + strings.ReplaceAll(c.Check, "%", "%%") + ": cannot be told (%s more a second, and chance alone makes up to %s)"
		n.values = []value{{*c.Figure, three}, {*c.Noise, three}}
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
	"unanswered_share": func(v float64) string { return Decimal(100*v, 3) + " % of what one was sent is unanswered" },
}
