package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/invented"
	"waza/report"
	"waza/requester"
)

// A fault swallows the answer of every third of so many requests: it is lost after the end of the run, or given up after a minute. What
// piles up is as much as a third of the rate, and no overload, unless the rest is one, too.
func TestWhatFaultsSwallowIsNoOverload(t *testing.T) {
	for _, c := range []struct {
		says             string
		load             float64
		swallow          func(o *requester.Outcome, end time.Duration)
		piling, overload bool
	}{
		{"nothing", 0.5, func(*requester.Outcome, time.Duration) {}, false, false},
		{"on its way home", 0.5, func(o *requester.Outcome, end time.Duration) {
			o.Verdict, o.Decided = requester.Lost, end+5*time.Second
		}, true, false},
		{"the same, under a timeout that is longer than the run", 0.5, func(o *requester.Outcome, _ time.Duration) {
			o.Verdict, o.Decided = requester.TimedOut, o.Start+time.Minute
		}, true, false},
		{"before its service", 0.5, func(o *requester.Outcome, _ time.Duration) {
			o.Verdict, o.Decided, o.Executed, o.Buried = requester.TimedOut, o.Start+time.Minute, 0, 1
		}, true, false},
		{"while there is too much to do", 1.5, func(o *requester.Outcome, end time.Duration) {
			o.Verdict, o.Decided = requester.Lost, end+time.Hour
		}, false, true},
		{"not at all, but late", 1.5, func(o *requester.Outcome, _ time.Duration) {
			o.Verdict, o.Decided, o.Late = requester.TimedOut, o.Start+time.Minute, 1
		}, false, true},
	} {
		v := invented.Run{Workers: 10, Requests: 10_000, Load: c.load, Seed: 3}
		outcomes, facts := v.Outcomes(v.Window())
		for i := range outcomes {
			if i%3 == 0 {
				c.swallow(&outcomes[i], v.End())
			}
		}
		r, _ := invented.Fold(report.Options{Window: v.Window()}, outcomes, 100).Result(facts) // its attempts do not add up
		assert.Equal(t, []bool{c.piling, c.overload}, []bool{r.Piling, r.Saturated}, c.says)
		assert.False(t, r.Filling, c.says)
		if c.piling {
			require.Positive(t, r.GrowthPerSecond, c.says)
			assert.InEpsilon(t, c.load*10/invented.MeanWork.Seconds()/3, r.GrowthPerSecond, 0.05, c.says)
		}
	}
}

// In the middle of the run four hundred requests come to stay, and the rest goes on as before: the number in the system jumps once. By chance it
// grows a little from each fifth of the window to the next, too.
func TestAJumpIsNoOverload(t *testing.T) {
	for _, seed := range []uint64{0, 10, 22, 28} { // of which that was said
		v := invented.Run{Workers: 10, Requests: 10_000, Load: 0.5, Seed: seed}
		outcomes, facts := v.Outcomes(v.Window())
		for i := range outcomes {
			if o := &outcomes[i]; o.ID >= 5500 && o.ID < 5900 {
				o.Decided = v.End() + time.Hour
			}
		}
		r, _ := invented.Fold(report.Options{Window: v.Window()}, outcomes, 100).Result(facts)
		assert.Equal(t, []bool{false, false}, []bool{r.Saturated, r.Filling}, seed)
	}
}
