package plots

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
)

// A strip is one figure over time, in a panel of its own.
type strip struct {
	what    string
	format  func(float64) string
	suit    func([]curve) scale
	sources []source // one with several strategies, whose looks then tell them apart
}

// A source is where a curve over time comes from.
type source struct {
	name   string
	look   look
	points func(report.Result) []point // none: there is nothing to draw
}

// stripsApart are those of a column, which has one strategy.
func (v view) stripsApart() []strip {
	return v.strips(v.latencies(), v.verdicts())
}

// stripsTogether are those of several strategies, a figure each.
func (v view) stripsTogether() []strip {
	var latencies, answers []source
	for _, s := range v.latencies() {
		latencies = append([]source{s}, latencies...) // the tail, in which they differ most, is on top
	}
	answers = []source{
		{name: "succeeded", points: v.rate(func(r report.SeriesRow) float64 { return r.Verdicts.Succeeded })},
		{name: "not succeeded", points: v.rate(unsuccessful)},
	}
	var all []strip
	for _, s := range latencies {
		all = append(all, strip{s.name, inTime, scaleOf, []source{s}})
	}
	for _, s := range answers {
		all = append(all, strip{s.name, v.per.often, linearFromZero, []source{s}})
	}
	return append(all, v.counts()...)
}

func (v view) strips(latencies, answers []source) []strip {
	return append([]strip{
		{"latency", inTime, scaleOf, latencies},
		{"requests", v.per.often, linearFromZero, answers},
	}, v.counts()...)
}

// counts are how many requests and workers there are.
func (v view) counts() []strip {
	all := []strip{{"in system", inCount, scaleOf, []source{{"in system", plain(color.RGBA{A: 255}, 1.5), inSystem}}}}
	if v.pooled {
		workers := source{"workers", plain(color.RGBA{130, 80, 20, 255}, 2), workersOver}
		busy := source{"workers that hold something", plain(color.RGBA{240, 160, 60, 255}, 1.5), activeOver}
		all = append(all, strip{"workers", inCount, linearFromZero, []source{workers, busy}})
	}
	return all
}

// latencies are the percentiles that are drawn.
func (v view) latencies() []source {
	looks := []look{plain(color.RGBA{86, 180, 233, 255}, 1.5), plain(color.RGBA{0, 114, 178, 255}, 2)}
	var all []source
	for i, p := range v.percentiles {
		s := source{p.name, looks[len(looks)-len(v.percentiles)+i], p.points}
		if p.share == 1 {
			s.look = look{mark: draw.GlyphStyle{Color: color.RGBA{0, 114, 178, 255}, Radius: vg.Points(2.5), Shape: draw.CircleGlyph{}}}
		}
		all = append(all, s)
	}
	return all
}

// verdicts are the requests that begin, as a band behind those that are decided.
func (v view) verdicts() []source {
	of := func(name string, l look, figure func(report.VerdictRates) float64) source {
		return source{name, l, v.rate(func(r report.SeriesRow) float64 { return figure(r.Verdicts) })}
	}
	dashed := func(l look, dashes ...vg.Length) look {
		l.line.Dashes = dashes
		return l
	}
	return []source{
		{"began", plain(color.RGBA{165, 165, 165, 255}, 3.5), v.rate(func(r report.SeriesRow) float64 { return r.RatePerSecond })},
		of("succeeded", plain(color.RGBA{0, 158, 115, 255}, 1.5), func(r report.VerdictRates) float64 { return r.Succeeded }),
		of("failed", plain(color.RGBA{200, 0, 0, 255}, 1.5), func(r report.VerdictRates) float64 { return r.Failed }),
		of("timed out", dashed(plain(color.RGBA{213, 94, 0, 255}, 1.5), 5, 2), func(r report.VerdictRates) float64 { return r.TimedOut }),
		of("rejected", dashed(plain(color.RGBA{150, 70, 160, 255}, 1.5), 2, 2), func(r report.VerdictRates) float64 { return r.Rejected }),
		of("lost", dashed(plain(color.RGBA{A: 255}, 1.5), 8, 2, 2, 2), func(r report.VerdictRates) float64 { return r.Lost }),
		of("cancelled", dashed(plain(color.RGBA{110, 110, 110, 255}, 1.5), 3, 3), func(r report.VerdictRates) float64 { return r.Cancelled }),
	}
}

func plain(c color.RGBA, width float64) look {
	return look{line: draw.LineStyle{Color: c, Width: vg.Points(width)}}
}

func unsuccessful(r report.SeriesRow) float64 {
	v := r.Verdicts
	return v.Failed + v.TimedOut + v.Rejected + v.Lost + v.Cancelled
}

// rate returns a rate over time, in the unit of the view. A run in which it is always zero has none.
func (v view) rate(figure func(report.SeriesRow) float64) func(report.Result) []point {
	return func(r report.Result) []point {
		ps := inSteps(r, atATime(r), func(row report.SeriesRow) float64 { return figure(row) * v.per.seconds })
		if peak(ps) == 0 {
			return nil
		}
		return ps
	}
}

func inSystem(r report.Result) []point {
	return inSteps(r, 1, func(row report.SeriesRow) float64 { return row.InSystem })
}

func workersOver(r report.Result) []point {
	return inSteps(r, 1, func(row report.SeriesRow) float64 { return row.Workers })
}

// activeOver is how many of the workers of a pool hold something.
func activeOver(r report.Result) []point {
	if len(r.Series) == 0 || r.Series[0].Active == nil {
		return nil
	}
	return inSteps(r, 1, func(row report.SeriesRow) float64 { return *row.Active })
}

// atATime is how many parts of the series have twenty requests together, where that leaves twenty values: the rate of a part with one
// request says no more than that there was one.
func atATime(r report.Result) int {
	const enough, least = 20, 20
	n := 1
	for report.Count(n)*r.Requests.Issued < report.Count(enough*len(r.Series)) && 2*n*least <= len(r.Series) {
		n *= 2
	}
	return n
}

// inSteps draws the mean of a figure over so many parts of the series at a time, as wide as they are.
func inSteps(r report.Result, atATime int, figure func(report.SeriesRow) float64) []point {
	var ps []point
	rows, length := complete(r)
	for some := range slices.Chunk(rows, atATime) {
		sum := 0.0
		for _, row := range some {
			sum += figure(row)
		}
		v, from := sum/float64(len(some)), some[0].AtSeconds
		ps = append(ps, point{from, v}, point{min(from+length*float64(len(some)), decided(r)), v})
	}
	return ps
}

// decided is when the last request was, to a part of the series. Workers may go on long after, with work that nobody waits for.
func decided(r report.Result) float64 {
	rows := r.Series
	if len(rows) < 2 {
		return r.SimulatedSeconds
	}
	return min(r.SimulatedSeconds, rows[len(rows)-1].AtSeconds+rows[1].AtSeconds)
}

// complete returns the parts of a run and their length. The last counts with its full length though the run ends in it, which would look as if
// everything broke down in the end: it is left out.
func complete(r report.Result) ([]report.SeriesRow, float64) {
	rows := r.Series
	if len(rows) < 2 {
		return rows, r.SimulatedSeconds
	}
	length := rows[1].AtSeconds
	if last := len(rows) - 1; rows[last].AtSeconds+length > decided(r) {
		rows = rows[:last]
	}
	return rows, length
}
