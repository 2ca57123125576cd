//go:build linux

package main

import (
	"fmt"
	"strings"

	"waza/strategy"
)

// The units of the figures: what a processor has worked for one operation, and what has passed on the wall.
const cpu, wall = "cpu-ns/op", "ns/op"

// A ratio divides the medians of two benchmarks, the one above by the one below; of several above, the least counts.
type ratio struct {
	what, target string
	over         []string
	under        string
}

func request(kind string, workers int) string {
	return fmt.Sprintf("Request/%s/workers=%d", kind, workers)
}

func resilience(kind string) string { return "Resilience/" + kind }

func trip(kind string, requesters int) string {
	return fmt.Sprintf("RoundTrip/%s/requesters=%d", kind, requesters)
}

var ratios = []ratio{
	{"10 workers, against the event loop", "≤ 43", []string{request("waza", 10)}, request("event-loop", 10)},
	{"1,000 workers, against the event loop", "≤ 38", []string{request("waza", 1000)}, request("event-loop", 1000)},
	{"10 workers, against the bare goroutines", "–", []string{request("waza", 10)}, request("skeleton", 10)},
	{"1,000 workers, against the bare goroutines", "–", []string{request("waza", 1000)}, request("skeleton", 1000)},
	{"10,000 workers, against the bare goroutines", "–", []string{request("waza", 10_000)}, request("skeleton", 10_000)},
	{"own cost, 10 to 1,000 workers", "≤ 1.25", []string{request("waza", 1000)}, request("waza", 10)},
	{"own cost, 10 to 10,000 workers", "≤ 1.6", []string{request("waza", 10_000)}, request("waza", 10)},
	{"the event loop's own cost, 10 to 1,000 workers", "–", []string{request("event-loop", 1000)}, request("event-loop", 10)},
	{"the event loop's own cost, 10 to 10,000 workers", "–", []string{request("event-loop", 10_000)}, request("event-loop", 10)},
	{"the bare goroutines' own cost, 10 to 10,000 workers", "–", []string{request("skeleton", 10_000)}, request("skeleton", 10)},
	{"timeout of 100 ms against none, 10 workers", "≤ 1.3", []string{request("waza-timeout", 10)}, request("waza", 10)},
	{"timeout of 100 ms against none, 1,000 workers", "≤ 1.3", []string{request("waza-timeout", 1000)}, request("waza", 1000)},
	{"timeout of 100 ms against none, 10,000 workers", "≤ 1.3", []string{request("waza-timeout", 10_000)}, request("waza", 10_000)},
	{"a hedge at p95 against none", "≤ 1.5", []string{resilience("hedge")}, resilience("none")},
	{"health checks against none", "≤ 1.15", []string{resilience("health")}, resilience("none")},
	{"outlier detection against none", "≤ 1.15", []string{resilience("outlier")}, resilience("none")},
	{"a crash against none", "≤ 1.15", []string{resilience("crash")}, resilience("none")},
	{"a crash with claims against none", "≤ 1.5", []string{resilience("claim")}, resilience("none")},
	{"two strategies at once on two cores, against one", "≥ 1.6", []string{"Cores/waza/runs=1-2"}, "Cores/waza/runs=2-2"},
	{"two event loops at once, against one", "–", []string{"Cores/event-loop/runs=1-2"}, "Cores/event-loop/runs=2-2"},
	{"round trips on the wall clock, 100 requesters, against the original", "≥ 2", []string{trip("pike", 100)}, trip("waza", 100)},
	{"the same, against the best of ants, pond and workerpool", "≥ 0.95",
		[]string{"pools/RoundTrip/ants", "pools/RoundTrip/pond", "pools/RoundTrip/workerpool"}, "pools/RoundTrip/waza"},
	{"the same, against a bare shared channel", "≥ 0.95", []string{trip("shared-channel", 100)}, trip("waza", 100)},
}

// targets prints the table of ratios that have a target, and those beside them that explain them.
func (f figures) targets(peak float64) error {
	fmt.Printf("\n| what | target | measured |\n|---|---|---|\n")
	for _, r := range ratios {
		unit := cpu
		if strings.HasPrefix(r.under, "Cores/") {
			unit = wall // what two cores save is time on the wall
		}
		over, err := f.median(unit, r.over...)
		if err != nil {
			return err
		}
		under, err := f.median(unit, r.under)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %s | %.2f |\n", r.what, r.target, over/under)
	}
	fmt.Printf("| ten million requests, peak memory | < 100 MB | %.0f MB |\n", peak)
	return nil
}

// picks prints what a pick costs, and what its strategy is told of it.
func (f figures) picks() error {
	fmt.Printf("\n| ns per pick | 10 workers | 100 | 1,000 | 10,000 |\n|---|---|---|---|---|\n")
	for _, name := range strategy.Names() {
		fmt.Printf("| %s |", name)
		for _, workers := range []int{10, 100, 1000, 10_000} {
			ns, err := f.median(wall, fmt.Sprintf("Pick/%s/%d", name, workers))
			if err != nil {
				return err
			}
			fmt.Printf(" %.0f |", ns)
		}
		fmt.Println()
	}
	return nil
}

// others prints what has no target: by size, by strategy, by feature, and the memory.
func (f figures) others() error {
	fmt.Printf("\n| workers | CPU ns per request | × event loop | × with a timeout |\n|---|---|---|---|\n")
	for _, workers := range []int{1, 10, 100, 1000, 10_000} {
		if err := f.row(fmt.Sprint(workers), request("waza", workers),
			[2]string{request("waza", workers), request("event-loop", workers)},
			[2]string{request("waza-timeout", workers), request("waza", workers)}); err != nil {
			return err
		}
	}
	fmt.Printf("\n| requesters, wall clock | CPU ns per round trip | original ÷ waza | shared channel ÷ waza |\n|---|---|---|---|\n")
	for _, requesters := range []int{1, 10, 100, 1000} {
		if err := f.row(fmt.Sprint(requesters), trip("waza", requesters),
			[2]string{trip("pike", requesters), trip("waza", requesters)},
			[2]string{trip("shared-channel", requesters), trip("waza", requesters)}); err != nil {
			return err
		}
	}
	fmt.Printf("\n| 10 workers | CPU ns per request | × event loop | × least-loaded |\n|---|---|---|---|\n")
	for _, name := range strategy.Names() {
		if err := f.row(name, "Strategy/"+name,
			[2]string{"Strategy/" + name, "Strategy/event-loop"}, [2]string{"Strategy/" + name, "Strategy/least-loaded"}); err != nil {
			return err
		}
	}
	for _, name := range []string{"retries", "log", "jitter", "slots"} {
		if err := f.row(name, "Feature/"+name,
			[2]string{"Feature/" + name, "Feature/event-loop"}, [2]string{"Feature/" + name, "Feature/none"}); err != nil {
			return err
		}
	}
	if err := f.row("closed loop", "ClosedLoop/waza",
		[2]string{"ClosedLoop/waza", "Strategy/event-loop"}, [2]string{"ClosedLoop/waza", "Strategy/least-loaded"}); err != nil {
		return err
	}
	if err := f.picks(); err != nil {
		return err
	}
	return f.sizes()
}

// row prints a benchmark and two ratios.
func (f figures) row(what, name string, ratios ...[2]string) error {
	ns, err := f.median(cpu, name)
	if err != nil {
		return err
	}
	cells := []string{what, fmt.Sprintf("%.0f", ns)}
	for _, r := range ratios {
		over, err := f.median(cpu, r[0])
		if err != nil {
			return err
		}
		under, err := f.median(cpu, r[1])
		if err != nil {
			return err
		}
		cells = append(cells, fmt.Sprintf("%.2f", over/under))
	}
	fmt.Printf("| %s |\n", strings.Join(cells, " | "))
	return nil
}

// sizes prints the memory and the time of a report.
func (f figures) sizes() error {
	fmt.Printf("\n| what | measured |\n|---|---|\n")
	for _, per := range []string{"requester", "worker", "request"} {
		bytes, err := f.median("B/"+per, "Memory/per-"+per)
		if err != nil {
			return err
		}
		fmt.Printf("| memory per %s | %.0f B |\n", per, bytes)
	}
	for _, part := range []struct {
		what, name, unit string
		scale            float64
	}{{"to fold an outcome", "Report/fold", "ns", 1}, {"three plots of all strategies", "Report/plots", "ms", 1e-6}} {
		ns, err := f.median(wall, part.name)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.0f %s |\n", part.what, ns*part.scale, part.unit)
	}
	return nil
}
