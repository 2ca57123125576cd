package report

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"waza/requester"
)

// A series has at most so many parts. When the run grows beyond them neighbours are merged, which leaves half as many.
const (
	mostParts    = 200
	shortestPart = time.Microsecond
)

// series is the run cut into 100 to 200 equal parts (fewer only if it is shorter than 100 µs). Their length follows
// from the latest instant alone, and parts merge by adding, so the order of outcomes does not matter.
type series struct {
	length time.Duration // of each part
	parts  []part
}

// part counts what began and what was decided between its start, included, and its end.
type part struct {
	starts, decideds, errors int
	startSum, decidedSum     wide                    // of the instants, ns
	latency                  *hdrhistogram.Histogram // of the succeeded requests that began here; nil: none
}

func newSeries() *series { return &series{length: shortestPart} }

// newPartLatency returns a histogram of two digits from 1 µs up: 39 KB, so that all parts together take less than 8 MB.
func newPartLatency() *hdrhistogram.Histogram { return hdrhistogram.New(1000, highest, 2) }

func (s *series) add(o *requester.Outcome) {
	s.reach(o.Decided)
	began := &s.parts[o.Start/s.length]
	began.starts++
	began.startSum.add(uint64(o.Start))
	decided := &s.parts[o.Decided/s.length]
	decided.decideds++
	decided.decidedSum.add(uint64(o.Decided))
	if o.Verdict != requester.Succeeded {
		decided.errors++
		return
	}
	if began.latency == nil {
		began.latency = newPartLatency()
	}
	_ = began.latency.RecordValue(int64(o.Decided - o.Start)) // out of range: the sample has counted it
}

// reach makes the series long enough for an instant.
func (s *series) reach(at time.Duration) {
	for at/s.length >= mostParts {
		s.halve()
	}
	for time.Duration(len(s.parts)) <= at/s.length {
		s.parts = append(s.parts, part{})
	}
}

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
	p.errors += other.errors
	p.startSum.merge(other.startSum)
	p.decidedSum.merge(other.decidedSum)
	switch {
	case p.latency == nil:
		p.latency = other.latency
	case other.latency != nil:
		p.latency.Merge(other.latency)
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

// rows returns the series as it is reported. The last part counts with its full length, though the run ends within it.
func (s *series) rows(workers int) []SeriesRow {
	rows := make([]SeriesRow, len(s.parts))
	for i, integral := range s.integrals() {
		p := &s.parts[i]
		rows[i] = SeriesRow{
			AtSeconds:       (time.Duration(i) * s.length).Seconds(),
			RatePerSecond:   float64(p.starts) / s.length.Seconds(),
			InSystem:        integral.over(float64(s.length)),
			Workers:         float64(workers),
			P50:             p.percentile(500),
			P99:             p.percentile(990),
			ErrorsPerSecond: float64(p.errors) / s.length.Seconds(),
		}
	}
	return rows
}

// percentile returns the value in seconds that so many thousandths of the latencies do not exceed.
func (p *part) percentile(thousandths int64) *float64 {
	if p.latency == nil || !enoughBeyond(p.latency, thousandths) {
		return nil
	}
	return ratio(float64(p.latency.ValueAtPercentile(float64(thousandths)/10)), 1e9)
}
