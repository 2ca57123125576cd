package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// trip asks as often as it takes to open the breaker of the worker, to which all requests go.
func (f *floor) trip(id, failures int) {
	for range failures {
		f.ask()
		f.fail(id)
	}
}

// After five failures in a row nothing is sent to a worker for thirty seconds, then one request, and how that one ends decides.
func TestTheStatesOfABreaker(t *testing.T) {
	for _, row := range []struct {
		says    string
		verdict requester.Verdict // of the request that goes through
		more    int               // so many of those that wait go when it has ended
		opens   bool              // for as long again
	}{
		{"success closes it", requester.Succeeded, 2, false}, // as many as first gives a worker
		{"failure opens it again", requester.Failed, 0, true},
		{"so does what is swallowed", requester.Lost, 0, true},
		{"one that is skipped does not decide, and the next does", requester.TimedOut, 1, false},
		{"nor does one that is withdrawn", requester.Cancelled, 1, false},
	} {
		t.Run(row.says, func(t *testing.T) {
			featured(t, 1, "breaker", nil, func(t *testing.T, f *floor) {
				f.trip(0, 4)
				require.False(t, f.members[0].Unfit)
				f.sleep(time.Second)
				f.trip(0, 1)
				require.Equal(t, tripped, f.members[0].causes)
				for range 5 {
					f.ask()
				}
				f.sleep(30*time.Second - time.Nanosecond)
				require.Zero(t, f.at(0), "it is open")
				f.sleep(time.Nanosecond)
				require.Equal(t, 1, f.at(0), "it is half-open: of five that wait one goes through")
				f.sleep(time.Minute)
				require.Equal(t, 1, f.at(0), "and no other until that one has ended")
				job := f.take(0)
				job.Verdict = row.verdict
				f.finish(0, job)
				assert.Equal(t, row.more, f.at(0))
				f.sleep(30*time.Second - time.Nanosecond)
				assert.Equal(t, row.more, f.at(0))
				f.sleep(time.Nanosecond)
				if row.opens {
					assert.Equal(t, 1, f.at(0), "half-open again")
				} else {
					assert.Equal(t, row.more, f.at(0))
				}
			})
		})
	}
}

// What was sent before a breaker opened ends while it is open, half-open or tried, and decides nothing.
func TestOnlyTheRequestThatGoesThroughDecides(t *testing.T) {
	featured(t, 1, "breaker", nil, func(t *testing.T, f *floor) {
		f.trip(0, 3)
		for range 3 {
			f.ask()
		}
		f.event(do(func(b *Balancer) { b.members[0].Limit++; b.room++ }))
		f.fail(0)
		f.fail(0) // the fifth; one is still out
		require.True(t, f.members[0].Unfit)
		old := f.take(0)
		f.sleep(30 * time.Second)
		f.ask()
		trial := f.take(0)
		f.finish(0, old)
		require.True(t, f.members[0].Unfit, "the success of an older one closes nothing")
		f.finish(0, trial)
		require.False(t, f.members[0].Unfit)
		f.trip(0, 4)
		assert.False(t, f.members[0].Unfit, "and it counts anew")
		f.oneMore(0)
		f.trip(0, 4)
		assert.False(t, f.members[0].Unfit, "as after any success")
	})
}

// oneMore asks, and the worker serves it.
func (f *floor) oneMore(id int) {
	f.ask()
	f.serve(id)
}

// Where fewer than the share of the members are fit all are sent to, and where as many are fit again, only these.
func TestPanic(t *testing.T) {
	for _, row := range []struct {
		panic float64
		after int // so many of ten whose breaker is open bring it about; 11: none do
	}{{0.5, 6}, {0.9, 2}, {0.07, 10}, {1, 1}, {0, 11}} {
		featured(t, 10, "breaker", nil, func(t *testing.T, f *floor) {
			f.event(do(func(b *Balancer) { b.health.below = row.panic }))
			for tripped := 1; tripped <= 10; tripped++ {
				f.trip(tripped-1, 5)
				require.Equal(t, 10-tripped, f.health.fit)
				require.Equal(t, tripped >= row.after, f.health.panics, "%d of 10 are fit, %v", 10-tripped, row.panic)
				if f.health.panics {
					assert.Zero(t, f.goesTo(10), "the first of all")
					f.serve(0)
					return
				}
			}
			assert.Equal(t, -1, f.goesTo(10), "nobody is fit, and nobody panics")
		})
	}
}

// What waits goes when panic begins, and members that leave are none of those of whom a share has to be fit.
func TestPanicLetsWhatWaitsGo(t *testing.T) {
	featured(t, 2, "breaker", nil, func(t *testing.T, f *floor) {
		f.event(do(func(b *Balancer) { b.health.below = 0.5 }))
		f.trip(0, 5)
		for range 3 {
			f.ask()
		}
		require.Equal(t, []int{0, 2}, []int{f.at(0), f.at(1)}, "half are fit, and first gives one two: the third waits")
		f.event(Leave{Worker: 1})
		assert.Equal(t, 1, f.at(0), "none of one is fit")
	})
}

// A new incarnation has a breaker of its own, and an appointment of the one before changes nothing.
func TestANewIncarnationIsFit(t *testing.T) {
	featured(t, 1, "breaker", nil, func(t *testing.T, f *floor) {
		f.trip(0, 5)
		f.sleep(20 * time.Second)
		f.join(0, 5)
		require.Equal(t, []bool{false, false}, []bool{f.members[0].Unfit, f.health.panics})
		f.trip(0, 5)
		f.sleep(20 * time.Second)
		assert.True(t, f.members[0].Unfit, "it has been open for twenty seconds")
		f.sleep(10 * time.Second)
		assert.False(t, f.members[0].Unfit)
	})
}

// How often a balancer has panicked, and for how long, with breakers that open for thirty seconds and two workers that both have to be fit.
func TestPanicIsCounted(t *testing.T) {
	featured(t, 2, "breaker", nil, func(t *testing.T, f *floor) {
		f.event(do(func(b *Balancer) { b.health.below = 1 }))
		f.trip(0, 5)
		f.sleep(30 * time.Second)
		f.sleep(5 * time.Second)
		p := &f.health.panicked
		assert.Equal(t, []any{1, false, 30 * time.Second}, []any{p.Times, p.On, p.Ever(time.Hour)})
		f.trip(0, 1) // the request that decides
		f.sleep(10 * time.Second)
		assert.Equal(t, []any{2, true, 40 * time.Second}, []any{p.Times, p.On, p.Ever(f.now())})
		assert.Equal(t, 2, f.ledger.Trips)
	})
}

// When the run is over what comes back says nothing of a worker: it all comes at once, in any order.
func TestWhatIsHandedBackAtTheEndOpensNoBreaker(t *testing.T) {
	featured(t, 1, "breaker", nil, func(t *testing.T, f *floor) {
		f.trip(0, 4)
		f.ask()
		job := f.take(0)
		f.event(Cancel{})
		job.Verdict = requester.Failed
		f.finish(0, job)
		assert.Zero(t, f.close().Trips)
	})
}
