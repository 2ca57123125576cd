package command

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"waza/balancer"
	"waza/internal/option"
	"waza/internal/simulation"
)

// title tells the configuration in one line.
func (f *flags) title() string {
	c := f.run
	parts := append(f.servers(), counted(c.Requesters, "requester"))
	if f.Scenario != nil {
		parts = slices.Insert(parts, 0, "scenario "+f.Scenario.Name)
	}
	if !f.isTimed() {
		parts = append(parts, counted(c.Requests, "request"))
	}
	if c.Duration > 0 {
		parts = append(parts, "up to "+option.Short(c.Duration))
	}
	parts = append(parts, f.toldArrivals()...)
	if c.Arrivals != simulation.Trace && !f.given("priority-work") {
		parts = append(parts, f.work.title("work"))
	}
	parts = append(parts, f.toldGiven("weights keys priorities priority-work tiers zones zone-delay queues discipline ageing codel limit")...)
	if f.upload.size > 0 {
		parts = append(parts, f.toldUpload())
	}
	parts = append(parts, f.toldFaults()...)
	for _, feature := range f.run.Features {
		kind, _ := balancer.FindFeature(feature.Kind)
		parts = append(parts, kind.Flag+" "+f.flag(kind.Flag).String())
	}
	for _, name := range strings.Fields("stale refresh timeout deadline") {
		if d := f.flag(name).value().(time.Duration); d > 0 {
			parts = append(parts, name+" "+spaced(d))
		}
	}
	if c.Retries > 0 {
		parts = append(parts, fmt.Sprintf("retries %d", c.Retries))
	}
	parts = append(parts, f.toldGiven("propagate-deadline hedge retry-budget min-retries-per-second heartbeat claim announcement-loss message-retry panic")...)
	seed := "seed"
	if f.repeated() {
		seed = "seeds from"
	}
	return strings.Join(append(parts, fmt.Sprintf("%s %d", seed, c.Seed)), ", ")
}

// toldArrivals tells how requests arrive, and how much they are.
func (f *flags) toldArrivals() []string {
	c := f.run
	switch c.Arrivals {
	case simulation.Closed:
		return []string{"closed", f.think.title("thinking")}
	case simulation.Trace:
		return []string{"trace " + f.traceName(), "load " + figure(c.Rate*f.mean/capacity(c))}
	case simulation.Gaps:
		return []string{"gaps " + f.gaps.String(), "load " + figure(c.Rate*f.mean/capacity(c))}
	case simulation.Constant:
		return []string{"constant arrivals", f.demand()}
	}
	if c.Shape.Kind != "" {
		return []string{"arrivals " + c.Shape.String(), f.demand()}
	}
	return []string{f.demand()}
}

// toldGiven tells those of the flags that were given.
func (f *flags) toldGiven(names string) (parts []string) {
	for _, name := range strings.Fields(names) {
		if f.given(name) {
			parts = append(parts, strings.ReplaceAll(name, "-", " ")+" "+f.flag(name).String())
		}
	}
	return parts
}

// servers tells who serves.
func (f *flags) servers() []string {
	parts := []string{counted(f.pool.start, "worker")}
	if f.pooled() {
		parts[0] += fmt.Sprintf(" of a pool of %s to %s", option.Grouped(f.pool.least), option.Grouped(f.pool.most))
	}
	if f.resized() {
		parts[0] += ", then " + strings.Join(f.toldResizes(), ", ")
	}
	if text := f.speeds.String(); text != "1" {
		parts = append(parts, "speeds "+text)
	}
	if f.run.Concurrency > 1 {
		parts = append(parts, fmt.Sprintf("concurrency %d", f.run.Concurrency))
	}
	if f.run.Balancers > 1 {
		parts = append(parts, counted(f.run.Balancers, "balancer"))
	}
	return append(parts, f.proxyTitle()...)
}

// demand is the load or the rate, whichever was asked for.
func (f *flags) demand() string {
	if f.given("rate") {
		return figure(f.rate) + " per second"
	}
	return "load " + option.FormatDecimal(f.share)
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

// nanoseconds tells a length that may be shorter than a time.Duration can be.
func nanoseconds(ns float64) string {
	if ns < 1 {
		return figure(ns) + "ns"
	}
	return option.Short(time.Duration(ns))
}

// spaced is a duration with a space before its unit, as a title has it: 10 ms.
func spaced(d time.Duration) string {
	s := option.Short(d)
	if i := strings.IndexFunc(s, func(r rune) bool { return r != '.' && (r < '0' || r > '9') }); i > 0 && d < time.Minute {
		return s[:i] + " " + s[i:]
	}
	return s
}
