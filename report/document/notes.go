package document

import (
	"fmt"
	"slices"
	"strings"

	"waza/report"
)

// notes returns what a reader has to know beside the figures of a run.
func notes(r *report.Result) []note {
	var all []note
	add := func(says string, values ...value) { all = append(all, note{says, values}) }
	if r.Unopened {
		add("the measured window never opened: the figures are of the whole of what ran")
	}
	all = append(all, truncation(r)...)
	if r.Saturated {
		add("overload: the number in the system grows by %s requests per second in the mean, "+
			"from each fifth of the window to the next, so percentiles depend on the length of the run",
			value{r.GrowthPerSecond, func(v float64) string { return Decimal(v, 3) }})
	}
	if r.Piling {
		add("swallowed: the number in the system grows by %s requests per second in the mean, from each fifth of the window to the next, by those alone whose answers "+
			"faults have swallowed: no other request waits for them",
			value{r.GrowthPerSecond, func(v float64) string { return Decimal(v, 3) }})
	}
	if p := r.Pool; p != nil && p.Mean != nil {
		add("pool: %s in the mean, %s at least, %s at most; %s started, %s left",
			value{*p.Mean, func(v float64) string { return Decimal(v, 2) + " workers" }}, many(p.Least),
			many(p.Peak), many(p.Started), many(p.Left))
	}
	all = append(all, brokerNotes(r)...)
	if says := saturation(r); says != "" {
		all = append(all, plain(says))
	}
	all = append(all, unfitness(r)...)
	if r.Stuck > 0 {
		add("stuck: a worker was silent for too long %s", count(r.Stuck, "time"))
	}
	all = append(all, regulation(r)...)
	all = append(all, waste(r)...)
	if r.BeyondSlowdowns > 0 {
		add("beyond the histogram: the slowdown of %s is above 9·10^12, "+
			"so a percentile of the slowdown that lies there does not exist; mean, sd and maximum are of all",
			count(r.BeyondSlowdowns, "request"))
	}
	if r.Short {
		all = append(all, shortness(r))
	}
	return append(all, wallClock(r)...)
}

// truncation says how long the warm-up is that was found, and how far that can be relied on.
func truncation(r *report.Result) []note {
	c := r.Cut
	switch {
	case c == nil:
		return nil
	case !c.Found:
		return []note{plain("warm-up: none, for with fewer than fifty requests that succeeded MSER-5 finds none")}
	case c.Ends == 0:
		return []note{plain("warm-up: none, for MSER-5 finds no transient with the first seed")}
	}
	of := ""
	if c.Of > 1 {
		of = ", the longest of all strategies, that of " + c.Strategy
	}
	limit := ""
	if c.AtLimit {
		limit = "; that is as long as it may be, so the run may be too short for the transient"
	}
	return []note{{"warm-up: %s, %s %% of the run" + of + ", as MSER-5 finds it with the first seed" + limit,
		[]value{seconds(c.Ends.Seconds()), percent(c.Share)}}}
}

// wallClock says what a run on the real clock owes to the machine that it ran on.
func wallClock(r *report.Result) []note {
	if !r.Wall {
		return nil
	}
	var all []note
	if u := r.Utilization; r.Saturated && u != nil && *u < 0.5 {
		all = append(all, plain("wall clock: the workers are idle most of the time, so it is this machine that cannot keep up"))
	}
	if r.ServiceSeconds.Mean != nil {
		all = append(all, note{"wall clock: mean service %s for %s of work (at speed 1); " +
			"sleeps overshoot, and no hand-off is immediate, so nearly every request waits a little",
			[]value{seconds(*r.ServiceSeconds.Mean), seconds(r.WorkSeconds)}})
	}
	return all
}

// occasions names what began in the course of a run that grew, or that is uneven by itself: what it has brought may end with it.
func (d Document) occasions(r *report.Result) []note {
	if !r.Saturated && !r.Filling {
		return nil
	}
	var names []string
	for _, f := range r.Faults {
		if name := "--fault=" + visible(f.Name); f.StartSeconds > 0 && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, s := range d.Config {
		if shape := visible(fmt.Sprint(s.Value)); s.Name == "arrivals" && strings.Contains(shape, ":") && !strings.HasPrefix(shape, "gaps") {
			names = append(names, "--arrivals="+shape)
		}
		if s.Name == "resize" {
			for _, to := range s.Several {
				names = append(names, "--resize="+visible(to))
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []note{plain("that it grows may be the doing of " + enumerated(names) + ", and begin or end with it: the plot over time, and the series in JSON, show when it grew")}
}

// unfitness says how often balancers found workers unfit, or dead, and how often they found too many unfit to heed it. Of proxies it says so apart.
func unfitness(r *report.Result) []note {
	p := r.OfProxies
	workers := report.Unfitness{
		Ejections: r.Ejections - p.Ejections, Suspicions: r.Suspicions - p.Suspicions, Downs: r.Downs - p.Downs, Trips: r.Trips - p.Trips,
		Panics: r.Panics - p.Panics, PanicSeconds: r.PanicSeconds - p.PanicSeconds,
	}
	return append(unfitnessOf(p, "proxy", "proxies", " of proxies"), unfitnessOf(workers, "worker", "workers", "")...)
}

func unfitnessOf(found report.Unfitness, one, many, of string) []note {
	var all []note
	for _, finds := range []struct {
		says  string
		n     report.Count
		thing string
	}{
		{"heartbeats: %s of a " + one + " that gave no sign of life", found.Suspicions, "suspicion"},
		{"health checks: " + many + " were found down %s", found.Downs, "time"},
		{"outlier detection" + of + ": %s", found.Ejections, "ejection"},
		{"circuit breakers" + of + ": %s", found.Trips, "opening"},
	} {
		if finds.n > 0 {
			all = append(all, note{finds.says, []value{count(finds.n, finds.thing)}})
		}
	}
	if found.Panics > 0 {
		all = append(all, note{"panic: %s, for %s in all, when so few " + many + " were fit that requests went to the unfit, too",
			[]value{count(found.Panics, "time"), seconds(found.PanicSeconds)}})
	}
	return all
}

// shortness says why a window is too short to tell what lasts.
func shortness(r *report.Result) note {
	if r.Filling {
		return plain("short: the number in the system grows from each fifth of the window to the next, but ever more slowly, so the figures " +
			"are those of a system that is still filling, or that has a little too much to do")
	}
	if r.LatencySeconds.Mean == nil { // the window of one run is short beside its mean, which others of them do not have
		return note{"short: with at least half of the seeds the window, in the mean %s, is too short beside the mean latency, so the figures " +
			"may be those of a system that is still filling", []value{seconds(r.WindowSeconds)}}
	}
	length, mean := r.WindowSeconds, *r.LatencySeconds.Mean
	if length < mean {
		return note{"short: the window of %s is less than the mean latency", []value{seconds(length)}}
	}
	return note{"short: the window of %s is only %s times the mean latency, so the figures may be " +
		"those of a system that is still filling",
		[]value{seconds(length), {length / mean, func(v float64) string { return fmt.Sprintf("%.1f", v) }}}}
}

// alwaysBusy is the share of its time for which a worker is busy that has no time left.
const alwaysBusy = 0.999

// Saturated returns the workers that were always busy. Of few requests it is chance: then there are none.
func Saturated(r *report.Result) []report.WorkerRow {
	if r.MeasuredRequests < report.SamplesBeyond {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.Workers), func(w report.WorkerRow) bool {
		return w.Utilization == nil || *w.Utilization < alwaysBusy
	})
}

// saturation names the workers that had no time left, those whose queue was full apart from the others.
func saturation(r *report.Result) string {
	var full, busy []int
	for _, w := range Saturated(r) {
		if w.QueueFull {
			full = append(full, w.ID)
		} else {
			busy = append(busy, w.ID)
		}
	}
	var parts []string
	if len(full) > 0 {
		parts = append(parts, workersNamed(full, len(r.Workers))+": always busy, queue full")
	}
	if len(busy) > 0 {
		parts = append(parts, workersNamed(busy, len(r.Workers))+": always busy")
	}
	return strings.Join(parts, "; ")
}

// workersNamed names the workers with these ids, in ascending order, of so many.
func workersNamed(ids []int, of int) string {
	const most = 6 // runs of ids that are named
	if len(ids) == of && of > 1 {
		return fmt.Sprintf("all %d workers", of)
	}
	var runs []string
	for first := 0; first < len(ids); {
		last := first
		for last+1 < len(ids) && ids[last+1] == ids[last]+1 {
			last++
		}
		switch {
		case last > first+1:
			runs = append(runs, fmt.Sprintf("%d to %d", ids[first], ids[last]))
		case last == first+1:
			runs = append(runs, fmt.Sprint(ids[first]), fmt.Sprint(ids[last]))
		default:
			runs = append(runs, fmt.Sprint(ids[first]))
		}
		first = last + 1
	}
	switch {
	case len(ids) == 1:
		return "worker " + runs[0]
	case len(runs) > most:
		return fmt.Sprintf("%d of %d workers, among them %s", len(ids), of, enumerated(runs[:most]))
	}
	return "workers " + enumerated(runs)
}
