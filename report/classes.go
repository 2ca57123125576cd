package report

import (
	"fmt"
	"time"

	"waza/requester"
)

// A grouping tells classes of requests apart, and folds the latency of each: of those measured, and of the rest, which
// count where the window never opened. Its memory follows from the number of classes.
type grouping struct {
	name           string // of a class, before its number
	of             func(*requester.Outcome) uint8
	measured, rest []class
}

// A class is what is told of one class of requests.
type class struct {
	requests, succeeded int
	latency             *distribution // of the succeeded, ns; nil: none
}

// groupings are by priority and by zone, as far as there are several of them.
func groupings(priorities, zones int) []*grouping {
	var all []*grouping
	add := func(name string, n int, of func(*requester.Outcome) uint8) {
		if n > 1 {
			all = append(all, &grouping{name: name, of: of, measured: make([]class, n), rest: make([]class, n)})
		}
	}
	add("priority", priorities, func(o *requester.Outcome) uint8 { return o.Priority })
	add("zone", zones, func(o *requester.Outcome) uint8 { return o.Zone })
	return all
}

func (g *grouping) add(o *requester.Outcome, measured bool) {
	if measured {
		g.measured[g.of(o)].add(o)
	} else {
		g.rest[g.of(o)].add(o)
	}
}

func (c *class) add(o *requester.Outcome) {
	c.requests++
	if o.Verdict != requester.Succeeded {
		return
	}
	if c.succeeded++; c.latency == nil {
		latency := newDistribution()
		c.latency = &latency
	}
	c.latency.add(int64(o.Decided - o.Start))
}

// mergeRest counts the rest as measured.
func (g *grouping) mergeRest() {
	for i := range g.rest {
		g.measured[i].merge(&g.rest[i])
	}
	clear(g.rest)
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

// describe writes a row for each class into r.
func (g *grouping) describe(r *Result) {
	for i := range g.measured {
		c := &g.measured[i]
		row := ClassRow{
			Class:        fmt.Sprintf("%s %d", g.name, i),
			Requests:     c.requests,
			SuccessShare: ratio(float64(c.succeeded), float64(c.requests)),
		}
		if c.latency != nil {
			row.LatencySeconds = c.latency.spread(int64(time.Second))
		}
		r.Classes = append(r.Classes, row)
	}
}
