package command

import (
	"fmt"
	"strings"
	"time"

	"waza/internal/option"
	"waza/internal/simulation"
)

// title tells the configuration in one line.
func (f *flags) title(c simulation.Config) string {
	parts := append(f.house(c), counted(c.Requesters, "requester"), counted(c.Requests, "request"))
	switch c.Arrivals {
	case simulation.Closed:
		parts = append(parts, "closed", f.think.is.title("thinking"))
	case simulation.Trace:
		parts = append(parts, "trace "+option.Printable(f.trace.is), "load "+figure(c.Rate*meanWork(c.Trace)/capacity(&c)))
	case simulation.Constant:
		parts = append(parts, "constant arrivals", f.demand())
	default:
		parts = append(parts, f.demand())
	}
	if c.Arrivals != simulation.Trace && !f.priorityWork.given {
		parts = append(parts, f.work.is.title("work"))
	}
	parts = append(parts, f.told("weights", "keys", "priorities", "priority-work", "tiers", "zones", "zone-delay", "discipline")...)
	for _, fault := range c.Faults {
		parts = append(parts, faultText(fault))
	}
	for _, end := range []struct {
		name string
		d    time.Duration
	}{{"stale", c.Stale}, {"refresh", c.Refresh}, {"timeout", c.Timeout}, {"deadline", c.Deadline}} {
		if end.d > 0 {
			parts = append(parts, end.name+" "+spaced(end.d))
		}
	}
	if c.Retries > 0 {
		parts = append(parts, fmt.Sprintf("retries %d", c.Retries))
	}
	return strings.Join(append(parts, fmt.Sprintf("seed %d", c.Seed)), ", ")
}

// house tells who serves.
func (f *flags) house(c simulation.Config) []string {
	parts := []string{counted(c.Workers, "worker")}
	if text := f.speeds.is.String(); text != "1" {
		parts = append(parts, "speeds "+text)
	}
	if c.Concurrency > 1 {
		parts = append(parts, fmt.Sprintf("concurrency %d", c.Concurrency))
	}
	if c.Balancers > 1 {
		parts = append(parts, counted(c.Balancers, "balancer"))
	}
	return parts
}

// told tells those of the flags that were given, as they are.
func (f *flags) told(names ...string) []string {
	var parts []string
	for _, name := range names {
		if f.given(name) {
			parts = append(parts, strings.ReplaceAll(name, "-", " ")+" "+f.all.Lookup(name).Value.String())
		}
	}
	return parts
}

// demand is the load or the rate, whichever was asked for.
func (f *flags) demand() string {
	if f.rate.given {
		return figure(f.rate.is) + " per second"
	}
	return "load " + option.FormatDecimal(f.load.is)
}

// counted is "1 worker" or "10 workers".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return option.Grouped(n) + " " + what + "s"
}

// figure is a number of which nobody needs more than four digits.
func figure(x float64) string { return fmt.Sprintf("%.4g", x) }

// seconds tells a length that may be too long for a time.Duration.
func seconds(s float64) string {
	if s < maxTotal.Seconds() {
		return option.Short(time.Duration(s * float64(time.Second)).Round(time.Second))
	}
	return figure(s/time.Hour.Seconds()) + "h"
}

// spaced is a duration with a space before its unit, as a title has it: 10 ms.
func spaced(d time.Duration) string {
	s := option.Short(d)
	if i := strings.IndexFunc(s, func(r rune) bool { return r != '.' && (r < '0' || r > '9') }); i > 0 && d < time.Minute {
		return s[:i] + " " + s[i:]
	}
	return s
}
