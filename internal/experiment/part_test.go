package experiment

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

// TestPartsCoverEveryPieceOnce, whatever the plan, and each has about as many runs of each strategy.
func TestPartsCoverEveryPieceOnce(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		names := []string{"a", "b", "c", "d", "e"}
		p := Plan{Seed: rapid.Uint64().Draw(t, "seed"), Replications: rapid.IntRange(1, 7).Draw(t, "replications")}
		for i := range rapid.IntRange(1, 6).Draw(t, "points") {
			strategies := names[:rapid.IntRange(1, len(names)).Draw(t, "strategies")]
			p.Points = append(p.Points, Point{Settings: []Setting{{"load", fmt.Sprint(i)}}, Strategies: strategies})
		}
		all, parts := p.all(), rapid.IntRange(1, 20).Draw(t, "parts")
		var dealt []int
		owns := deal(all, parts)
		fewest, most := map[string]int{}, map[string]int{}
		for n := range parts {
			p.Part = Part{n + 1, parts}
			own := owns[n]
			require.Equal(t, len(own), p.Own())
			require.True(t, slices.IsSorted(own))
			require.InDelta(t, float64(len(all))/float64(parts), len(own), 1)
			dealt = append(dealt, own...)
			for _, name := range names {
				k := 0
				for _, i := range own {
					if all[i].Strategy == name {
						k++
					}
				}
				if least, known := fewest[name]; !known || k < least {
					fewest[name] = k
				}
				most[name] = max(most[name], k)
			}
		}
		slices.Sort(dealt)
		for i, index := range dealt {
			require.Equal(t, i, index)
		}
		require.Len(t, dealt, len(all))
		for _, name := range names {
			require.LessOrEqual(t, most[name]-fewest[name], 2, name)
		}
	})
}

// TestNoPartHasAllRunsOfOneValue, although every fourth run is one of the slowest point, and there are four parts.
func TestNoPartHasAllRunsOfOneValue(t *testing.T) {
	p := Plan{Replications: 1}
	for i := range 400 {
		p.Points = append(p.Points, Point{Settings: []Setting{{"workers", fmt.Sprint(i % 4)}}, Strategies: []string{"a"}})
	}
	all := p.all()
	for _, own := range deal(all, 4) {
		of := [4]int{}
		for _, i := range own {
			of[i%4]++
		}
		for _, k := range of {
			assert.InDelta(t, 25, k, 20) // of 100, each with a chance of a quarter: 25, with a deviation of 4.3
		}
	}
}

// written plays the parts of a plan, and returns the files to which they were written, in the order of their numbers.
func written(t *testing.T, p Plan, parts int) []string {
	t.Helper()
	var paths []string
	dir := t.TempDir()
	for n := range parts {
		p.Part = Part{n + 1, parts}
		f, err := Run(context.Background(), p, Crew{Players: []Player{fake{fails: 1}, fake{fails: 1}}})
		require.NoError(t, err)
		require.True(t, f.Part.Whole)
		path := filepath.Join(dir, fmt.Sprintf("%d.json", n+1))
		save(t, path, PartFile{Version: "1", Command: "waza -x", Arguments: []string{"-x"}, Part: n + 1, Parts: parts, Whole: true, Pieces: f.Part.Pieces})
		paths = append(paths, path)
	}
	return paths
}

func save(t *testing.T, path string, f PartFile) {
	t.Helper()
	var text strings.Builder
	require.NoError(t, f.Write(&text))
	require.NoError(t, os.WriteFile(path, []byte(text.String()), 0o666))
}

func TestPartsAreTheWholeInAnyOrder(t *testing.T) {
	p := plan(3)
	whole, err := Run(context.Background(), p, Crew{Players: []Player{fake{fails: 1}}})
	require.NoError(t, err)
	for _, parts := range []int{1, 4, 16} { // of nine runs
		paths := written(t, p, parts)
		rand.New(rand.NewPCG(1, 2)).Shuffle(parts, func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
		all, err := ReadParts(paths, "1")
		require.NoError(t, err)
		assert.Equal(t, []string{"-x"}, all.Arguments)
		require.NoError(t, all.Fit(p))
		merged, err := Run(context.Background(), p, Crew{Players: []Player{all}})
		require.NoError(t, err)
		assert.Equal(t, whole, merged)
	}
}

func TestAPartThatIsNotAllOfItSaysSo(t *testing.T) {
	p := plan(3)
	p.Part = Part{1, 1}
	ctx, end := context.WithCancel(context.Background())
	f, err := Run(ctx, p, Crew{Players: []Player{fake{cut: seed(1), end: end, fails: 1}}})
	require.NoError(t, err)
	assert.False(t, f.Part.Whole, "it was interrupted")
	assert.Len(t, f.Part.Pieces, 2)

	f, err = Run(context.Background(), p, Crew{Players: []Player{fake{fails: seed(2)}}})
	assert.EqualError(t, err, "a fails")
	assert.False(t, f.Part.Whole)
}

func TestPartsThatDoNotFitAreRefusedByName(t *testing.T) {
	for _, row := range []struct {
		says   string
		change func(t *testing.T, f []PartFile) []PartFile // of four
		file   string
		want   string
	}{
		{"one is missing", func(_ *testing.T, f []PartFile) []PartFile { return slices.Delete(f, 2, 3) }, "", "want all 4 parts, and there is no 3"},
		{"several are", func(_ *testing.T, f []PartFile) []PartFile { return f[2:3] }, "", "want all 4 parts, and there is no 1-2, 4"},
		{"one is there twice", func(_ *testing.T, f []PartFile) []PartFile { f[3].Part = 2; return f }, "4", "want each part once, and 2 is part 2, too"},
		{"one is of another command", func(_ *testing.T, f []PartFile) []PartFile {
			f[1].Command, f[1].Arguments = "waza -y", []string{"-y"}
			return f
		}, "2", "want a part of the command of 1, and it is one of waza -y"},
		{"one is of another version", func(_ *testing.T, f []PartFile) []PartFile { f[1].Version = "2"; return f }, "2", `want a part of waza 1, and it is one of "2"`},
		{"one is of another number of parts", func(_ *testing.T, f []PartFile) []PartFile { f[1].Parts = 5; return f }, "2", "want one of as many parts as 1 is"},
		{"one has read another trace", func(_ *testing.T, f []PartFile) []PartFile { f[1].Input = "ab"; return f }, "2", "want a part that has read the same trace as 1"},
		{"one was interrupted", func(_ *testing.T, f []PartFile) []PartFile { f[1].Whole = false; return f }, "2",
			"want a whole part, and this is not all of --part=2/4: it was interrupted, or has failed"},
		{"one lacks a run", func(_ *testing.T, f []PartFile) []PartFile { f[1].Pieces = f[1].Pieces[1:]; return f }, "2", "want all runs of part 2, which are 2, and it has 1"},
		{"one has a run of another part", func(_ *testing.T, f []PartFile) []PartFile { f[1].Pieces[0] = f[2].Pieces[0]; return f }, "2",
			"want the runs of part 2, and its run 1 is none of them"},
		{"one has a run under another number", func(_ *testing.T, f []PartFile) []PartFile { f[1].Pieces[0].Result = f[2].Pieces[0].Result; return f }, "2",
			"want the runs of part 2, and its run 1 is none of them"},
		{"one has no number", func(_ *testing.T, f []PartFile) []PartFile { f[1].Part = 0; return f }, "2", "want what --part writes"},
	} {
		t.Run(row.says, func(t *testing.T) {
			p := plan(3)
			var files []PartFile
			for _, path := range written(t, p, 4) {
				f, err := readPart(path)
				require.NoError(t, err)
				f.path = strings.TrimSuffix(filepath.Base(path), ".json")
				files = append(files, *f)
			}
			t.Chdir(t.TempDir())
			var paths []string
			for _, f := range row.change(t, files) {
				save(t, f.path, f)
				paths = append(paths, f.path)
			}
			all, err := ReadParts(paths, "1")
			if err == nil {
				err = all.Fit(p)
			}
			assert.Equal(t, Misfit{row.file, row.want}, err)
		})
	}
}

func TestWhatIsNoPartIsRefused(t *testing.T) {
	good, err := os.ReadFile(written(t, plan(3), 4)[0])
	require.NoError(t, err)
	for _, row := range []struct{ says, text, want string }{
		{"an interrupted one that has written nothing", "", "want what --part writes, and it is empty"},
		{"half of one", string(good[:len(good)/2]), "want what --part writes, and its end is missing"},
		{"two in one file", string(good) + string(good), "want what --part writes, and nothing behind it"},
		{"a result", `{"version": "1", "command": "waza", "seed": 1, "runs": []}`, "want what --part writes"},
		{"another object", `{}`, "want what --part writes"},
		{"no JSON", "waza simulates", "want what --part writes"},
		{"one with another figure", strings.Replace(string(good), `"Mean":`, `"Mean":1`, 1), "want what --part writes, and it was changed"},
		{"one with another field", strings.Replace(string(good), `"index":`, `"indec":`, 1), "want what --part writes"},
	} {
		path := filepath.Join(t.TempDir(), "part.json")
		require.NoError(t, os.WriteFile(path, []byte(row.text), 0o666))
		_, err := ReadParts([]string{path}, "1")
		assert.Equal(t, Misfit{path, row.want}, err, row.says)
	}
	_, err = ReadParts([]string{"nowhere.json"}, "1")
	assert.Equal(t, Misfit{"nowhere.json", "want a file that can be read: no such file or directory"}, err)
}

func TestPartsHaveOnlyWhatWasPlayed(t *testing.T) {
	_, err := new(Parts).Play(context.Background(), Piece{Strategy: "a"}, nil)
	assert.Equal(t, errors.New("a: the parts do not have this run"), err)
}
