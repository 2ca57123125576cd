// Package house holds no program. Its tests hold the order of the house: what may import what, where channels are made and
// goroutines start, and what is not to be used at all.
package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	root   = "../.."
	module = "waza"
)

// arrows are all imports of one of our packages by another that there may be. They point one way, from the wiring
// to what is wired; a new arrow is a decision, so it is written down here first.
var arrows = map[string][]string{
	"heap":                 nil,
	"requester":            {"internal/agenda", "internal/instant", "internal/option"},
	"worker":               {"internal/fifo", "internal/instant", "internal/option", "requester"},
	"strategy":             {"heap", "internal/fifo", "internal/instant", "internal/option", "requester"},
	"balancer":             {"internal/agenda", "internal/fifo", "internal/instant", "internal/option", "requester", "strategy", "worker"},
	"report":               {"balancer", "internal/instant", "internal/statistics", "requester", "worker"},
	"report/document":      {"internal/option", "internal/statistics", "report", "requester"},
	"report/plots":         {"internal/option", "internal/output", "report", "report/document"},
	"internal/agenda":      nil,
	"internal/instant":     nil,
	"internal/fifo":        nil,
	"internal/option":      nil,
	"internal/output":      {"internal/option"},
	"internal/progress":    nil,
	"internal/record":      nil,
	"internal/scenario":    nil,
	"internal/statistics":  nil,
	"internal/theory":      nil,
	"internal/virtualtime": nil,
	"internal/simulation":  {"balancer", "internal/instant", "internal/option", "internal/virtualtime", "report", "requester", "strategy", "worker"},
	"internal/verify":      {"internal/statistics", "internal/theory", "report"},
	"internal/tracefile":   {"internal/option", "requester"},
	"internal/experiment":  {"internal/option", "internal/record", "internal/simulation", "internal/statistics", "internal/virtualtime", "report"},
	"internal/command": {
		"balancer", "internal/experiment", "internal/option", "internal/output", "internal/scenario", "internal/simulation", "internal/statistics", "internal/tracefile", "internal/verify", "report", "report/document", "requester", "strategy", "worker",
	},
	"internal/publish": {
		"balancer", "internal/command", "internal/experiment", "internal/option", "internal/output", "internal/simulation", "internal/theory",
		"report", "report/document", "report/plots", "requester",
	},
	".": {
		"internal/command", "internal/experiment", "internal/option", "internal/output", "internal/progress", "internal/publish",
		"internal/virtualtime", "report/plots",
	},
}

// lessons are the packages that teach concurrency: in them goroutines share nothing, so nothing needs a lock.
var lessons = []string{"balancer", "heap", "requester", "strategy", "worker"}

// starters may start goroutines and make channels. Of the topology all are in internal/simulation, the wiring; the others
// play several runs at once, hear signals and show progress. Everywhere else a process is a method that the wiring runs, with channels that it is given.
var starters = []string{"main.go", "internal/simulation", "internal/experiment", "internal/progress"}

// guests are no part of the program: they measure, draw and test it. They may import what they like and run as they like,
// and no arrow of the house leads to them.
var guests = []string{"internal/architecture", "internal/benchmark", "internal/drawn", "internal/golden", "internal/invented", "internal/overlay", "internal/reference", "internal/wasmsize"}

// sources are all that math/rand has for making a generator of one's own, and the types of them. The rest of it draws
// from one generator that everybody shares, and no two runs with it are the same.
var sources = []string{
	"New", "NewSource", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "Source", "Source64", "PCG", "ChaCha8", "Zipf",
}

// A file is one of ours, parsed.
type file struct {
	path   string // from the root of the module
	folder string
	syntax *ast.File
}

// guest tells whether a folder, or one that it is in, is that of a guest.
func guest(folder string) bool {
	return slices.ContainsFunc(guests, func(g string) bool { return folder == g || strings.HasPrefix(folder, g+"/") })
}

// program returns all files of the program without its tests, guests included.
func program(t *testing.T) (*token.FileSet, []file) {
	places, files := token.NewFileSet(), []file(nil)
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "testdata" || len(entry.Name()) > 1 && strings.HasPrefix(entry.Name(), ".")) {
			return fs.SkipDir
		}
		if entry.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		syntax, err := parser.ParseFile(places, filepath.Join(root, name), nil, parser.SkipObjectResolution)
		files = append(files, file{name, path.Dir(name), syntax})
		return err
	})
	require.NoError(t, err)
	require.Greater(t, len(files), 30, "the program is not where this test looks for it")
	return places, files
}

// imports returns the names under which a file knows what it imports, by path.
func (f file) imports() map[string]string {
	names := map[string]string{}
	for _, spec := range f.syntax.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value) // it has been parsed
		names[imported] = path.Base(strings.TrimSuffix(imported, "/v2"))
		if spec.Name != nil {
			names[imported] = spec.Name.Name
		}
	}
	return names
}

func TestImportsPointOneWay(t *testing.T) {
	_, files := program(t)
	seen := map[string]bool{}
	for _, f := range files {
		if guest(f.folder) {
			continue
		}
		allowed, known := arrows[f.folder]
		if !known {
			assert.Fail(t, "a package that has no place in the house", "%s: say what %s may import", f.path, f.folder)
			continue
		}
		for imported := range f.imports() {
			ours, found := strings.CutPrefix(imported, module+"/")
			if found && !slices.Contains(allowed, ours) {
				assert.Fail(t, "an arrow that points the wrong way", "%s → %s, in %s", f.folder, ours, f.path)
			}
			seen[f.folder+" → "+ours] = true
		}
	}
	for from, to := range arrows {
		for _, one := range to {
			assert.True(t, seen[from+" → "+one], "nobody draws the arrow %s → %s any more: take it out of the table", from, one)
		}
	}
}

func TestTheLessonsShareNothing(t *testing.T) {
	_, files := program(t)
	for _, f := range files {
		for imported := range f.imports() {
			if slices.Contains(lessons, f.folder) && (imported == "sync" || imported == "sync/atomic") {
				assert.Fail(t, "a lock in a lesson", "%s → %s, in %s: one goroutine owns each piece of state", f.folder, imported, f.path)
			}
		}
	}
}

func TestRandomnessIsHandedIn(t *testing.T) {
	places, files := program(t)
	for _, f := range files {
		shared := map[string]bool{} // the names that math/rand and math/rand/v2 have in this file
		for imported, name := range f.imports() {
			shared[name] = shared[name] || strings.HasPrefix(imported, "math/rand")
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			from, ok := selector.X.(*ast.Ident)
			if ok && shared[from.Name] && !slices.Contains(sources, selector.Sel.Name) {
				assert.Fail(t, "a draw from the generator that everybody shares", "%s → %s.%s, at %v",
					f.folder, from.Name, selector.Sel.Name, places.Position(n.Pos()))
			}
			return true
		})
	}
}

func TestGoroutinesStartInTheWiring(t *testing.T) {
	places, files := program(t)
	started := 0
	for _, f := range files {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); !ok {
				return true
			}
			started++
			if !guest(f.folder) && !slices.Contains(starters, f.folder) && !slices.Contains(starters, f.path) {
				assert.Fail(t, "a goroutine that starts outside of the wiring", "%s → go, at %v", f.folder, places.Position(n.Pos()))
			}
			return true
		})
	}
	assert.Positive(t, started, "this test has seen the go statements that there are")
}

// TestAFlagPassesFewFiles holds how far it is from the command line to the line that uses what was given: the files in which
// the value, or one of the types that it goes through, is named.
func TestAFlagPassesFewFiles(t *testing.T) {
	_, files := program(t)
	for _, way := range []struct {
		flag   string
		names  []string
		others []string // files, or folders of files, of what has the same types, and is no part of the way
	}{
		{"--stale", []string{"Stale", `"stale"`}, []string{"report/document/assumptions.go"}}, // what is told of it
		{"--fault=slow", []string{"Faults", "Fault", "Trouble", "effect"}, []string{
			"worker/flaky.go", "worker/stall.go", "worker/blackhole.go", "worker/fail_fast.go", "worker/crash.go", "worker/cold.go", "worker/drop.go",
			"worker/fate.go", "worker/spells.go", "internal/simulation/hearts.go", "internal/simulation/hopeless.go", "internal/command/lease.go", // what ends lives
			"worker/hole.go",                                 // what a black hole is
			"worker/retry.go", "internal/command/message.go", // who tries again what it has made fail
			"internal/command/outages.go",                                    // how much of its time it leaves a worker
			"worker/vitals.go", "balancer/", "internal/command/redundant.go", // what finds out about it
			"internal/simulation/proxies.go", "internal/simulation/stage.go", "internal/command/proxy.go", // which tier it happens in
			"report/", "worker/episodes.go", "internal/simulation/episodes.go", "internal/simulation/measure.go", "internal/simulation/balancers.go", // what is told of it
		}},
	} {
		var passes []string
		for _, f := range files {
			named := false
			ast.Inspect(f.syntax, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.Ident:
					named = named || slices.Contains(way.names, n.Name)
				case *ast.BasicLit:
					named = named || slices.Contains(way.names, n.Value)
				}
				return true
			})
			another := slices.ContainsFunc(way.others, func(other string) bool { return strings.HasPrefix(f.path, other) })
			if named && !guest(f.folder) && !another {
				passes = append(passes, f.path)
			}
		}
		assert.Contains(t, strings.Join(passes, " "), "internal/command/", way.flag)
		assert.LessOrEqual(t, len(passes), 8, "%s passes %v", way.flag, passes)
		t.Log(way.flag, "passes", passes)
	}
}
