// Instructions counts what the processor executes for one request of the program. Time depends on the machine and on what
// else runs there; this figure repeats within about 1 %, so it is what work on the program is held to.
//
//	go run ./internal/benchmark/instructions                       the default run, held to its bound
//	go run ./internal/benchmark/instructions -- -workers=1000      the same with any flags of the program
//	go run ./internal/benchmark/instructions -folder=../before     of another copy of the program
//
// Valgrind's cachegrind plays the program at two lengths, three times each. Other work of the runtime only adds
// instructions, so the least of each length counts; the difference of the two has no start of the program in it.
//
// The exit status is 1 above the bound, and 2 if nothing could be counted. (go run makes 1 of both.)
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// defaultBound is how many instructions a request may cost at the most in the default run, which has 10 workers and one
// strategy, on amd64 with the toolchain of go.mod.
const defaultBound = 21_308

// The two lengths, in requests. Other lengths give figures that differ by some 2 %, for the garbage collector and the
// time series do their work in steps.
const short, long = 20_000, 120_000

const rounds = 3

func main() {
	folder := flag.String("folder", ".", "the copy of the program that is counted")
	bound := flag.Int("bound", 0, fmt.Sprintf("instructions per request at the most; 0: %d in the default run on amd64, none otherwise", defaultBound))
	flag.Parse()
	if *bound == 0 && flag.NArg() == 0 && runtime.GOARCH == "amd64" {
		*bound = defaultBound
	}
	perRequest, err := count(*folder, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "instructions:", err)
		os.Exit(2)
	}
	fmt.Printf("%.0f instructions per request: waza %s\n", perRequest, strings.Join(flag.Args(), " "))
	if *bound > 0 && perRequest > float64(*bound) {
		fmt.Fprintf(os.Stderr, "instructions: more than the bound, %d\n", *bound)
		os.Exit(1)
	}
}

// count builds the program in the folder and returns its instructions per request with these flags.
func count(folder string, flags []string) (float64, error) {
	if _, err := exec.LookPath("valgrind"); err != nil {
		return 0, errors.New("valgrind is not installed: install the package valgrind, as with apt-get install valgrind")
	}
	scratch, err := os.MkdirTemp("", "instructions")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(scratch)
	build := exec.Command("go", "build", "-o", filepath.Join(scratch, "waza"), ".")
	build.Dir = folder
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("go build: %w: %s", err, out)
	}
	least := map[int]float64{}
	for range rounds {
		for _, requests := range []int{short, long} {
			n, err := play(scratch, requests, flags)
			if err != nil {
				return 0, err
			}
			if before, found := least[requests]; !found || n < before {
				least[requests] = n
			}
		}
	}
	return (least[long] - least[short]) / (long - short), nil
}

var refs = regexp.MustCompile(`I\s+refs:\s+([0-9,]+)`)

// play runs the program in that folder once and returns how many instructions it took.
func play(folder string, requests int, flags []string) (float64, error) {
	args := []string{"--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
		"./waza", fmt.Sprintf("-requests=%d", requests), "-plots=", "-quiet", "-format=csv"}
	run := exec.Command("valgrind", append(args, flags...)...)
	var said bytes.Buffer
	// Valgrind does not know the instruction RDTSCP, with which the runtime times some waits for its locks.
	run.Dir, run.Stderr, run.Env = folder, &said, append(os.Environ(), "GOMAXPROCS=1", "GODEBUG=cpu.rdtscp=off")
	if err := run.Run(); err != nil { // what the program prints on stdout is discarded
		return 0, fmt.Errorf("%v: %w\n%s", run, err, own(said.String()))
	}
	found := refs.FindSubmatch(said.Bytes())
	if found == nil {
		return 0, fmt.Errorf("valgrind does not tell what it counted: %s", said.Bytes())
	}
	return strconv.ParseFloat(strings.ReplaceAll(string(found[1]), ",", ""), 64)
}

// own is the first line of what was said that is not valgrind's, whose lines begin with == or --.
func own(said string) string {
	for line := range strings.Lines(said) {
		if !strings.HasPrefix(line, "==") && !strings.HasPrefix(line, "--") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}
