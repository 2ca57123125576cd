package e2e

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An addition is what it takes to add something to the program: one file, and one line in a table.
type addition struct {
	file, text        string
	table, head, line string // the line goes behind the head, where the list begins
}

// TestWhatIsAddedOftenIsOneFileAndOneLine adds to a copy of the program a strategy with a parameter as the README says, to the
// letter, and an order of the backlog, and sees in runs that each does what it says.
func TestWhatIsAddedOftenIsOneFileAndOneLine(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program anew")
	}
	root := t.TempDir()
	copyModule(t, root)
	ofREADME(t, "strategy", "strategy/kinds.go", "func loadAware() []Kind {\n\treturn []Kind{\n").addTo(t, root)
	shortest.addTo(t, root)
	build := exec.Command("go", "build", "-o", "extended", ".")
	build.Dir = root
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	mean := func(args string) map[string]float64 {
		run := exec.Command(filepath.Join(root, "extended"), strings.Fields(args+" -plots= -format=json")...)
		var said bytes.Buffer
		run.Stderr = &said
		text, err := run.Output()
		require.NoError(t, err, "%s", said.Bytes())
		var result struct {
			Runs []struct {
				Strategy       string
				LatencySeconds struct{ Mean float64 } `json:"latency_seconds"`
			}
		}
		decode(t, string(text), &result)
		means := map[string]float64{}
		for _, r := range result.Runs {
			means[r.Strategy] = r.LatencySeconds.Mean
		}
		return means
	}

	// At load 0.5 an idle worker is nearly always found, so it has to beat random by far. If three requests are little, too, it
	// finds one of little load more often than one that is idle.
	const half = "-strategy=idle-first,random -load=0.5 -requests=5000"
	idle := mean(half)
	assert.Less(t, idle["idle-first"], 0.7*idle["random"])
	assert.Greater(t, mean(half + " -little=3")["idle-first"], 1.1*idle["idle-first"])

	// Of all orders that do not interrupt, the shortest first waits least on average.
	const waiting = "-strategy=pull -load=0.95 -requests=20000 -discipline="
	assert.Less(t, mean(waiting + "shortest")["pull"], 0.9*mean(waiting + "fifo")["pull"])
}

// shortest is an order of the backlog. What it does not say, the queue does.
var shortest = addition{
	file: "balancer/shortest.go", table: "balancer/discipline.go", head: "return []Discipline{\n",
	line: `{Name: "shortest", Does: "the least work first", make: newShortestLine},` + "\n",
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
	return addition{file: name[1] + "/" + name[2], text: blocks[0][1], table: table, head: head, line: blocks[1][1]}
}

// addTo adds it to the copy of the program.
func (a addition) addTo(t *testing.T, root string) {
	require.Equal(t, 1, strings.Count(a.line, "\n"), "one line: %s", a.line)
	require.NoError(t, os.WriteFile(filepath.Join(root, filepath.FromSlash(a.file)), []byte(a.text), 0o666))
	table := filepath.Join(root, filepath.FromSlash(a.table))
	text, err := os.ReadFile(table)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(text), a.head), "%s in %s", a.head, a.table)
	require.NoError(t, os.WriteFile(table, []byte(strings.Replace(string(text), a.head, a.head+a.line, 1)), 0o666))
}

// copyModule copies what the program is built from.
func copyModule(t *testing.T, to string) {
	source := os.DirFS("../..")
	require.NoError(t, fs.WalkDir(source, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if name := entry.Name(); filepath.Ext(name) != ".go" && name != "go.mod" && name != "go.sum" {
			return nil
		}
		text, err := fs.ReadFile(source, path)
		require.NoError(t, err)
		target := filepath.Join(to, filepath.FromSlash(path))
		require.NoError(t, os.MkdirAll(filepath.Dir(target), 0o777))
		return os.WriteFile(target, text, 0o666)
	}))
}
