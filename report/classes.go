package report

import (
	"fmt"

	"waza/requester"
)

// classes tells classes of requests apart, and folds the latency of each: of those measured, and of the rest, which
// count where the window never opened. Its memory follows from the number of classes.
type classes struct {
	name           string // of a class, before its number
	of             func(*requester.Outcome) uint8
	window         *Window
	second         int64   // on the run's clock
	measured, rest []class // empty: there is but one class
}

// A class is what is told of one class of requests.
type class struct {
	requests, succeeded int
	latency             *Distribution // of the succeeded, ns; nil: none
}

func newClasses(name string, n int, o *Options, of func(*requester.Outcome) uint8) *classes {
	if n < 2 {
		n = 0
	}
	return &classes{name: name, of: of, window: o.Window, second: o.second(), measured: make([]class, n), rest: make([]class, n)}
}

func priorityOf(o *requester.Outcome) uint8 { return o.Priority }

func zoneOf(o *requester.Outcome) uint8 { return o.Zone }

func (g *classes) add(block []requester.Outcome) {
	if len(g.measured) == 0 {
		return
	}
	w := g.window.Known()
	for i := range block {
		if o := &block[i]; w.Contains(o.Start) {
			g.measured[g.of(o)].add(o, g.second)
		} else {
			g.rest[g.of(o)].add(o, g.second)
		}
	}
}

func (c *class) add(o *requester.Outcome, second int64) {
	c.requests++
	if o.Verdict != requester.Succeeded {
		return
	}
	if c.succeeded++; c.latency == nil {
		c.latency = NewDistribution(second)
	}
	c.latency.Add(int64(o.Decided - o.Start))
}

func (c *class) merge(other *class) {
	c.requests += other.requests
	c.succeeded += other.succeeded
	switch {
	case c.latency == nil:
		c.latency = other.latency
	case other.latency != nil:
		c.latency.merge(other.latency)
	}
}

// describe appends a row for each class to those of r.
func (g *classes) describe(r *Result, e *ending) {
	for i := range g.measured {
		c := &g.measured[i]
		if e.whole {
			c.merge(&g.rest[i])
		}
		row := ClassRow{
			Class:        fmt.Sprintf("%s %d", g.name, i),
			Requests:     Count(c.requests),
			SuccessShare: ratio(float64(c.succeeded), float64(c.requests)),
		}
		if c.latency != nil {
			row.LatencySeconds = c.latency.spread()
		}
		r.Classes = append(r.Classes, row)
	}
}
