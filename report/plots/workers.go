package plots

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
	"waza/report/document"
)

// perWorker shows how much each worker did and how much waited for it: how far its share of the requests is from a fair one,
// how busy it was, and its mean pending.
func perWorker(rs runs) figure {
	f := figure{
		subject: "Share of requests, utilisation and mean pending per worker",
		guide:   groupGuide + " Workers are sorted for each strategy on its own.",
		layout:  stacked,
		empty:   "No worker has a measured request.",
		caption: rs.leftOut(deviations, "no measured request"),
	}
	shares, busy, pending := rs.curves(deviations), rs.curves(utilisations), rs.curves(workerPending)
	if len(shares) == 0 {
		return f
	}
	f.headline = rs.busiestHeadline()
	if rs.workers() > mostWorkersByID {
		shares, busy, pending = unmarked(shares), unmarked(busy), unmarked(pending)
	}
	measures := []measure{
		rs.measure("deviation from fair", signed, aroundZero, fairLine(shares[0].points), shares),
		rs.measure("utilisation", inPercent, whole, nil, busy),
		rs.measure("mean pending", upToThree, fromZero, nil, pending),
	}
	f.caption = append(f.caption, "Fair is a share of the requests in proportion to the speed of the worker. Deviations are in percent of it.")
	for _, m := range measures {
		if m.outside != "" {
			f.caption = append(f.caption, m.outside)
		}
	}
	f.caption = append(f.caption, rs.proxies()...)
	f.caption = append(f.caption, rs.warnings()...)
	for _, group := range groupsOf(shares) {
		part := facet{title: group, legend: sharesLegend(of(group, shares))}
		for _, m := range measures {
			part.panels = append(part.panels, m.panel(group))
		}
		f.facets = append(f.facets, part)
	}
	return f
}

// deviations are how far each worker's share of the requests is from a fair one, in percent of that, by worker id.
func deviations(r report.Result) []point {
	var total float64
	for _, w := range r.Workers {
		total += w.Speed
	}
	if total <= 0 || math.IsInf(total, 0) {
		return nil
	}
	return byWorker(r, func(w report.WorkerRow) *float64 {
		if w.Share == nil || w.Speed <= 0 {
			return nil
		}
		v := *w.Share/(w.Speed/total) - 1
		return &v
	}, 100)
}

// utilisations are in percent, by worker id.
func utilisations(r report.Result) []point {
	return byWorker(r, func(w report.WorkerRow) *float64 { return w.Utilization }, 100)
}

// workerPending is each worker's mean number of pending requests, by worker id.
func workerPending(r report.Result) []point {
	return byWorker(r, func(w report.WorkerRow) *float64 { return w.MeanPending }, 1)
}

func byWorker(r report.Result, figure func(report.WorkerRow) *float64, scale float64) []point {
	var ps []point
	for _, w := range r.Workers {
		if v := figure(w); v != nil {
			ps = append(ps, point{float64(w.ID), *v * scale})
		}
	}
	return ps
}

// fairLine is where a worker is that has its fair share.
func fairLine(ps []point) []curve {
	band := draw.LineStyle{Color: color.Gray{Y: 200}, Width: vg.Points(6)} // seen on both sides of a line that lies on it
	c := curve{look: look{line: band}}
	for _, p := range ps {
		c.points = append(c.points, point{p.x, 0})
	}
	return []curve{c}
}

// workers returns one more than the largest id of a worker.
func (rs runs) workers() int {
	var n int
	for _, r := range rs {
		for _, w := range r.Workers {
			n = max(n, w.ID+1)
		}
	}
	return n
}

// sharesLegend orders the strategies by how far from the fair share a worker is, and ends with the fair share.
func sharesLegend(cs []curve) legend {
	l := legendOf(cs, "farthest from the fair share first",
		func(a, b float64) int { return highestFirst(math.Abs(a), math.Abs(b)) },
		column{"farthest", func(c curve) float64 { return farthest(c).y }, signed},
		column{"busiest", func(c curve) float64 { return 100 * busiest(c.run) }, inPercent})
	l.entries = append(l.entries, entry{look: fairLine(nil)[0].look, name: "fair share"})
	return l
}

// busiest is the largest utilisation of a worker. NaN: none has any.
func busiest(r report.Result) float64 {
	most := math.NaN()
	for _, w := range r.Workers {
		if u := w.Utilization; u != nil && !(*u <= most) {
			most = *u
		}
	}
	return most
}

// busiestHeadline says which workers can do no more while others can, else whose shares are the most even.
func (rs runs) busiestHeadline() string {
	var some, all runs
	for _, r := range rs {
		switch n := len(document.Saturated(&r)); {
		case n > 0 && n == len(r.Workers):
			all = append(all, r)
		case n > 0:
			some = append(some, r)
		}
	}
	switch {
	case len(some) == 1:
		busy := document.Saturated(&some[0])
		if len(busy) == 1 {
			return fmt.Sprintf("%s keeps worker %d always busy", some[0].Strategy, busy[0].ID)
		}
		return fmt.Sprintf("%s keeps %d of %d workers always busy", some[0].Strategy, len(busy), len(some[0].Workers))
	case len(some) > 1:
		return fmt.Sprintf("%s keep some of the workers always busy", some.names())
	case len(all) == len(rs):
		return "All workers are always busy"
	}
	return rs.closest()
}

// closest says whose shares are the closest to fair ones. Where a worker got nothing, or twice its share, they are not close;
// one worker has nothing to share.
func (rs runs) closest() string {
	const far = 100 // percent
	lowest := float64(far)
	var best runs
	for _, r := range rs {
		ps := deviations(r)
		if len(ps) < 2 {
			continue
		}
		v := math.Round(10*math.Abs(farthest(curve{points: ps}).y)) / 10 // as the legend has it
		if v < lowest {
			lowest, best = v, nil
		}
		if v == lowest && v < far {
			best = append(best, r)
		}
	}
	switch {
	case len(best) == 0:
		return ""
	case len(rs) == 1:
		return fmt.Sprintf("Under %s each worker is within %s of its fair share", best.names(), inPercent(lowest))
	case len(best) == 1:
		return fmt.Sprintf("%s comes closest to fair shares: each worker is within %s", best.names(), inPercent(lowest))
	default:
		return fmt.Sprintf("%s come closest to fair shares: each worker is within %s", best.names(), inPercent(lowest))
	}
}

func upToThree(v float64) string { return document.Decimal(v, 3) }

func inPercent(v float64) string { return upToThree(v) + " %" }

// signed is a percentage with its sign, to a tenth.
func signed(v float64) string {
	text := inPercent(math.Round(10*math.Abs(v)) / 10)
	switch {
	case text == "0 %":
		return text
	case v > 0:
		return "+" + text
	default:
		return "−" + text
	}
}
