package plots

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"waza/report"
	"waza/report/document"
)

// grouped invents a document whose strategies are in so many groups, in turn, and stand in it in the order in which
// a user may name them: the last of the table first.
func grouped(strategies, groups, workers int) document.Document {
	d := plotted(strategies, workers, 1000)
	for i := range d.Runs {
		group := i % groups
		d.Runs[i].Group, d.Runs[i].Place = fmt.Sprintf("group-%d", group), 1000*group+i
	}
	slices.Reverse(d.Runs)
	return d
}

// figures are the three that a document makes.
func figures(d document.Document) []figure {
	var fs []figure
	for _, p := range pictures(Of{}) {
		fs = append(fs, p.draw(d.Runs))
	}
	return fs
}

func titles(f figure) []string {
	var ts []string
	for _, part := range f.facets {
		ts = append(ts, part.title)
	}
	return ts
}

func TestManyRunsArePartedByGroup(t *testing.T) {
	tests := []struct {
		why    string
		d      document.Document
		titles []string
	}{
		{"ten runs stay together, whatever their groups", grouped(10, 3, 5), []string{""}},
		{"eleven are parted, in the order of the table", grouped(11, 3, 5), []string{"group-0", "group-1", "group-2"}},
		{"runs without a group are one part", plotted(11, 5, 1000), []string{""}},
		{"of one group there is one part", grouped(11, 1, 5), []string{"group-0"}},
	}
	for _, tt := range tests {
		for _, f := range figures(tt.d) {
			assert.Equal(t, tt.titles, titles(f), "%s: %s", f.subject, tt.why)
		}
	}
}

// Everybody is drawn in every part, in colour in that of his group and pale in the others, and the legend of a part is of
// those in colour.
func TestEachStrategyStandsInColourOnce(t *testing.T) {
	const runs, groups = 29, 7
	for _, f := range figures(grouped(runs, groups, 40)) {
		coloured := map[string]int{}
		for _, part := range f.facets {
			var named []string
			for _, e := range part.legend.entries {
				if e.name != "fair share" {
					named = append(named, e.name)
				}
			}
			for _, p := range part.panels {
				var front, pale []string
				for _, c := range p.curves {
					switch {
					case c.name == "": // the fair share
					case c.look.line.Color == paleLook().line.Color:
						require.Empty(t, front, "pale curves lie behind")
						pale = append(pale, c.name)
					default:
						assert.Equal(t, part.title, c.group)
						front = append(front, c.name)
					}
				}
				assert.ElementsMatch(t, named, front, "%s, %s", f.subject, part.title)
				assert.Len(t, slices.Compact(slices.Sorted(slices.Values(append(pale, front...)))), runs)
			}
			for _, name := range named {
				coloured[name]++
			}
		}
		assert.Len(t, coloured, runs, f.subject)
		for name, times := range coloured {
			assert.Equal(t, 1, times, "%s, %s", f.subject, name)
		}
	}
}

// The axes end at the same values, and they are equally long on the page: marks at an edge move none of them.
func TestPartsHaveTheSameAxes(t *testing.T) {
	for _, f := range figures(grouped(29, 7, 10)) {
		newSheet(f.facets, f.layout)
		canvas := draw.New(vgimg.New(300, 200))
		first := f.facets[1] // the one at its left has the labels of the ticks, too
		for _, part := range f.facets[2:4] {
			for i, p := range part.panels {
				want := first.panels[i]
				assert.Equal(t, []float64{want.X.Min, want.X.Max, want.Y.Min, want.Y.Max}, []float64{p.X.Min, p.X.Max, p.Y.Min, p.Y.Max}, f.subject)
				assert.Equal(t, want.DataCanvas(canvas).Rectangle, p.DataCanvas(canvas).Rectangle, f.subject)
			}
		}
	}
}

// A group without data has no part: the caption names the strategies that are missing.
func TestAGroupWithoutDataHasNoPart(t *testing.T) {
	d := grouped(12, 3, 5)
	for i, r := range d.Runs {
		if r.Group == "group-1" {
			d.Runs[i].Latency, d.Runs[i].Workers = nil, nil
		}
	}
	for _, f := range figures(d) {
		assert.Equal(t, []string{"group-0", "group-2"}, titles(f), f.subject)
		assert.Contains(t, f.caption[0], "strategy-10, strategy-7, strategy-4, strategy-1", f.subject)
	}
}

// An outlier is not drawn beyond the axis: the caption says who it is, and how far it reaches.
func TestTheCaptionNamesWhoLiesBeyondTheAxis(t *testing.T) {
	curves := []curve{
		{name: "low", points: []point{{0, 1}, {1, 2}}},
		{name: "high", points: []point{{0, 70}, {1, 1}}},
		{name: "highest", points: []point{{0, 90}, {1, 900}}},
		{name: "flat", points: []point{{0, 80}, {1, 80}}},
	}
	y := func(p point) float64 { return p.y }
	assert.Equal(t, "highest from 90 to 900, flat at 80, high up to 70", beyond(3, curves, y, number))
	assert.Empty(t, beyond(900, curves, y, number))

	m := measure{what: "deviation from fair", format: signed, bottom: -3, top: 3}
	assert.Equal(t, "Beyond the axis of deviation from fair: high down to −5 % (worker 7) and up to +70 % (worker 0), low up to +4 % (worker 1).",
		m.beyond([]curve{{name: "low", points: []point{{0, 1}, {1, 4}}}, {name: "high", points: []point{{0, 70}, {7, -5}}}}))
}

// Most-loaded beside others, in all three plots.
func TestOutliersAreCut(t *testing.T) {
	d := plotted(3, 5, 20_000)
	outlier := &d.Runs[2]
	outlier.Latency = report.NewDistribution(1e9)
	for i := range int64(20_000) {
		outlier.Latency.Add(10e9 + i*1e6)
	}
	for i := range outlier.Workers {
		*outlier.Workers[i].Share, *outlier.Workers[i].MeanPending = 0, 0
	}
	*outlier.Workers[3].Share, *outlier.Workers[3].MeanPending = 1, 1000
	for i, want := range []string{
		"Above the axis of latency: strategy-2 from 20 s to 30 s.",
		"Beyond the right end of the axis: strategy-2 from 10 s to 30 s",
		"Beyond the axis of mean pending (open circles): strategy-2 up to 1000 (worker 3).",
	} {
		f := figures(d)[i]
		assert.Contains(t, strings.Join(f.caption, "\n"), want, f.subject)
		assert.Contains(t, f.facets[0].panels[len(f.facets[0].panels)-1].xLabel+f.facets[0].panels[len(f.facets[0].panels)-1].yLabel, "cut", f.subject)
	}
	assert.Less(t, figures(d)[0].facets[0].panels[0].Y.Max, 1.0)
	assert.Less(t, figures(d)[1].facets[0].panels[0].X.Max, 1.0)
}

func TestSheetsHaveFewRowsAndThenFewColumns(t *testing.T) {
	tests := []struct {
		facets int
		layout layout
		rows   []int // how many are in each
	}{
		{1, tall, []int{1}},
		{3, tall, []int{3}},
		{5, tall, []int{3, 2}},
		{7, tall, []int{4, 3}},
		{9, tall, []int{3, 3, 3}},
		{3, flat, []int{1, 1, 1}},
	}
	for _, tt := range tests {
		var rows []int
		facets := slices.Repeat([]facet{{panels: []panel{newPanel(axis{"x", wholeTicks()}, axis{"y", wholeTicks()}, nil, never)}}}, tt.facets)
		for _, row := range newSheet(facets, tt.layout).rows {
			rows = append(rows, len(row))
		}
		assert.Equal(t, tt.rows, rows, "%d facets", tt.facets)
	}
}
