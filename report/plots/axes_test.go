package plots

import (
	"image/color"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"gonum.org/v1/plot"
)

// A small panel has room for the labels of as many workers as there may be.
func TestRanksAreLegibleInASmallPanel(t *testing.T) {
	const axis = 165 // points
	style := textStyle(smallSize, color.Black)
	for workers := 2.0; workers <= 100_000; workers = math.Ceil(workers * 1.01) {
		ticks := rankTicks(2.2).Ticks(0.5, workers+0.5)
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
			ticks := latencyTicks().Ticks(lo, lo*ratio)
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
		{"1-2-5 where it fits", latencyTicks(), 0.001, 0.1, []string{"1 ms", "2 ms", "5 ms", "10 ms", "20 ms", "50 ms", "100 ms"}},
		{"a narrow range", latencyTicks(), 0.00989, 0.01011, []string{"9.9 ms", "9.95 ms", "10 ms", "10.05 ms", "10.1 ms"}},
		{"percentiles", percentileTicks(), 2, 5000, []string{"50 %", "90 %", "99 %", "99.9 %"}},
		{"a unit behind each number", evenTicks(" %"), 0, 12, []string{"0 %", "2 %", "4 %", "6 %", "8 %", "10 %", "12 %"}},
		{"one worker", wholeTicks(), -0.5, 0.5, []string{"0"}},
		{"ranks in a small panel", rankTicks(2.2), 0.5, 1000.5, []string{"1", "200", "400", "600", "800", "1000"}},
		{"ranks begin at 1", rankTicks(6), 0.5, 40.5, []string{"1", "5", "10", "15", "20", "25", "30", "35", "40"}},
	}
	for _, tt := range tests {
		var got []string
		for _, tick := range tt.ticker.Ticks(tt.lo, tt.hi) {
			got = append(got, tick.Label)
		}
		assert.Equal(t, tt.want, got, tt.why)
	}
}
