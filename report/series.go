package report

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"waza/internal/instant"
	"waza/requester"
)

// A series has at most so many parts. When the run grows beyond them neighbours are merged, which leaves half as many.
const (
	mostParts    = 200
	shortestPart = time.Microsecond
)

// mostFew is how many latencies a part keeps as they are before it makes a histogram of them. A run begins with parts of
// 1 µs that are merged again and again, and while they have few requests each, that costs next to nothing.
const mostFew = 500

// series is the run cut into 100 to 200 equal parts (fewer only if it is shorter than 100 µs). Their length follows
// from the latest instant alone, and parts merge by adding, so the order of outcomes does not matter.
type series struct {
	resolution instant.Resolution
	length     time.Duration // of each part
	latest     time.Duration // verdict
	parts      []part
}

// part counts what began and what was decided between its start, included, and its end: what is equal to an end is in the next part.
type part struct {
	starts, decideds     int
	verdicts             [requester.Verdicts]int // those decided, by verdict
	startSum, decidedSum wide                    // of the instants, ns
	slowest              int64                   // latency of those that began here and succeeded, ns
	few                  []int64                 // latencies of the succeeded requests that began here, ns
	many                 *hdrhistogram.Histogram // the same where they are more than mostFew; nil: they are not
}

func newSeries(r instant.Resolution) *series { return &series{resolution: r, length: shortestPart} }

// newPartLatency returns a histogram of two digits, for every time there is: 58 KB, so that all parts together take less than 12 MB.
func newPartLatency() *hdrhistogram.Histogram { return hdrhistogram.New(1, Highest, 2) }

func (s *series) add(block []requester.Outcome) {
	for i := range block {
		o := &block[i]
		decided := &s.parts[s.reach(o.Decided)]
		decided.decideds++
		decided.verdicts[o.Verdict]++
		decided.decidedSum.add(uint64(o.Decided))
		began := &s.parts[s.partOf(o.Start)]
		began.starts++
		began.startSum.add(uint64(o.Start))
		if o.Verdict == requester.Succeeded {
			began.record(int64(o.Decided - o.Start))
		}
	}
}

// reach makes the series long enough for an instant and returns the number of the part that it is in.
func (s *series) reach(at time.Duration) int {
	s.latest = max(s.latest, at)
	for s.partOf(at) >= mostParts {
		s.halve()
	}
	index := s.partOf(at)
	for len(s.parts) <= index {
		s.parts = append(s.parts, part{})
	}
	return index
}

// partOf returns the number of the part that an instant is in.
func (s *series) partOf(at time.Duration) int { return int(s.resolution.Past(at) / s.length) }

// halve merges neighbours.
func (s *series) halve() {
	half := (len(s.parts) + 1) / 2
	for i := range half {
		merged := s.parts[2*i]
		if 2*i+1 < len(s.parts) {
			merged.merge(&s.parts[2*i+1])
		}
		s.parts[i] = merged
	}
	clear(s.parts[half:]) // their histograms must not be kept
	s.parts = s.parts[:half]
	s.length *= 2
}

func (p *part) merge(other *part) {
	p.starts += other.starts
	p.decideds += other.decideds
	for v, n := range other.verdicts {
		p.verdicts[v] += n
	}
	p.startSum.merge(other.startSum)
	p.decidedSum.merge(other.decidedSum)
	p.slowest = max(p.slowest, other.slowest)
	if other.many != nil {
		p.dense().Merge(other.many)
	}
	for _, latency := range other.few {
		p.record(latency)
	}
}

// record adds a latency.
func (p *part) record(latency int64) {
	p.slowest = max(p.slowest, latency)
	if p.many == nil && len(p.few) < mostFew {
		p.few = append(p.few, latency)
		return
	}
	_ = p.dense().RecordValue(latency) // it has room for every time
}

// dense makes a histogram of the latencies, unless that has been done.
func (p *part) dense() *hdrhistogram.Histogram {
	if p.many == nil {
		p.many = newPartLatency()
		fill(p.many, p.few)
		p.few = nil
	}
	return p.many
}

// figure returns the percentile in seconds of the latencies, which stand in h; nil: too few lie beyond it.
func (p *part) figure(h *hdrhistogram.Histogram, share float64, second int64) *float64 {
	if !enoughBeyond(h.TotalCount(), share) {
		return nil
	}
	v, _ := percentile(h, h.TotalCount(), wide{low: uint64(p.slowest)}, share)
	return ratio(float64(v), float64(second))
}

func fill(h *hdrhistogram.Histogram, values []int64) {
	for _, v := range values {
		_ = h.RecordValue(v)
	}
}

// integrals returns ∫ N dt over each part in nanoseconds, N the number of requests in the system:
// N(at its start) · length + Σ(end − start) − Σ(end − decided).
func (s *series) integrals() []wide {
	integrals := make([]wide, len(s.parts))
	inSystem := 0 // at the start of the part
	for i := range s.parts {
		p, in := &s.parts[i], &integrals[i]
		end := uint64(i+1) * uint64(s.length)
		in.addProduct(uint64(inSystem), uint64(s.length))
		in.addProduct(uint64(p.starts), end)
		in.merge(p.decidedSum)
		in.subtract(p.startSum)
		var decided wide
		decided.addProduct(uint64(p.decideds), end)
		in.subtract(decided)
		inSystem += p.starts - p.decideds
	}
	return integrals
}

// total returns ∫ N dt over the whole run.
func (s *series) total() wide {
	var sum wide
	for _, integral := range s.integrals() {
		sum.merge(integral)
	}
	return sum
}

// describe writes the series as it is reported. The last part counts with its full length, though the run ends within it.
func (s *series) describe(r *Result, e *ending) {
	if e.Lingers {
		s.reach(e.Ended)
	}
	r.Series = make([]SeriesRow, len(s.parts))
	scratch := newPartLatency()
	for i, integral := range s.integrals() {
		p := &s.parts[i]
		latency := p.latencies(scratch)
		r.Series[i] = SeriesRow{
			AtSeconds:       e.seconds(time.Duration(i) * s.length),
			RatePerSecond:   float64(p.starts) / e.seconds(s.length),
			InSystem:        integral.over(float64(s.length)),
			Workers:         e.size(time.Duration(i)*s.length, time.Duration(i+1)*s.length),
			Active:          e.active(time.Duration(i)*s.length, time.Duration(i+1)*s.length),
			P50:             p.figure(latency, 0.5, e.second),
			P99:             p.figure(latency, 0.99, e.second),
			ErrorsPerSecond: float64(p.decideds-p.verdicts[requester.Succeeded]) / e.seconds(s.length),
			Verdicts:        ratesOf(p.verdicts, e.seconds(s.length)),
		}
	}
	if e.OverTime {
		r.Curves = s.curves(e)
	}
}

// latencies returns the histogram of a part, which is scratch where the part has none.
func (p *part) latencies(scratch *hdrhistogram.Histogram) *hdrhistogram.Histogram {
	if p.many != nil {
		return p.many
	}
	scratch.Reset()
	fill(scratch, p.few)
	return scratch
}

// ratesOf returns how many there were per second of so many seconds.
func ratesOf(by [requester.Verdicts]int, seconds float64) VerdictRates {
	rate := func(v requester.Verdict) float64 { return float64(by[v]) / seconds }
	return VerdictRates{
		Succeeded: rate(requester.Succeeded), Failed: rate(requester.Failed), TimedOut: rate(requester.TimedOut),
		Rejected: rate(requester.Rejected), Cancelled: rate(requester.Cancelled), Lost: rate(requester.Lost),
	}
}
