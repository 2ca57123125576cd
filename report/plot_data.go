package report

import (
	"math"
	"slices"
	"time"
)

// A point is one place on a curve, in the units of its axes.
type point struct{ x, y float64 }

// A curve is what one run says in one plot.
type curve struct {
	name   string
	group  string
	look   look
	points []point
}

// lastOneIn is the last percentile drawn, 99.99 %, as "one request in so many is slower".
const lastOneIn = 10_000

// latencyCurve is latency by percentile. x is k = 1/(1−p), "one request in k is slower", from 2 (the median) upwards;
// y is the latency in seconds. Like the table's percentiles, it ends where fewer than ten samples lie beyond; so fewer than
// 20 requests make no curve.
func latencyCurve(r Result) []point {
	if r.Latency == nil {
		return nil
	}
	var ks, percentiles []float64
	for _, k := range oneIn() {
		if float64(r.Latency.TotalCount()) >= samplesBeyond*k {
			ks, percentiles = append(ks, k), append(percentiles, 100-100/k)
		}
	}
	ps := make([]point, len(ks))
	for i, ns := range r.Latency.ValueAtPercentilesSlice(percentiles) {
		ps[i] = point{ks[i], inSeconds(ns)}
	}
	return ps
}

// oneIn returns the k at which a latency curve is sampled: Renard's R10 series, ten to a decade and nearly evenly spaced
// on a logarithmic axis, which hits 2, 10, 100, 1000 and 10000 exactly.
func oneIn() []float64 {
	var ks []float64
	for decade := 1.0; decade <= lastOneIn; decade *= 10 {
		for _, m := range [...]float64{1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8} {
			if k := m * decade; k >= 2 && k <= lastOneIn {
				ks = append(ks, k)
			}
		}
	}
	return ks
}

// latencyCDF is the cumulative distribution: x is a latency in seconds, y the percentage of requests that were as fast.
func latencyCDF(r Result) []point {
	if r.Latency == nil || r.Latency.TotalCount() == 0 {
		return nil
	}
	var percentiles []float64
	for tenths := 1; tenths <= 1000; tenths++ {
		// Half a percent is a step that nobody sees, except at the ends, where a logarithmic axis spreads them out.
		if tenths <= 20 || tenths >= 980 || tenths%5 == 0 {
			percentiles = append(percentiles, float64(tenths)/10)
		}
	}
	ps := make([]point, len(percentiles))
	for i, ns := range r.Latency.ValueAtPercentilesSlice(percentiles) {
		ps[i] = point{inSeconds(ns), percentiles[i]}
	}
	return slices.Insert(ps, 0, point{ps[0].x, 0}) // the curve rises from the axis
}

// inSeconds converts a latency for a logarithmic axis, which has no place for 0: that is drawn as one nanosecond.
func inSeconds(ns int64) float64 {
	return time.Duration(max(ns, 1)).Seconds()
}

// workerShares is each worker's share of the requests in percent, by worker id.
func workerShares(r Result) []point {
	return byWorker(r, func(w WorkerRow) *float64 { return w.Share }, 100)
}

// workerPending is each worker's mean number of pending requests, by worker id.
func workerPending(r Result) []point {
	return byWorker(r, func(w WorkerRow) *float64 { return w.MeanPending }, 1)
}

func byWorker(r Result, figure func(WorkerRow) *float64, scale float64) []point {
	var ps []point
	for _, w := range r.Workers {
		if v := figure(w); v != nil {
			ps = append(ps, point{float64(w.ID), *v * scale})
		}
	}
	return ps
}

// fairShares is the share in percent that each worker would get if all were equally busy: in proportion to its speed.
func fairShares(r Result) []point {
	var total float64
	for _, w := range r.Workers {
		total += w.Speed
	}
	if total <= 0 || math.IsInf(total, 0) {
		return nil
	}
	return byWorker(r, func(w WorkerRow) *float64 { return &w.Speed }, 100/total)
}

// peak returns the largest y.
func peak(ps []point) float64 {
	top := math.Inf(-1)
	for _, p := range ps {
		top = max(top, p.y)
	}
	return top
}
