//go:build linux

// Ratios runs the benchmarks in rounds, so that what a machine's other work costs falls on all of them alike, prints
// their lines as benchstat reads them, and then the table of ratios that the README shows.
//
//	go run ./internal/benchmark/ratios
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"syscall"
)

const rounds = 5

// suites are the benchmarks that the table needs; each wants its own number of cores and of requests.
var suites = [][]string{
	{"-bench=^BenchmarkRequest$", "-cpu=1", "-benchtime=500000x"},
	{"-bench=^BenchmarkRoundTrip$/^(pike|waza|shared-channel)$/^requesters=100$", "-cpu=1", "-benchtime=1000000x"},
	{"-bench=^BenchmarkCores$", "-cpu=2", "-benchtime=1000000x"},
}

// A ratio divides the medians of two benchmarks.
type ratio struct{ what, target, over, under string }

var ratios = []ratio{
	{"10 workers, against the event loop", "≤ 16.5", "Request/waza/workers=10", "Request/event-loop/workers=10"},
	{"1,000 workers, against the event loop", "≤ 12", "Request/waza/workers=1000", "Request/event-loop/workers=1000"},
	{"own cost, 10 to 1,000 workers", "≤ 1.25", "Request/waza/workers=1000", "Request/waza/workers=10"},
	{"own cost, 10 to 10,000 workers", "≤ 1.6", "Request/waza/workers=10000", "Request/waza/workers=10"},
	{"event loop's own cost, 10 to 10,000 workers", "–", "Request/event-loop/workers=10000", "Request/event-loop/workers=10"},
	{"timeout of 100 ms against none, 10 workers", "≤ 1.3", "Request/waza-timeout/workers=10", "Request/waza/workers=10"},
	{"timeout of 100 ms against none, 1,000 workers", "≤ 1.3", "Request/waza-timeout/workers=1000", "Request/waza/workers=1000"},
	{"timeout of 100 ms against none, 10,000 workers", "≤ 1.3", "Request/waza-timeout/workers=10000", "Request/waza/workers=10000"},
	{"two strategies at once on two cores, against one", "≥ 1.6", "Cores/waza/runs=1-2", "Cores/waza/runs=2-2"},
	{"two event loops at once, against one", "–", "Cores/event-loop/runs=1-2", "Cores/event-loop/runs=2-2"},
	{"round trips on the wall clock, 100 requesters, against the original", "≥ 2", "RoundTrip/pike/requesters=100", "RoundTrip/waza/requesters=100"},
	{"the same, against a bare shared channel", "≥ 0.95", "RoundTrip/shared-channel/requesters=100", "RoundTrip/waza/requesters=100"},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "ratios:", err)
		os.Exit(1)
	}
}

func run() error {
	measured := map[string][]float64{} // ns per operation, by benchmark
	for range rounds {
		for _, suite := range suites {
			if err := measure(suite, measured); err != nil {
				return err
			}
		}
	}
	peak, err := peakMemory()
	if err != nil {
		return err
	}
	fmt.Printf("\n| what | target | measured |\n|---|---|---|\n")
	for _, r := range ratios {
		over, under := measured[r.over], measured[r.under]
		if len(over) == 0 || len(under) == 0 {
			return fmt.Errorf("no figures for %s: %d of %s, %d of %s", r.what, len(over), r.over, len(under), r.under)
		}
		fmt.Printf("| %s | %s | %.2f |\n", r.what, r.target, median(over)/median(under))
	}
	fmt.Printf("| ten million requests, peak memory | < 100 MB | %.0f MB |\n", peak)
	return nil
}

var line = regexp.MustCompile(`^Benchmark(\S+)\s+\d+\s+([0-9.]+) ns/op`)

// measure runs one suite once and adds its figures.
func measure(suite []string, measured map[string][]float64) error {
	command := exec.Command("go", append([]string{"test", "-run=^$"}, append(suite, "./internal/benchmark")...)...)
	command.Stderr = os.Stderr
	out, err := command.Output()
	os.Stdout.Write(out)
	if err != nil {
		return err
	}
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		if m := line.FindStringSubmatch(s.Text()); m != nil {
			ns, err := strconv.ParseFloat(m[2], 64)
			if err != nil {
				return err
			}
			measured[m[1]] = append(measured[m[1]], ns)
		}
	}
	return nil
}

func median(figures []float64) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// peakMemory plays ten million requests and returns the most memory that the process had, in MB.
func peakMemory() (float64, error) {
	binary, err := os.CreateTemp("", "waza")
	if err != nil {
		return 0, err
	}
	defer os.Remove(binary.Name())
	if err := binary.Close(); err != nil {
		return 0, err
	}
	if out, err := exec.Command("go", "build", "-o", binary.Name(), ".").CombinedOutput(); err != nil {
		return 0, fmt.Errorf("go build: %w: %s", err, out)
	}
	play := exec.Command(binary.Name(), "-requests=10000000", "-load=0.9", "-plots=", "-quiet")
	if err := play.Run(); err != nil {
		return 0, err
	}
	return float64(play.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1000, nil
}
