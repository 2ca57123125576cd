//go:build linux

// Ratios runs the benchmarks in rounds, so that what a machine's other work costs falls on all of them alike, prints
// their lines as benchstat reads them, and then the tables that internal/benchmark/README.md shows. The ratios divide the
// time of the processor by the time of the processor; only where two cores are at work they divide the time on the wall.
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

const (
	ours  = "internal/benchmark"
	pools = "internal/benchmark/pools" // a module of its own
)

// suites are the benchmarks that the tables need; each wants its own number of cores and of operations.
var suites = []struct{ folder, bench, cores, operations string }{
	{ours, "^BenchmarkRequest$", "1", "500000x"},
	{ours, "^BenchmarkRoundTrip$/^(pike|waza|shared-channel)$/.*", "1", "1000000x"},
	{pools, ".", "1", "1000000x"},
	{ours, "^BenchmarkCores$", "2", "1000000x"},
	{ours, "^Benchmark(Strategy|Feature|Resilience|ClosedLoop)$", "1", "200000x"},
	{ours, "^Benchmark(Memory|Report)$/^(per-.*|plots)$", "1", "10x"},
	{ours, "^BenchmarkReport$/^fold$", "1", "1000000x"},
	{"strategy", "^BenchmarkPick$", "1", "20000x"},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "ratios:", err)
		os.Exit(1)
	}
}

func run() error {
	measured := figures{}
	for range rounds {
		for _, s := range suites {
			command := exec.Command("go", "test", "-run=^$", "-bench="+s.bench, "-cpu="+s.cores, "-benchtime="+s.operations, ".")
			command.Dir, command.Stderr = s.folder, os.Stderr
			out, err := command.Output()
			os.Stdout.Write(out)
			if err != nil {
				return err
			}
			measured.add(out, s.folder)
		}
	}
	peak, err := peakMemory()
	if err != nil {
		return err
	}
	if err := measured.targets(peak); err != nil {
		return err
	}
	return measured.others()
}

// figures are what was measured: by the name of the benchmark, a blank, and the unit.
type figures map[string][]float64

var line = regexp.MustCompile(`^Benchmark(\S+)\s+\d+\s+(.*)$`)
var figure = regexp.MustCompile(`([0-9.e+-]+) (\S+)`)

// add reads what go test has printed. The benchmarks of the pools get that word before their names.
func (f figures) add(out []byte, folder string) {
	prefix := ""
	if folder == pools {
		prefix = "pools/"
	}
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		m := line.FindStringSubmatch(s.Text())
		if m == nil {
			continue
		}
		for _, value := range figure.FindAllStringSubmatch(m[2], -1) {
			if x, err := strconv.ParseFloat(value[1], 64); err == nil {
				name := prefix + m[1] + " " + value[2]
				f[name] = append(f[name], x)
			}
		}
	}
}

// median returns the median of a benchmark's figures in that unit; the least one if several are named.
func (f figures) median(unit string, names ...string) (float64, error) {
	var medians []float64
	for _, name := range names {
		sorted := slices.Sorted(slices.Values(f[name+" "+unit]))
		n := len(sorted)
		if n == 0 {
			return 0, fmt.Errorf("no %s of %s has been measured", unit, name)
		}
		medians = append(medians, (sorted[(n-1)/2]+sorted[n/2])/2)
	}
	return slices.Min(medians), nil
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
