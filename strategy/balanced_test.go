package strategy

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// A failure counts as ten requests at first and for half of that every 30 s, rounded down.
func TestBalancedRemembersFailures(t *testing.T) {
	rows := []struct {
		says    string
		sleep   time.Duration
		verdict requester.Verdict
		want    int // score, after it
	}{
		{"nothing has failed", 0, requester.Succeeded, 0},
		{"one failure", 0, requester.Failed, 10},
		{"half of it", 30 * time.Second, requester.Succeeded, 5},
		{"what was skipped was not its fault", 0, requester.TimedOut, 5},
		{"10 · (1/2 + 1)", 0, requester.Failed, 15},
		{"10 · (1/4 + 1/2)", 30 * time.Second, requester.Succeeded, 7},
		{"10 · (1/4 + 1/2) / 2", 30 * time.Second, requester.Succeeded, 3},
		{"0.94 is none", 60 * time.Second, requester.Succeeded, 0},
	}
	synctest.Test(t, func(t *testing.T) {
		d := newCaller(t, "balanced", 1)
		w, s := d.join(1, 10), d.strategy.(*balanced)
		for _, row := range rows {
			time.Sleep(row.sleep)
			d.finish(w, time.Millisecond, row.verdict)
			assert.Equal(t, row.want, s.score(w, time.Since(s.epoch)), row.says)
		}
	})
}

// A worker that has failed once gets nothing while the other holds less than the failure counts for.
func TestBalancedWeighsFailuresAgainstRequests(t *testing.T) {
	rows := []struct {
		says    string
		after   time.Duration // the failure
		pending int           // of the other worker
		failed  bool          // the one that has failed may be picked
		other   bool          // the other may be picked
	}{
		{"at once it is as ten requests", 0, 9, false, true},
		{"ten are a tie, and ties are drawn", 0, 10, true, true},
		{"eleven are more", 0, 11, true, false},
		{"after a half-life it is as five", 30 * time.Second, 5, true, true},
		{"2.5 is two", 60 * time.Second, 2, true, true},
		{"it is forgotten after log2(10) half-lives, 99.7 s", 100 * time.Second, 0, true, true},
		{"and not sooner", 99 * time.Second, 0, false, true},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newCaller(t, "balanced", 1)
				failing, other := d.join(1, 100), d.join(1, 100)
				d.finish(failing, time.Millisecond, requester.Failed)
				for range row.pending {
					d.send(other)
				}
				time.Sleep(row.after)
				got := make([]float64, 2)
				for range 1000 {
					got[d.pick().ID]++
				}
				require.Equal(t, row.failed, got[0] > 0)
				require.Equal(t, row.other, got[1] > 0)
				if row.failed && row.other {
					equallyLikely(t, got)
				}
			})
		})
	}
}

// Ties at random: four of five are tied, and over so many seeds each wins as often as the others.
func TestBalancedIsUniformOverTheTied(t *testing.T) {
	got := make([]float64, 5)
	for seed := range uint64(4000) {
		d := newCaller(t, "balanced", seed)
		for range got {
			d.join(1, 2)
		}
		d.send(d.workers[2])
		got[d.pick().ID]++
	}
	assert.Zero(t, got[2])
	equallyLikely(t, []float64{got[0], got[1], got[3], got[4]})
}
