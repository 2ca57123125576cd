package balancer

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// regulated plays with a balancer of one worker, which may hold that many, behind regulators.
func regulated(t *testing.T, limit int, test func(*testing.T, *floor), all ...Regulator) {
	t.Helper()
	play(t, func(b *Balancer) { b.Regulators, b.Aim = all, asDue }, func(t *testing.T, f *floor) {
		f.join(0, limit)
		test(t, f)
	})
}

// limited1 is what the first regulator has done.
func (f *floor) limited() Limited {
	f.event(do(func(b *Balancer) {}))
	return f.regulated.result()[0]
}

// A bucket of two tokens is full at the start, a token comes each 100 ms, and what waits goes when it comes. It is shut from the dispatch that
// takes the last token until the next has come.
func TestATokenBucketByHand(t *testing.T) {
	regulated(t, 100, func(t *testing.T, f *floor) {
		for range 5 {
			f.ask()
		}
		require.Equal(t, 2, f.at(0), "two tokens")
		f.sleep(100*time.Millisecond - 1)
		require.Equal(t, 2, f.at(0))
		f.sleep(1)
		require.Equal(t, 3, f.at(0), "the first of those that waited")
		f.sleep(100 * time.Millisecond)
		require.Equal(t, 4, f.at(0))
		f.sleep(100 * time.Millisecond)
		require.Equal(t, 5, f.at(0), "at 300 ms, which takes the last token")
		f.sleep(time.Hour)
		for range 3 {
			f.ask()
		}
		assert.Equal(t, 7, f.at(0), "after a long pause there are two again, and no more")
		f.sleep(50 * time.Millisecond)
		assert.Equal(t, Limited{"rate:10/s,burst=2", 4, 450 * time.Millisecond}, f.limited(),
			"the three that waited, and one more; shut from 0 to 400 ms, and for 50 ms now")
	}, Regulator{Kind: "rate", Set: option.Values{"rate": 10.0, "burst": 2}})
}

// A request that finds no token is rejected where nobody may wait, and the refusal names the regulator.
func TestWhatARegulatorLimitsIsRejected(t *testing.T) {
	diary := make(chan requester.Event, 10)
	play(t, func(b *Balancer) {
		b.Regulators, b.Aim = []Regulator{{Kind: "rate", Set: option.Values{"rate": 10.0}}}, asDue
		b.Reject, b.Backlog = true, 0
		b.Tell = func(e requester.Event) { diary <- e }
	}, func(t *testing.T, f *floor) {
		f.join(0, 100)
		f.ask()
		f.ask()
		assert.Equal(t, requester.Rejected, f.answer().Verdict)
		assert.Equal(t, requester.Dispatches, (<-diary).What)
		assert.Equal(t, "rate:10/s,burst=1", (<-diary).Why)
		f.sleep(100 * time.Millisecond)
		f.ask()
		assert.Equal(t, requester.Dispatches, (<-diary).What)
		assert.Equal(t, 1, f.limited().Attempts)
	})
}

// Five failures in a row, of whichever worker, open the breaker of all; when reset is over one request goes, and decides.
func TestTheBreakerOfAllWorkers(t *testing.T) {
	for _, row := range []struct {
		says    string
		verdict requester.Verdict // of the request that goes through
		more    int               // so many go at once when it has ended
		again   int               // so many are there thirty seconds later
		shut    time.Duration
	}{
		{"success closes it", requester.Succeeded, 4, 4, 30 * time.Second},
		{"failure opens it again, and half-opens it", requester.Failed, 0, 1, time.Minute},
		{"so does what was swallowed", requester.Lost, 0, 1, time.Minute},
		{"one that is skipped does not decide, and the next does", requester.TimedOut, 1, 1, time.Minute},
	} {
		t.Run(row.says, func(t *testing.T) {
			regulated(t, 100, func(t *testing.T, f *floor) {
				f.join(1, 100)
				for i := range 5 {
					f.ask()
					f.fail(i % 2)
				}
				for range 5 {
					f.ask()
				}
				f.sleep(30*time.Second - 1)
				require.Zero(t, f.at(0)+f.at(1), "it is open")
				f.sleep(1)
				require.Equal(t, 1, f.at(0)+f.at(1), "half-open")
				id := f.at(1) // it is there, or at the other
				job := f.take(id)
				job.Verdict = row.verdict
				f.finish(id, job)
				require.Equal(t, row.more, f.at(0)+f.at(1))
				f.sleep(30*time.Second - 1)
				require.Equal(t, row.more, f.at(0)+f.at(1))
				f.sleep(1)
				assert.Equal(t, row.again, f.at(0)+f.at(1))
				assert.Equal(t, Limited{"breaker:failures=5,reset=30s", 5, row.shut}, f.limited(), "five have waited while it was not closed")
			}, Regulator{Kind: "breaker"})
		})
	}
}

// The request that decides may have been sent to a worker that is a member no more: then the next one does.
func TestATrialThatIsLostWithItsWorkerDecidesNothing(t *testing.T) {
	regulated(t, 100, func(t *testing.T, f *floor) {
		f.ask()
		f.fail(0)
		f.ask()
		f.ask()
		f.sleep(30 * time.Second)
		require.Equal(t, 1, f.at(0))
		f.join(0, 100) // a new life: the books of the old one are closed
		assert.Equal(t, 1, f.at(0), "the second goes")
		f.serve(0)
		f.ask()
		assert.Equal(t, 1, f.at(0), "and has closed it")
	}, Regulator{Kind: "breaker", Set: option.Values{"failures": 1}})
}

// More than two that wait at workers, beside the one in each slot, hold the others back; a completion lets the next go.
func TestBackPressureOfQueuesAtWorkers(t *testing.T) {
	regulated(t, 100, func(t *testing.T, f *floor) {
		for range 9 {
			f.ask()
		}
		require.Equal(t, 4, f.at(0), "one in service and three that wait: more than two")
		require.Equal(t, 5, f.limited().Attempts, "all that wait in the backlog, though one of them is the next")
		f.serve(0)
		require.Equal(t, 4, f.at(0), "one more")
		f.join(1, 100)
		require.Equal(t, 0, f.at(1), "three wait still")
		f.serve(0)
		assert.Equal(t, []int{3, 2}, []int{f.at(0), f.at(1)}, "two wait, and the next finds a free slot; so does nobody after it, and with three waiting it is shut")
	}, Regulator{Kind: "backpressure", Set: option.Values{"queue": 2}})
}

// Answers of 100 ms and 500 ms are 300 ms in the mean, which is too long until the second is over in which the slow one came.
func TestBackPressureOfLatency(t *testing.T) {
	regulated(t, 100, func(t *testing.T, f *floor) {
		f.ask()
		f.sleep(100 * time.Millisecond)
		f.serve(0)
		f.ask()
		f.sleep(400 * time.Millisecond)
		require.True(t, f.ask())
		f.take(0)
		f.sleep(100 * time.Millisecond)
		f.finish(0, f.held[0]) // at 600 ms, after 500: 300 in the mean
		f.ask()
		require.Equal(t, 1, f.at(0), "the one that was sent before")
		f.sleep(time.Second - 1)
		require.Equal(t, 1, f.at(0), "the fast answer has gone, and the slow one counts")
		f.sleep(1)
		assert.Equal(t, 2, f.at(0), "at 1600 ms")
		assert.Equal(t, Limited{"backpressure:queue=none,latency=200ms", 1, time.Second}, f.limited())
	}, Regulator{Kind: "backpressure", Set: option.Values{"latency": 200 * time.Millisecond}})
}

// The slot of one worker is busy from 0 to 700 ms. Half of the last second is none too much at 500 ms; at 600 ms it was busy for 600 of 1000, and
// from 1000 ms on busy time passes out of the second: at 1200 ms the 500 ms from 200 to 700 are left.
func TestTheBusyShareOfTheLastSecond(t *testing.T) {
	regulated(t, 100, func(t *testing.T, f *floor) {
		f.ask()
		f.sleep(500 * time.Millisecond)
		f.ask()
		require.Equal(t, 2, f.at(0), "half is none too much")
		f.sleep(100 * time.Millisecond)
		f.ask()
		f.sleep(100 * time.Millisecond)
		f.serve(0)
		f.serve(0)
		f.sleep(500*time.Millisecond - 10)
		require.Zero(t, f.at(0))
		f.sleep(10)
		require.Equal(t, 1, f.at(0), "at 1200 ms")
		f.sleep(300 * time.Millisecond)
		f.ask()
		require.Equal(t, 2, f.at(0), "at 1500 ms the 200 ms from 500 to 700 and the last 300 ms")
		f.sleep(300 * time.Millisecond)
		f.ask()
		require.Equal(t, 2, f.at(0), "at 1800 ms the last 600")
		f.sleep(time.Hour)
		require.Equal(t, 2, f.at(0), "it is busy all the time")
		f.serve(0)
		f.serve(0)
		f.sleep(time.Second/2 - 10)
		require.Zero(t, f.at(0))
		f.sleep(10)
		require.Equal(t, 1, f.at(0), "half a second later half of the last is left")
		assert.InDelta(t, 0.6+3600+0.5, f.limited().Shut.Seconds(), 1e-6, "from 600 to 1200 ms, and from 1800 ms on")
		assert.Equal(t, 2, f.limited().Attempts)
	}, Regulator{Kind: "resource", Set: option.Values{"utilisation": 0.5}})
}

// The tokens that a bucket lacks are the work in front of one server, each of the length of an interval: of requests that come at random, and are
// gone without a token, it lets through what M/D/1/K does, K being the burst. The standard deviation of the share of n requests is
// below 0.6/sqrt(n).
func TestABucketAdmitsWhatTheorySays(t *testing.T) {
	const n, interval = 4_000_000, 1e6
	for _, row := range []struct {
		load  float64 // arrivals per token
		burst int
		want  float64 // by admitted, to five digits
	}{{1, 1, 0.5}, {1, 5, 0.89655}, {0.8, 3, 0.89670}} {
		want := admitted(row.load, row.burst)
		assert.InDelta(t, row.want, want, 5e-6)
		k, rng := &bucket{interval: interval, burst: row.burst}, rand.New(rand.NewPCG(1, 2))
		now, passed := 0.0, 0
		for range n {
			now += rng.ExpFloat64() * interval / row.load
			if at := time.Duration(now); !k.limits(at) {
				passed++
				k.observe(&metrics{now: at, sent: &worker.Job{}})
			}
		}
		assert.InDelta(t, want, float64(passed)/n, 4*0.6/2000, "load %v, burst %d", row.load, row.burst)
		t.Logf("%.5f, and in theory %.5f", float64(passed)/n, want)
	}
}

// admitted is the share that M/D/1/K serves: 1/(π₀ + ρ), where π is the number that a departure leaves behind, of 0 to K−1. With a(k) the
// probability that k come in one service, π(j) = π(0)·a(j) + Σ π(i)·a(j−i+1) over i from 1 to j+1, which gives π(j+1) from those before it.
func admitted(load float64, k int) float64 {
	arrivals := make([]float64, k+1)
	for i := range arrivals {
		arrivals[i] = math.Exp(-load)
		for j := 1; j <= i; j++ {
			arrivals[i] *= load / float64(j)
		}
	}
	left, sum := []float64{1}, 1.0
	for j := range k - 1 {
		next := left[j] - left[0]*arrivals[j]
		for i := 1; i <= j; i++ {
			next -= left[i] * arrivals[j-i+1]
		}
		left = append(left, next/arrivals[0])
		sum += left[j+1]
	}
	return 1 / (1/sum + load)
}
