package requester

import (
	"math/bits"
	"time"
)

// A Trace is a recorded workload: request i begins at Arrivals[i] and is Work[i] long. What it does not say is nil.
type Trace struct {
	Arrivals   []time.Duration // in order, the first is 0
	Work       []time.Duration
	Keys       []uint64
	Priorities []uint8
	Zones      []uint8
}

// MeanWork is the mean of the work, in seconds.
func (t *Trace) MeanWork() float64 {
	sum := 0.0
	for _, w := range t.Work {
		sum += w.Seconds()
	}
	return sum / float64(len(t.Work))
}

// ShortWork is a length that at most one in a hundred of the rows with any work is shorter than, rounded down to a power of two; 0 if no row
// has any. O(rows).
func (t *Trace) ShortWork() time.Duration {
	var by [64]int // how many have so many bits
	n := 0
	for _, w := range t.Work {
		if w > 0 {
			by[bits.Len64(uint64(w))]++
			n++
		}
	}
	less := 0
	for length, rows := range by {
		if less += rows; 100*less > n {
			return 1 << (length - 1)
		}
	}
	return 0
}

// Crowd is the most rows that arrive within that time of one another. O(rows).
func (t *Trace) Crowd(within time.Duration) int {
	most, first := 0, 0
	for i, at := range t.Arrivals {
		for at-t.Arrivals[first] > within {
			first++
		}
		most = max(most, i+1-first)
	}
	return most
}

// A Replay gives a requester its part of the trace: the rows First, First+Step, …, below Total.
type Replay struct {
	Trace              *Trace
	First, Step, Total int
	row                int // the last given
}

// Next returns the next row's arrival.
func (p *Replay) Next(time.Duration) (time.Duration, bool) {
	if p.First >= p.Total {
		return 0, false
	}
	p.row = p.First
	p.First += p.Step
	return p.Trace.Arrivals[p.row], true
}

// Work returns the work of the row that Next gave last.
func (p *Replay) Work() time.Duration { return p.Trace.Work[p.row] }

// Key, Priority and Zone return what else the trace says of that row. They may be called only if the trace says it.
func (p *Replay) Key() uint64   { return p.Trace.Keys[p.row] }
func (p *Replay) Priority() int { return int(p.Trace.Priorities[p.row]) }
func (p *Replay) Zone() int     { return int(p.Trace.Zones[p.row]) }
