package report

import (
	"slices"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// A LatencyCurve is a percentile of latency over time.
type LatencyCurve struct {
	Share     float64   `mean:"key"` // of the percentile, in (0, 1); 1: the maximum
	Stretches Stretches // in their order; between two there may be a gap, where too few requests began and succeeded
}

// Stretches are those of one curve.
type Stretches []Stretch

// A Stretch is a time since the start of the run, and a percentile of the latencies of the requests that began in it and succeeded.
type Stretch struct {
	FromSeconds, ToSeconds, Seconds float64
}

// leastStretches is how many a curve has room for: what takes a larger share of the run says nothing about time.
const leastStretches = 10

// curves returns percentiles over time. One part of the series often has too few requests for a percentile: that of 100,000 requests in 150
// parts has no p99. So neighbours are taken together, as few as have enough.
func (s *series) curves(e *ending) []LatencyCurve {
	var curves []LatencyCurve
	scratch := newPartLatency()
	for _, share := range [...]float64{0.5, 0.9, 0.99, 1} {
		curves = append(curves, LatencyCurve{share, s.stretches(share, scratch, e)})
	}
	return curves
}

// stretches cuts the run for a percentile. From each part on it takes as few as have enough latencies together, or leaves that one out
// if they would be too many. What is left at the end of the run, too few for a stretch of their own, belongs to the last: else a run that ends
// at its worst would not show it.
func (s *series) stretches(share float64, scratch *hdrhistogram.Histogram, e *ending) Stretches {
	var cut Stretches
	begin, end := 0, 0 // of the last stretch
	for i := 0; i < len(s.parts); {
		n := s.together(s.parts[i:], share)
		switch {
		case n > 0:
			begin, end = i, i+n
			cut = append(cut, Stretch{})
		case len(cut) > 0 && i == end:
			n = s.rest(s.parts[i:])
			end += n
		}
		if n == 0 {
			i++
			continue
		}
		i = end
		v := percentileOf(s.parts[begin:end], share, scratch)
		from, to := time.Duration(begin)*s.length, time.Duration(end)*s.length
		cut[len(cut)-1] = Stretch{e.seconds(from), e.seconds(to), float64(v) / float64(e.second)}
	}
	return cut
}

// rest returns how many of the last parts there are up to the last latency; 0, if they are more than a stretch may have, or there is an outage.
func (s *series) rest(parts []part) int {
	n := len(parts)
	for n > 0 && parts[n-1].succeeded() == 0 {
		n--
	}
	if n > s.room() || s.full() && slices.ContainsFunc(parts[:n], func(p part) bool { return p.succeeded() == 0 }) {
		return 0
	}
	return n
}

// room is how many parts a stretch may have.
func (s *series) room() int { return max(1, len(s.parts)/leastStretches) }

// full tells whether a median needs no neighbours of a part. Then an empty one is an outage, which nothing is to bridge.
func (s *series) full() bool { return enoughBeyond(s.succeeded()/int64(len(s.parts)), 0.5) }

// percentileOf returns the percentile of the latencies of neighbours, at least one of them, which are put into scratch where that is needed:
// to merge two histograms takes as long as to play some ten requests.
func percentileOf(parts []part, share float64, scratch *hdrhistogram.Histogram) int64 {
	slowest := int64(0)
	for i := range parts {
		slowest = max(slowest, parts[i].slowest)
	}
	if share == 1 {
		return slowest
	}
	latency := parts[0].latencies(scratch)
	if len(parts) > 1 {
		latency = scratch
		latency.Reset()
		for i := range parts {
			p := &parts[i]
			if p.many != nil {
				latency.Merge(p.many)
			}
			fill(latency, p.few)
		}
	}
	v, _ := percentile(latency, latency.TotalCount(), wide{low: uint64(slowest)}, share)
	return v
}

// together returns how many of the parts, from the first on, have enough latencies for a percentile; 0: they would be too many, or there is an
// outage.
func (s *series) together(parts []part, share float64) int {
	full := s.full()
	var count int64
	for n := range min(len(parts), s.room()) {
		here := parts[n].succeeded()
		if count += here; count > 0 && (share == 1 || enoughBeyond(count, share)) {
			return n + 1
		}
		if full && here == 0 {
			break
		}
	}
	return 0
}

// succeeded counts the requests that did.
func (s *series) succeeded() (n int64) {
	for i := range s.parts {
		n += s.parts[i].succeeded()
	}
	return n
}

// succeeded counts the requests that began in the part and did.
func (p *part) succeeded() int64 {
	if p.many != nil {
		return p.many.TotalCount()
	}
	return int64(len(p.few))
}
