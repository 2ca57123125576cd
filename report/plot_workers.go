package report

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Workers are drawn by id as long as the eye can follow a line from one to the next; beyond, each curve is sorted.
const (
	mostWorkersByID = 30
	mostRunsByID    = 10
)

// workersFigure shows who did the work and who had requests waiting for it: share and mean pending per worker.
func (d Document) workersFigure() (figure, error) {
	f := figure{
		headline: "Share of requests and mean pending per worker",
		empty:    "No worker has a measured request.",
		caption:  d.leftOut(workerShares, "no measured request"),
	}
	shares, pending := d.curves(workerShares), d.curves(workerPending)
	if len(shares) == 0 {
		return f, nil
	}
	if d.workers() > mostWorkersByID {
		shares, pending = unmarked(shares), unmarked(pending)
	}
	f.legend = sharesLegend(shares)
	var fair []curve
	if c := d.fair(); len(c.points) > 0 {
		fair = []curve{c}
		f.legend.entries = append(f.legend.entries, fairEntry(c))
	}
	if err := d.addWorkersPanel(&f, fair, shares, "share of requests", " %"); err != nil {
		return f, err
	}
	return f, d.addWorkersPanel(&f, nil, pending, "mean pending", "")
}

// fair is the fair share per worker of the first run that has workers: they are the same for all.
func (d Document) fair() curve {
	band := draw.LineStyle{Color: color.Gray{Y: 200}, Width: vg.Points(6)} // seen on both sides of a line that lies on it
	for _, r := range d.Runs {
		if ps := fairShares(r); len(ps) > 0 {
			return curve{look: look{line: band}, points: ps}
		}
	}
	return curve{}
}

func fairEntry(c curve) entry {
	share := c.points[0].y
	if slices.ContainsFunc(c.points, func(p point) bool { return p.y != share }) {
		return entry{c.look, "fair share, by speed", ""}
	}
	return entry{c.look, "fair share", decimal(share, 3) + " %"}
}

// byID tells whether workers are drawn by id.
func (d Document) byID() bool { return d.workers() <= mostWorkersByID && len(d.Runs) <= mostRunsByID }

// workers returns one more than the largest id of a worker.
func (d Document) workers() int {
	var n int
	for _, r := range d.Runs {
		for _, w := range r.Workers {
			n = max(n, w.ID+1)
		}
	}
	return n
}

// addWorkersPanel draws one figure of all workers, from 0, by id or sorted. The fair curve lies below all others.
func (d Document) addWorkersPanel(f *figure, fair, runs []curve, what, unit string) error {
	top, highest := ceiling(slices.Concat(fair, runs))
	yLabel := what
	if highest > top {
		yLabel += " (cut)"
		f.caption = append(f.caption, fmt.Sprintf("The highest %s, %s%s, lies above its axis.", what, decimal(highest, 3), unit))
	}
	xLabel, ticks := "worker id", plot.Ticker(wholeTicks{})
	first, last := 0, d.workers()-1
	if d.byID() {
		fair, runs = steps(fair), sideBySide(below(top, runs))
	} else {
		xLabel, ticks = fmt.Sprintf("workers sorted by %s, highest first, for each strategy on its own", what), rankTicks{}
		first, last = 1, d.workers()
		fair, runs = ranked(fair), ranked(runs)
	}
	p := newPanel(xLabel, yLabel, ticks, evenTicks{unit})
	if err := p.addCurves(slices.Concat(fair, runs), always); err != nil {
		return err
	}
	p.X.Min, p.X.Max = float64(first)-0.5, float64(last)+0.5 // the same in all panels
	p.Y.Min, p.Y.Max = 0, top
	f.panels = append(f.panels, p)
	return nil
}

// below leaves out the points above the axis: a line that comes down from them looks like data. A curve that keeps its
// place beside the others may be left with none.
func below(top float64, cs []curve) []curve {
	cut := slices.Clone(cs)
	for i := range cut {
		cut[i].points = slices.DeleteFunc(slices.Clone(cut[i].points), func(p point) bool { return p.y > top })
	}
	return cut
}

// ceiling returns the upper end of an axis from 0, and the highest value. One strategy in overload would press all the
// others flat: while the highest curve is twenty times as high as that in the middle, the axis does without it.
func ceiling(cs []curve) (top, highest float64) {
	const room, outlier = 1.05, 20
	var tops []float64
	for _, c := range cs {
		tops = append(tops, peak(c.points))
	}
	slices.Sort(tops)
	if len(tops) == 0 || tops[len(tops)-1] <= 0 {
		return 1, 0
	}
	highest = tops[len(tops)-1]
	middle := tops[(len(tops)-1)/2]
	for last := tops[len(tops)-1]; middle > 0 && last > outlier*middle; last = tops[len(tops)-1] {
		tops = tops[:len(tops)-1]
	}
	return tops[len(tops)-1] * room, highest
}

// sharesLegend orders the strategies by their busiest worker.
func sharesLegend(cs []curve) legend {
	ordered := slices.SortedStableFunc(slices.Values(cs),
		func(a, b curve) int { return cmp.Compare(peak(b.points), peak(a.points)) })
	l := legend{heading: "largest share, highest first"}
	for _, c := range ordered {
		l.entries = append(l.entries, entry{c.look, c.name, decimal(peak(c.points), 3) + " %"})
	}
	return l
}
