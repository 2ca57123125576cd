package report

import (
	"image/color"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

func TestSeconds(t *testing.T) {
	tests := []struct {
		seconds float64
		digits  int
		want    string
	}{
		{1e-9, 3, "1 ns"},
		{0.000_012_34, 3, "12.3 µs"},
		{0.01, 3, "10 ms"},
		{0.9996, 3, "1 s"}, // rounded before the unit is chosen
		{0.9996, 6, "999.6 ms"},
		{1_234_567, 3, "1230000 s"}, // no exponent
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, seconds(tt.seconds, tt.digits))
	}
	assert.Equal(t, "0", decimal(math.Copysign(0, -1), 3), "no minus before a zero")
}

// A small panel has room for the labels of as many workers as there may be.
func TestRanksAreLegibleInASmallPanel(t *testing.T) {
	const axis = 165 // points
	style := textStyle(smallSize, color.Black)
	for workers := 2.0; workers <= 100_000; workers = math.Ceil(workers * 1.01) {
		ticks := rankTicks{2.2}.Ticks(0.5, workers+0.5)
		for i := 1; i < len(ticks); i++ {
			a, b := ticks[i-1], ticks[i]
			apart := (b.Value - a.Value) / workers * axis
			if room := float64(style.Width(a.Label)+style.Width(b.Label)) / 2; apart < room+1 {
				t.Fatalf("%g workers: %q and %q are %.1f points apart and take %.1f", workers, a.Label, b.Label, apart, room)
			}
		}
	}
}

// Whatever the range, an axis of latency has three labels, and the narrowest plot has room for them side by side.
func TestLatencyTicksAreLegible(t *testing.T) {
	const axis = float64(leastWidth) - 80 // what is beside the data takes no more
	style := textStyle(smallSize, color.Black)
	for start := -9.0; start < 4; start += 0.0917 {
		lo := math.Pow(10, start)
		for ratio := 1.1; lo*ratio < 1e6; ratio *= 1.23 { // 1e6 seconds are eleven days
			ticks := latencyTicks{}.Ticks(lo, lo*ratio)
			assert.GreaterOrEqual(t, len(ticks), 3, "%g to %g", lo, lo*ratio)
			for i := 1; i < len(ticks); i++ {
				a, b := ticks[i-1], ticks[i]
				apart := math.Log(b.Value/a.Value) / math.Log(ratio) * axis
				room := float64(style.Width(a.Label)+style.Width(b.Label)) / 2
				if apart < room+1 {
					t.Fatalf("%g to %g: %q and %q are %.1f points apart and take %.1f", lo, lo*ratio, a.Label, b.Label, apart, room)
				}
			}
		}
	}
}

func TestTicks(t *testing.T) {
	tests := []struct {
		why    string
		ticker plot.Ticker
		lo, hi float64
		want   []string
	}{
		{"1-2-5 where it fits", latencyTicks{}, 0.001, 0.1, []string{"1 ms", "2 ms", "5 ms", "10 ms", "20 ms", "50 ms", "100 ms"}},
		{"a narrow range", latencyTicks{}, 0.00989, 0.01011, []string{"9.9 ms", "9.95 ms", "10 ms", "10.05 ms", "10.1 ms"}},
		{"percentiles", percentileTicks{}, 2, 5000, []string{"50 %", "90 %", "99 %", "99.9 %"}},
		{"a unit behind each number", evenTicks{" %"}, 0, 12, []string{"0 %", "2 %", "4 %", "6 %", "8 %", "10 %", "12 %"}},
		{"one worker", wholeTicks{}, -0.5, 0.5, []string{"0"}},
		{"ranks in a small panel", rankTicks{2.2}, 0.5, 1000.5, []string{"1", "200", "400", "600", "800", "1000"}},
		{"ranks begin at 1", rankTicks{6}, 0.5, 40.5, []string{"1", "5", "10", "15", "20", "25", "30", "35", "40"}},
	}
	for _, tt := range tests {
		var got []string
		for _, tick := range tt.ticker.Ticks(tt.lo, tt.hi) {
			got = append(got, tick.Label)
		}
		assert.Equal(t, tt.want, got, tt.why)
	}
}

func TestLooksDiffer(t *testing.T) {
	type key struct {
		color color.Color
		dash  int
		shape draw.GlyphDrawer
	}
	seen := map[key]int{}
	for i := range 105 {
		l := lookOf(i, 105)
		dash := len(l.line.Dashes)
		if dash > 0 {
			dash = 100*dash + int(l.line.Dashes[0])
		}
		k := key{l.line.Color, dash, l.mark.Shape}
		if other, ok := seen[k]; ok {
			t.Errorf("runs %d and %d look the same", other, i)
		}
		seen[k] = i
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		why, text string
		want      []string
	}{
		{"short text is one line", "a b", []string{"a b"}},
		{"no text is no line", "", nil},
		{"break between words", "one two three four", []string{"one two", "three four"}},
		{"a list breaks after a comma", "x aaaa,bbbb,cccc", []string{"x", "aaaa,bbbb,", "cccc"}},
		{"else anywhere, never inside a character", "äöüäöüäöüäöü", []string{"äöüäöüäöüä", "öü"}},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, wrap(tt.text, 10, func(s string) vg.Length { return vg.Length(len([]rune(s))) }), tt.why)
	}
}
