package strategy

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// With τ = 10 s, 10 s leave 1/e of what was known.
func TestPeakEWMARisesAtOnceAndFadesSlowly(t *testing.T) {
	const ms = time.Millisecond
	const look = -1 // at the cost, and observe nothing
	rows := []struct {
		says  string
		sleep time.Duration
		took  time.Duration
		want  float64 // E in milliseconds, after it
	}{
		{"nothing is known", time.Second, look, 0},
		{"the first answer is a peak", 0, 100 * ms, 100},
		{"a faster one counts by the time since the last: 100/e + 50(1 − 1/e)", 10 * time.Second, 50 * ms, 50 + 50/math.E},
		{"a slower one is a peak again", 0, 80 * ms, 80},
		{"at the same instant a faster one counts nothing", 0, 10 * ms, 80},
		{"to look lets it fade toward 0", 10 * time.Second, look, 80 / math.E},
		{"to look again at the same instant changes nothing", 0, look, 80 / math.E},
		{"after that, less is a peak", 0, 30 * ms, 30},
		{"it is half of it after τ ln 2", 6_931_471_806, look, 15},
	}
	synctest.Test(t, func(t *testing.T) {
		d := newCaller(t, "peak-ewma", 1)
		w, s := d.join(1, 10), d.strategy.(*peakEWMA)
		for _, row := range rows {
			time.Sleep(row.sleep)
			if row.took == look {
				assert.InDelta(t, row.want*1e6, s.cost(w, time.Since(s.epoch)), 1, row.says)
				continue
			}
			d.finish(w, row.took, requester.Succeeded)
			assert.InDelta(t, row.want*1e6, s.trips[w.ID].mean, 1, row.says)
		}
	})
}

// On the wall clock a Done may be heard after a look that it precedes. It fades nothing, and time does not go back.
func TestAnObservationThatIsToldLateIsTakenAsOfNow(t *testing.T) {
	const tau = 10 * time.Second
	late := trip{mean: 100, at: 20 * time.Second}
	late.observe(50, 10*time.Second, tau)
	assert.Equal(t, trip{mean: 100, at: 20 * time.Second}, late)
	late.observe(200, 10*time.Second, tau)
	assert.Equal(t, trip{mean: 200, at: 20 * time.Second}, late, "but a peak is a peak")
}

// Of two workers both are drawn, so the cheaper one is picked at once or never.
func TestPeakEWMAPicksTheCheaper(t *testing.T) {
	const ms = time.Millisecond
	type worker struct {
		took    time.Duration // of its one answer; 0: none yet
		pending int
	}
	rows := []struct {
		says           string
		cheaper, other worker
	}{
		{"the faster", worker{took: 10 * ms}, worker{took: 20 * ms}},
		{"10 ms × (1 + 1) are less than 30 ms", worker{took: 10 * ms, pending: 1}, worker{took: 30 * ms}},
		{"25 ms are less than 10 ms × (2 + 1)", worker{took: 25 * ms}, worker{took: 10 * ms, pending: 2}},
		{"who is unknown and idle costs nothing", worker{}, worker{took: 1}},
		{"who is unknown and has work costs more than anybody known", worker{took: time.Hour, pending: 20}, worker{pending: 1}},
		{"of the unknown the one with less work", worker{pending: 1}, worker{pending: 2}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newCaller(t, "peak-ewma", 1)
				for _, w := range []worker{row.other, row.cheaper} {
					joined := d.join(1, 100)
					if w.took > 0 {
						d.finish(joined, w.took, requester.Succeeded)
					}
					for range w.pending {
						d.send(joined)
					}
				}
				for range 100 {
					require.Equal(t, 1, d.pick().ID)
				}
			})
		})
	}
}

// The slow one of two comes back when its E has faded to less than the other has, who answers all the time.
func TestPeakEWMAComesBackToWhoWasSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newCaller(t, "peak-ewma", 1)
		slow, steady := d.join(1, 10), d.join(1, 10)
		d.finish(slow, time.Second, requester.Succeeded)
		for seconds := 0; ; seconds++ {
			d.finish(steady, 100*time.Millisecond, requester.Succeeded)
			if d.pick() == slow {
				assert.Equal(t, 24, seconds, "1 s · e^(−24/10) = 91 ms, and e^(−23/10) = 100.3 ms")
				return
			}
			time.Sleep(time.Second)
		}
	})
}

// Ties go to the first drawn: with the same generator, who draws one draws the same.
func TestPeakEWMAPrefersTheFirstDrawnAmongEquals(t *testing.T) {
	for seed := range uint64(200) {
		d, same := newCaller(t, "peak-ewma", seed), newCaller(t, "random", seed)
		for range 10 {
			d.join(1, 10)
			same.join(1, 10)
		}
		require.Equal(t, same.pick().ID, d.pick().ID)
	}
}

// Who comes back under an id is another worker: nothing is known of it.
func TestAMemberThatComesBackIsUnknown(t *testing.T) {
	for _, name := range []string{"peak-ewma", "peak-ewma-penalty", "least-time", "capacity-latency", "balanced"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newCaller(t, name, 1)
				bad, good := d.join(1, 10), d.join(1, 10)
				d.finish(good, time.Millisecond, requester.Succeeded)
				d.finish(bad, time.Minute, requester.Failed)
				require.Same(t, good, d.pick())
				d.leave(bad)
				again := &Worker{ID: bad.ID, Limit: 10}
				d.workers = append(d.workers, again)
				d.strategy.Join(again)
				var picked []*Worker
				for range 100 {
					picked = append(picked, d.pick())
				}
				assert.Contains(t, picked, again)
			})
		})
	}
}

// However fast the run's clock goes, a worker of which nothing is known, and that has work, costs more than one that takes hours, and the
// more the more work it has.
func TestTheUnknownCostsMostAtEveryScale(t *testing.T) {
	for _, scale := range []time.Duration{0, 1, 1 << 10, 1 << 20} {
		p := defaults()
		p.Second = scale * time.Second
		for _, name := range []string{"peak-ewma", "peak-ewma-penalty", "least-time"} {
			d := newCallerWith(t, name, p, 1)
			unknown, busier, slow := d.join(1, 10), d.join(1, 10), d.join(1, 10)
			d.finish(slow, max(1, scale)*10*time.Hour/4096, requester.Succeeded)
			unknown.Pending, busier.Pending = 1, 2
			cost := func(w *Worker) float64 {
				if s, ok := d.strategy.(*leastTime); ok {
					return s.time(w)
				}
				return d.strategy.(*peakEWMA).cost(w, 0)
			}
			assert.Greater(t, cost(unknown), cost(slow)*4096*3.9, "%s, %d", name, scale)
			assert.Greater(t, cost(busier), cost(unknown), "%s, %d", name, scale)
		}
	}
}
