package report

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// workersFigure shows who did the work and who had requests waiting for it: share and mean pending per worker.
func (d Document) workersFigure() (figure, error) {
	f := figure{
		headline: "Share of requests and mean pending per worker",
		guide:    groupGuide + " Workers are sorted for each strategy on its own.",
		layout:   tall,
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
	var fair []curve
	if c := d.fair(); len(c.points) > 0 {
		fair = []curve{c}
	}
	measures := []measure{d.measure("share of requests", " %", fair, shares), d.measure("mean pending", "", nil, pending)}
	for _, m := range measures {
		f.caption = append(f.caption, m.above...)
	}
	for _, group := range groupsOf(shares) {
		part := facet{title: group, legend: sharesLegend(of(group, shares), fair)}
		for _, m := range measures {
			p, err := m.panel(group)
			if err != nil {
				return f, err
			}
			part.panels = append(part.panels, p)
		}
		f.facets = append(f.facets, part)
	}
	return f, nil
}

// sharesLegend orders the strategies by their busiest worker.
func sharesLegend(cs, fair []curve) legend {
	l := legend{heading: "largest share, highest first"}
	for _, c := range slices.SortedStableFunc(slices.Values(cs), byPeak) {
		l.entries = append(l.entries, entry{c.look, c.name, decimal(peak(c.points), 3) + " %"})
	}
	for _, c := range fair {
		l.entries = append(l.entries, fairEntry(c))
	}
	return l
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
