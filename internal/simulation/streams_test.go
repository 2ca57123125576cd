package simulation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/option"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// consumers are so many workers that pull long streams of that work, each of them one at a time, with a lease of two seconds.
func consumers(workers, streams int, rate float64, work time.Duration) Config {
	c := base(workers, streams, 1)
	c.Strategies, c.Requesters, c.Rate, c.Arrivals, c.Warmup = []string{"pull"}, min(streams, 20), rate, Constant, 0
	c.Work = requester.Constant(work)
	c.Claim, c.Heartbeat = 2*time.Second, time.Second
	return c
}

// dying is a worker that dies for ever.
func dying(id int, at time.Duration) worker.Fault {
	return worker.Fault{
		Kind: "crash", Zone: worker.AnyZone, Workers: worker.Selection{First: id, Last: id}, At: at, Set: option.Values{"notify": requester.Lost},
	}
}

// A worker that dies at T is known at ⌊T/h⌋·h + lease, and then what it held is claimed: where beats come every third of a lease, 5/6 of it later
// in the mean over all T, with a standard deviation of a third/√12. Where the lease is two beats it is 3/4.
func TestTheMeanTimeToClaim(t *testing.T) {
	const lease, runs, deaths = 2.0, 10, 50
	for _, row := range []struct {
		beats int // per lease
		mean  float64
	}{{3, 5.0 / 6 * lease}, {2, 3.0 / 4 * lease}} {
		t.Run(fmt.Sprint(row.beats, " beats"), func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, uint64(row.beats)))
			sum, longest := 0.0, 0.0
			for range runs {
				c := consumers(2*deaths, 2*deaths, 100, 30*time.Second) // all are busy from 1 s to 30 s
				c.Heartbeat = c.Claim / time.Duration(row.beats)
				for id := range deaths {
					c.Faults = append(c.Faults, dying(id, 10*time.Second+time.Duration(random.Float64()*10*float64(time.Second))))
				}
				r := mustRun(t, c)[0]
				require.EqualValues(t, 2*deaths, r.Requests.Succeeded)
				require.Equal(t, []report.Count{deaths, deaths, deaths, deaths}, []report.Count{r.Claims, r.Suspicions, r.Claiming.ByAnnouncement, r.Claiming.Wins})
				require.InDelta(t, *r.Claiming.DetectSeconds, *r.Claiming.ClaimSeconds, 1e-9, "each held one")
				sum += *r.Claiming.ClaimSeconds
				longest = max(longest, *r.Claiming.ClaimMaxSeconds)
			}
			beat := lease / float64(row.beats)
			assert.InDelta(t, row.mean, sum/runs, 4*beat/math.Sqrt(12*runs*deaths))
			assert.Less(t, longest, lease+1e-6)
			assert.Greater(t, longest, lease-beat/10)
		})
	}
}

// Where all announcements are lost, sweeps find what was held, at each even second. Deaths at 5.3 and 6.3 s are known at 7 and 8: the sweep at 8
// finds the first only, for it comes before the lease that is over at its own instant. That at 10 finds the other.
func TestInstantsOfSweeps(t *testing.T) {
	c := consumers(4, 4, 100, 20*time.Second)
	c.Unheard = 1
	c.Faults = []worker.Fault{dying(0, 5300*time.Millisecond), dying(1, 6300*time.Millisecond)}
	s := told(t, c)
	const slack = float64(time.Microsecond)
	assert.InDeltaSlice(t, []float64{7e9, 8e9}, floats(s.suspected), slack)
	assert.InDeltaSlice(t, []float64{8e9, 10e9}, floats(s.claims), slack)
	got := s.result.Claiming
	assert.Equal(t, []report.Count{2, 2, 2, 0, 2, 2}, []report.Count{s.result.Suspicions, got.Announced, got.AnnouncementsLost, got.ByAnnouncement, got.BySweep, got.Wins})
	assert.InDelta(t, 1.7, *got.DetectSeconds, 1e-6)
	assert.InDelta(t, (2.7+3.7)/2, *got.ClaimSeconds, 1e-6)
	assert.InDelta(t, 3.7, *got.ClaimMaxSeconds, 1e-6)
	assert.EqualValues(t, 4, s.result.Requests.Succeeded)
}

func floats(all []time.Duration) (numbers []float64) {
	for _, d := range all {
		numbers = append(numbers, float64(d))
	}
	return numbers
}

// Three consumers serve streams of 20 s from 0.00, 0.01 and 0.02 s on. The first stands still from 5.5 to 9.2 s: it is silent from its beat at 5 s
// on and disowned at 7; nobody is idle until the second has finished at 20.01, who then begins the first stream anew. The stalled owner
// finishes it at 23.7, 3.7 s late, and is the first to answer; what the second does of it until 40.01 is a duplicate.
func TestAStalledOwnerIsDisowned(t *testing.T) {
	c := consumers(3, 3, 100, 20*time.Second)
	c.Faults = []worker.Fault{{
		Kind: "stall", Zone: worker.AnyZone, Workers: worker.Selection{}, At: 5500 * time.Millisecond, For: 3700 * time.Millisecond,
	}}
	s := told(t, c)
	const slack = float64(time.Microsecond)
	assert.InDeltaSlice(t, []float64{7e9}, floats(s.suspected), slack)
	assert.InDeltaSlice(t, []float64{20.01e9}, floats(s.began["0 1"]), slack)
	assert.InDeltaSlice(t, []float64{23.7e9}, floats(s.ended["0 0"]), slack)
	assert.InDeltaSlice(t, []float64{40.01e9}, floats(s.ended["0 1"]), slack)
	r := s.result
	assert.Equal(t, []report.Count{3, 1, 1, 4}, []report.Count{r.Requests.Succeeded, r.Claims, r.Executions.Duplicated, r.Executions.Begun})
	assert.Equal(t, []report.Count{1, 1}, []report.Count{r.Claiming.Tries, r.Claiming.Wins}, "whoever was back would have tried, too, but was busy")
	assert.InDelta(t, 1.5, *r.Claiming.DetectSeconds, 1e-6)
	assert.InDelta(t, 23.7, *r.AnswerSeconds.Max, 1e-6)
}

// Consumers are killed at random: with claims nothing is lost, whether all, some or none of the announcements are heard. Without, that is lost
// which the dead held, and what they were sent until it was known.
func TestKillingConsumersAtRandom(t *testing.T) {
	seeds := 200
	if testing.Short() {
		seeds = 30
	}
	names := []string{"pull", "least-loaded", "round-robin"}
	for seed := range uint64(seeds) {
		random := rand.New(rand.NewPCG(seed, 1))
		const streams, dies = 60, 2.0
		c := base(2+random.IntN(4), streams, 1)
		c.Seed, c.Strategies, c.Warmup = seed, names[seed%3:seed%3+1], 0
		c.Requesters, c.Rate, c.Work = 10, 10, requester.Exponential(time.Duration(c.Workers)*70*time.Millisecond)
		c.Heartbeat = 300 * time.Millisecond
		at := time.Duration((dies + 2*random.Float64()) * float64(time.Second))
		c.Faults = []worker.Fault{dying(0, at)}
		lost := told(t, c)
		require.Len(t, lost.suspected, 1, "seed %d", seed)
		held, sent := lost.held(at-time.Microsecond, lost.suspected[0]) // it dies at an instant of its own, near that
		require.EqualValues(t, len(held)+len(sent), lost.result.Requests.Lost, "seed %d: %v were held at %v, %v sent until it was known", seed, held, at, sent)
		require.EqualValues(t, streams, lost.result.Requests.Lost+lost.result.Requests.Succeeded, "seed %d", seed)

		c.Claim, c.Unheard = 3*c.Heartbeat, float64(seed%4)/3
		saved := told(t, c)
		require.EqualValues(t, streams, saved.result.Requests.Succeeded, "seed %d: nothing is lost", seed)
		require.ElementsMatch(t, slices.Concat(held, sent), saved.claimed, "seed %d: and exactly that was claimed", seed)
		x := saved.result
		require.Equal(t, []report.Count{0, x.Claims, x.Claims}, []report.Count{x.Executions.Duplicated, x.Claiming.Announced, x.Claiming.Wins}, "seed %d: %+v", seed, x.Claiming)
		require.Equal(t, x.Claiming.AnnouncementsLost, x.Claiming.BySweep, "seed %d", seed)
		require.LessOrEqual(t, x.Claiming.Wins+x.Claiming.AnsweredBefore, x.Claims, "seed %d", seed)
		require.GreaterOrEqual(t, x.Claiming.Tries, x.Claiming.Wins, "seed %d", seed)
	}
}

// What consumers begin in the last ten seconds of the window is told apart, where the end of the window is known beforehand.
func TestWhatConsumersBeganLately(t *testing.T) {
	c := consumers(2, 30, 1, 500*time.Millisecond) // one each second, in turn
	r := mustRun(t, c)[0]
	for _, w := range r.Workers {
		require.NotNil(t, w.Lately)
		assert.Equal(t, []report.Count{15, 5}, []report.Count{w.Requests, *w.Lately})
	}
	c.Arrivals, c.Think = Closed, requester.Constant(time.Second)
	assert.Nil(t, mustRun(t, c)[0].Workers[0].Lately)
	c.Arrivals, c.Claim = Constant, 0
	r = mustRun(t, c)[0]
	assert.Nil(t, r.Workers[0].Lately)
	assert.Nil(t, r.Claiming)
	streams := c
	streams.Mix = Mix{Priorities: []float64{0.5, 0.5}, ByPriority: true, PriorityWork: []requester.Distribution{c.Work, c.Work}}
	assert.EqualValues(t, 5, *mustRun(t, streams)[0].Workers[0].Lately)

	behindProxies(&c, 1)
	broker := mustRun(t, c)[0]
	c.Proxies = Proxies{}
	c.Pool = balancer.Pool{Start: 2, Least: 1, Interval: time.Second, Idle: time.Minute}
	pool := mustRun(t, c)[0]
	for _, r := range []report.Result{broker, pool} {
		assert.EqualValues(t, 10, *r.Workers[0].Lately+*r.Workers[1].Lately)
	}
}
