// Causes takes a CPU profile of BenchmarkRequest and tells what a request's time goes to: nanoseconds per request by
// cause. With a folder as argument it measures the checkout there instead, to compare before and after.
//
//	go run ./internal/benchmark/causes [FOLDER]
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A cause is named by the functions that work for it. A sample counts for the cause of the innermost function on its
// stack that has one: a lock inside a channel operation is the channel's, a goroutine made ready by it is a switch.
type cause struct {
	name      string
	functions *regexp.Regexp
}

var causes = []cause{
	{"allocation and collection", regexp.MustCompile(`^runtime\.(mallocgc|growslice|makeslice|makechan|newobject|gc|bgsweep|bgscavenge|sweep|\(\*mheap\)|\(\*mspan\)|\(\*mcache\)|\(\*mcentral\)|newstack|copystack|malg|wbBuf|systemstack_switch)`)},
	{"clock", regexp.MustCompile(`^time\.(Now|Since|runtimeNow|runtimeNano|now|Time)|^time\.\(`)},
	{"goroutine switches", regexp.MustCompile(`^runtime\.(ready|goready|goroutineReady|park_m|gopark|mcall|schedule|findRunnable|execute|wakep|casgstatus|synctest|\(\*synctest|goschedImpl|newproc|gosched)`)},
	{"timers", regexp.MustCompile(`^runtime\.\(\*timers?\)|^time\.(Sleep|NewTimer)|^runtime\.resetForSleep`)},
	{"channel operations", regexp.MustCompile(`^runtime\.(chansend|chanrecv|selectgo|selectnb|closechan|send|recv|sellock|selunlock)`)},
	{"strategy", regexp.MustCompile(`^waza/(strategy|heap)\.|^container/heap\..*`)},
	{"draws", regexp.MustCompile(`^math/rand|^gonum\.org|^waza/requester\.\(\*PoissonArrivals\)`)},
	{"statistics", regexp.MustCompile(`^waza/report\.|HdrHistogram`)},
	{"balancer's books", regexp.MustCompile(`^waza/balancer\.|^waza/internal/fifo`)},
	{"requesters", regexp.MustCompile(`^waza/(requester|internal/agenda)\.`)},
	{"workers", regexp.MustCompile(`^waza/worker\.`)},
}

const (
	other    = "other"
	requests = 1_000_000
)

var sizes = []int{10, 1000, 10_000}

func main() {
	folder := "."
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	if err := run(folder); err != nil {
		fmt.Fprintln(os.Stderr, "causes:", err)
		os.Exit(1)
	}
}

func run(folder string) error {
	scratch, err := os.MkdirTemp("", "causes")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	var spent []map[string]time.Duration
	for _, workers := range sizes {
		byCause, err := profile(folder, scratch, workers)
		if err != nil {
			return err
		}
		spent = append(spent, byCause)
	}
	fmt.Printf("| ns per request | 10 workers | 1,000 workers | 10,000 workers |\n|---|---|---|---|\n")
	for _, c := range append(causes, cause{name: other}) {
		fmt.Printf("| %s |", c.name)
		for _, byCause := range spent {
			fmt.Printf(" %d |", (byCause[c.name] / requests).Nanoseconds())
		}
		fmt.Println()
	}
	fmt.Print("| all |")
	for _, byCause := range spent {
		all := time.Duration(0)
		for _, d := range byCause {
			all += d
		}
		fmt.Printf(" %d |", (all / requests).Nanoseconds())
	}
	fmt.Println()
	return nil
}

// profile plays the benchmark once and returns what each cause took of it.
func profile(folder, scratch string, workers int) (map[string]time.Duration, error) {
	binary, samples := filepath.Join(scratch, "test"), filepath.Join(scratch, "cpu")
	play := exec.Command("go", "test", "-run=^$", "-cpu=1", fmt.Sprintf("-benchtime=%dx", requests),
		fmt.Sprintf("-bench=^BenchmarkRequest$/^waza$/^workers=%d$", workers), "-o="+binary, "-cpuprofile="+samples, "./internal/benchmark")
	play.Dir = folder
	if out, err := play.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%v: %w: %s", play, err, out)
	}
	traces, err := exec.Command("go", "tool", "pprof", "-traces", binary, samples).Output()
	if err != nil {
		return nil, err
	}
	return attribute(traces)
}

// attribute reads what pprof -traces prints: stacks, innermost function first, with the time before the first.
func attribute(traces []byte) (map[string]time.Duration, error) {
	byCause := map[string]time.Duration{}
	var took time.Duration // of the stack that is being read and has no cause yet
	settle := func(name string) {
		byCause[name] += took
		took = 0
	}
	for s := bufio.NewScanner(bytes.NewReader(traces)); s.Scan(); {
		if strings.HasPrefix(s.Text(), "-----------+") {
			settle(other)
			continue
		}
		fields := strings.Fields(s.Text())
		if len(fields) > 1 {
			if d, err := parse(fields[0]); err == nil {
				settle(other)
				took, fields = d, fields[1:]
			}
		}
		for _, c := range causes {
			if took > 0 && len(fields) > 0 && c.functions.MatchString(fields[0]) {
				settle(c.name)
			}
		}
	}
	settle(other)
	if len(byCause) < 3 {
		return nil, fmt.Errorf("no stacks in %d bytes of traces", len(traces))
	}
	return byCause, nil
}

// parse reads a time as pprof writes it: 10ms, 1.20s, 2.5mins.
func parse(s string) (time.Duration, error) {
	if minutes, found := strings.CutSuffix(s, "mins"); found {
		m, err := strconv.ParseFloat(minutes, 64)
		return time.Duration(m * float64(time.Minute)), err
	}
	return time.ParseDuration(s)
}
