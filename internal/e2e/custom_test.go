package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/overlay"
)

// An addition is what it takes to add something to the program: one file, and one line in a table.
type addition struct {
	file, text string
	entry
}

// An entry is a line that goes into a file behind its head, where a list begins.
type entry struct{ table, head, line string }

// TestWhatIsAddedOftenIsOneFileAndOneLine adds to the program a strategy with a parameter and a kind of fault as the
// README says, to the letter, an order of the backlog, and a figure, and sees in runs that each does what it says. It is
// built once, with all of them.
func TestWhatIsAddedOftenIsOneFileAndOneLine(t *testing.T) {
	t.Parallel()
	skipIfShort(t, "builds the program anew")
	o := overlay.Overlay{}
	ofREADME(t, "strategy", "strategy/kinds.go", "func loadAware() []Kind {\n\treturn []Kind{\n").addTo(t, o)
	ofREADME(t, "fault", "worker/faults.go", "return []FaultKind{\n").addTo(t, o)
	shortest.addTo(t, o)
	longestWait.addTo(t, o)
	fieldOfResult.addTo(t, o)                                        // a figure has a field, too
	extended := o.Build(t, "-gcflags=waza/...=-N -l", "-ldflags=-w") // which takes half as long
	play := func(args string) extendedRuns { return playExtended(t, extended, args) }

	// At load 0.5 an idle worker is nearly always found, so it has to beat random by far. If three requests are little, too, it
	// finds one of little load more often than one that is idle.
	const half = "-strategy=idle-first,random -load=0.5 -requests=5000"
	idle := play(half)
	assert.Less(t, idle["idle-first"].LatencySeconds.Mean, 0.7*idle["random"].LatencySeconds.Mean)
	assert.Greater(t, play(half + " -little=3")["idle-first"].LatencySeconds.Mean, 1.1*idle["idle-first"].LatencySeconds.Mean)

	// Work of 10 ms takes 15 while there is trouble.
	const constant = "-strategy=random -work=10ms -load=0.3 -requests=1000 -fault=sticky:extra=5ms"
	assert.InDelta(t, 0.015, play(constant)["random"].ServiceSeconds.Mean, 1e-9)
	assert.InDelta(t, 0.010, play(constant + ",at=1000h")["random"].ServiceSeconds.Mean, 1e-9)

	// Of all orders that do not interrupt, the shortest first waits least on average, and lets the longest wait longer.
	const waiting = "-strategy=pull -load=0.95 -requests=20000 -discipline="
	short, fifo := play(waiting + "shortest")["pull"], play(waiting + "fifo")["pull"]
	assert.Less(t, short.LatencySeconds.Mean, 0.9*fifo.LatencySeconds.Mean)
	assert.Greater(t, short.LongestWait, fifo.LongestWait)
	assert.GreaterOrEqual(t, fifo.LongestWait, fifo.WaitSeconds.Max)
}

// shortest is an order of the backlog. What it does not say, the queue does.
var shortest = addition{
	file: "balancer/shortest.go",
	entry: entry{
		table: "balancer/discipline.go", head: "return []Discipline{\n",
		line: `{Name: "shortest", Does: "the least work first", make: newShortestLine},` + "\n",
	},
	text: `package balancer

// shortestLine lets the least work go first. O(n) per head.
type shortestLine struct{ queue }

func newShortestLine(spare *spares) line { return &shortestLine{queue{spare: spare}} }

func (l *shortestLine) head() *waiter {
	var least *waiter
	for w := range l.each() {
		if least == nil || l.before(w, least) {
			least = w
		}
	}
	return least
}

func (l *shortestLine) before(a, b *waiter) bool {
	return a.Work < b.Work || a.Work == b.Work && a.arrival < b.arrival
}
`}

// longestWait is a figure: of all requests that a worker served, the longest wait of the whole run.
var longestWait = addition{
	file: "report/longest.go",
	entry: entry{
		table: "report/fold.go", head: "f.folders = []folder{\n", line: "&longest{},\n",
	},
	text: `package report

import (
	"time"

	"waza/requester"
)

// longest is the longest wait.
type longest struct{ wait time.Duration }

func (l *longest) add(block []requester.Outcome) {
	for i := range block {
		if o := &block[i]; o.Began != requester.Never {
			l.wait = max(l.wait, o.Began-o.Offered)
		}
	}
}

func (l *longest) describe(r *Result, _ *ending) { r.LongestWait = l.wait.Seconds() }
`}

var fieldOfResult = entry{
	table: "report/result.go", head: "type Result struct {\n", line: "LongestWait float64 `json:\"longest_wait_seconds\"`\n",
}

// ofREADME reads from the README how to add something: the two blocks of Go of the section that is named after it.
func ofREADME(t *testing.T, what, table, head string) addition {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(readme), "\n## Add a "+what+"\n")
	require.True(t, found)
	name := regexp.MustCompile("A file in `(\\w+)`, such as `(\\w+\\.go)`").FindStringSubmatch(section)
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(section, 2)
	require.Len(t, name, 3)
	require.Len(t, blocks, 2, "a file, and a line for the table")
	require.Contains(t, section, "in `"+table+"`")
	return addition{file: name[1] + "/" + name[2], text: blocks[0][1], entry: entry{table: table, head: head, line: blocks[1][1]}}
}

// addTo adds it to the program.
func (a addition) addTo(t *testing.T, o overlay.Overlay) {
	o.Add(t, a.file, a.text)
	a.entry.addTo(t, o)
}

func (e entry) addTo(t *testing.T, o overlay.Overlay) {
	require.Equal(t, 1, strings.Count(e.line, "\n"), "one line: %s", e.line)
	o.Replace(t, e.table, e.head, e.head+e.line)
}

// extendedRuns are the runs of one command line by strategy, as far as they are looked at.
type extendedRuns map[string]extendedRun

type extendedRun struct {
	Strategy       string
	LatencySeconds struct{ Mean float64 }      `json:"latency_seconds"`
	ServiceSeconds struct{ Mean float64 }      `json:"service_seconds"`
	WaitSeconds    struct{ Mean, Max float64 } `json:"wait_seconds"`
	LongestWait    float64                     `json:"longest_wait_seconds"`
}

func playExtended(t *testing.T, program, args string) extendedRuns {
	run := exec.Command(program, strings.Fields(args+" -plots= -format=json")...)
	var said bytes.Buffer
	run.Stderr = &said
	text, err := run.Output()
	require.NoError(t, err, "%s: %s", args, said.Bytes())
	var result struct{ Runs []extendedRun }
	decode(t, string(text), &result)
	runs := extendedRuns{}
	for _, r := range result.Runs {
		runs[r.Strategy] = r
	}
	return runs
}
