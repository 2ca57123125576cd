package strategy

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// A failed response counts as one of 5 s, if it did not take longer; without a penalty it is an answer like any other.
func TestAFailureCountsAsThePenalty(t *testing.T) {
	const ms = time.Millisecond
	rows := []struct {
		says    string
		name    string
		took    time.Duration
		verdict requester.Verdict
		want    time.Duration
	}{
		{"a success takes what it takes", "peak-ewma-penalty", 10 * ms, requester.Succeeded, 10 * ms},
		{"a fast failure is very slow", "peak-ewma-penalty", ms, requester.Failed, 5 * time.Second},
		{"a slower failure takes what it takes", "peak-ewma-penalty", 7 * time.Second, requester.Failed, 7 * time.Second},
		{"work that was skipped did not fail here, it waited", "peak-ewma-penalty", 10 * ms, requester.TimedOut, 10 * ms},
		{"peak-ewma does not see the difference", "peak-ewma", ms, requester.Failed, ms},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newCaller(t, row.name, 1)
				w := d.join(1, 10)
				d.finish(w, row.took, row.verdict)
				assert.Equal(t, float64(row.want), d.strategy.(*peakEWMA).trips[w.ID].mean)
			})
		})
	}
}

// The sinkhole: a worker that fails at once draws in the load under peak-ewma, and is avoided under the penalty.
func TestThePenaltyAvoidsWhoFailsFast(t *testing.T) {
	for name, want := range map[string]int{"peak-ewma": 0, "peak-ewma-penalty": 1} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newCaller(t, name, 1)
				sinkhole, good := d.join(1, 10), d.join(1, 10)
				d.finish(sinkhole, time.Millisecond, requester.Failed)
				d.finish(good, 10*time.Millisecond, requester.Succeeded)
				for range 100 {
					require.Equal(t, want, d.pick().ID)
				}
			})
		})
	}
}
