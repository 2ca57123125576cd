package plots

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
	"waza/report/document"
)

// perWorker shows how much each worker did and how much waited for it: its share of the requests and its mean pending.
func perWorker(rs runs) figure {
	f := figure{
		headline: "Share of requests and mean pending per worker",
		guide:    " Workers are sorted for each strategy on its own.",
		layout:   tall,
		empty:    "No worker has a measured request.",
		caption:  rs.leftOut(workerShares, "no measured request"),
	}
	shares, pending := rs.curves(workerShares), rs.curves(workerPending)
	if len(shares) == 0 {
		return f
	}
	if rs.workers() > mostWorkersByID {
		shares, pending = unmarked(shares), unmarked(pending)
	}
	fair := rs.fair()
	measures := []measure{rs.measure("share of requests", " %", fair, shares), rs.measure("mean pending", "", nil, pending)}
	for _, m := range measures {
		f.caption = append(f.caption, m.above...)
	}
	for _, group := range groupsOf(shares) {
		part := facet{title: group, legend: sharesLegend(of(group, shares), fair)}
		for _, m := range measures {
			part.panels = append(part.panels, m.panel(group))
		}
		f.facets = append(f.facets, part)
	}
	return f
}

// workerShares is each worker's share of the requests in percent, by worker id.
func workerShares(r report.Result) []point {
	return byWorker(r, func(w report.WorkerRow) *float64 { return w.Share }, 100)
}

// workerPending is each worker's mean number of pending requests, by worker id.
func workerPending(r report.Result) []point {
	return byWorker(r, func(w report.WorkerRow) *float64 { return w.MeanPending }, 1)
}

// fairShares is the share in percent that each worker would get if all were equally busy: in proportion to its speed.
func fairShares(r report.Result) []point {
	var total float64
	for _, w := range r.Workers {
		total += w.Speed
	}
	if total <= 0 || math.IsInf(total, 0) {
		return nil
	}
	return byWorker(r, func(w report.WorkerRow) *float64 { return &w.Speed }, 100/total)
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

// fair is the fair share per worker of the first run that has workers, for they are the same for all: one curve or none.
func (rs runs) fair() []curve {
	band := draw.LineStyle{Color: color.Gray{Y: 200}, Width: vg.Points(6)} // seen on both sides of a line that lies on it
	for _, r := range rs {
		if ps := fairShares(r); len(ps) > 0 {
			return []curve{{look: look{line: band}, points: ps}}
		}
	}
	return nil
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

// sharesLegend orders the strategies by their busiest worker, and ends with the fair share.
func sharesLegend(cs, fair []curve) legend {
	l := legendOf(cs, "largest share, highest first", highestFirst, inPercent, highest)
	for _, c := range fair {
		e := entry{c.look, "fair share", inPercent(c.points[0].y)}
		if slices.ContainsFunc(c.points, func(p point) bool { return p.y != c.points[0].y }) {
			e = entry{c.look, "fair share, by speed", ""}
		}
		l.entries = append(l.entries, e)
	}
	return l
}

func inPercent(v float64) string { return document.Decimal(v, 3) + " %" }
