package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// limited sets a limit of that kind.
func limited(kind string, set option.Values) func(*Balancer) {
	return func(b *Balancer) { b.Features = []Feature{{Kind: "limit." + kind, Set: set}} }
}

func TestADropTakesATenthOfTheLimit(t *testing.T) {
	l := &limiter{law: &aimd{backoff: 0.9, timeout: time.Second}, limit: 20, min: 1, max: 1000}
	var got []int
	for range 14 {
		l.learn(sample{lost: true})
		got = append(got, int(l.limit))
	}
	assert.Equal(t, []int{18, 16, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, got)
	l.learn(sample{lost: true})
	assert.Equal(t, 1.0, l.limit, "it never falls below its least")
}

func TestALimitThatIsInUseGrowsByOne(t *testing.T) {
	l := &limiter{law: &aimd{backoff: 0.29, timeout: time.Second, resolution: 10}, limit: 20, min: 2, max: 100}
	for _, step := range []struct {
		says string
		s    sample
		want float64
	}{
		{"half of it was in use", sample{inFlight: 10}, 21},
		{"less than half of it", sample{inFlight: 10}, 21},
		{"it took as long as it may", sample{inFlight: 11, sent: time.Minute, done: time.Minute + time.Second}, 22},
		{"or longer by less than can be told apart", sample{inFlight: 11, done: time.Second + 9}, 23},
		{"longer: floor(0.29 x 23)", sample{inFlight: 11, done: time.Second + 10}, 6},
		{"a drop while hardly any were out is one, too: floor(0.29 x 6) is below the least", sample{lost: true}, 2},
		{"and it grows again", sample{inFlight: 1}, 3},
	} {
		l.learn(step.s)
		assert.Equal(t, step.want, l.limit, step.says)
	}
	l.limit = 100
	l.learn(sample{inFlight: 100, done: 1})
	assert.Equal(t, 100.0, l.limit, "it never rises above its most")
	l.learn(sample{lost: true})
	assert.Equal(t, 29.0, l.limit, "0.29 x 100 is 29, also in binary")
}

func TestAGradientStepByStep(t *testing.T) {
	g := &gradient{tolerance: 1.5, queue: 4, smoothing: 0.2}
	l := &limiter{law: g, limit: 20, min: 1, max: 1000}
	for _, step := range []struct {
		says        string
		inFlight    int
		took        time.Duration
		long, limit float64 // of which long in milliseconds
	}{
		{"the first is the average: g = 1, 0.8 x 20 + 0.2 x 24", 20, 100 * time.Millisecond, 100, 20.8},
		{"average 150: g = 1, as 1.5 x 150 / 200 > 1", 20, 200 * time.Millisecond, 150, 21.6},
		{"average 200: g = 1, as 1.5 x 200 / 300 = 1", 20, 300 * time.Millisecond, 200, 22.4},
		{"average 350: g = 525 / 800 = 0.65625", 20, 800 * time.Millisecond, 350, 0.8*22.4 + 0.2*(22.4*0.65625+4)},
		{"less than half of it was in use: unmoved", 10, 350 * time.Millisecond, 350, 21.66},
		{"average 1958.3: g = 2937.5 / 10000 counts as 0.5", 20, 10 * time.Second, 11750.0 / 6, 0.8*21.66 + 0.2*(21.66*0.5+4)},
		{"average 1692.9, more than twice as long: 0.95 of it, and g = 1", 20, 100 * time.Millisecond, 0.95 * 11850 / 7, 20.294 + 0.2*4},
	} {
		l.learn(sample{inFlight: step.inFlight, sent: time.Hour, done: time.Hour + step.took})
		assert.InDelta(t, step.long, g.long/float64(time.Millisecond), 1e-6, step.says)
		assert.InDelta(t, step.limit, l.limit, 1e-9, step.says)
	}
	for range 3 {
		l.learn(sample{inFlight: 100, done: time.Second})
	}
	before := g.long
	l.learn(sample{inFlight: 100, done: 2 * time.Second})
	assert.InDelta(t, before+(2e9-before)*2/601, g.long, 1, "from the eleventh on it is exponential over 600 samples")
}

// As many as the limit says are out; those beyond wait, and the first of them goes as soon as one is done.
func TestWhatIsBeyondTheLimitWaits(t *testing.T) {
	play(t, limited("aimd", option.Values{"start": 2, "max": 3, "timeout": time.Second}), func(t *testing.T, f *floor) {
		f.join(0, 100)
		for range 6 {
			require.True(t, f.ask())
		}
		require.Equal(t, 2, f.at(0))
		job := f.take(0)
		assert.Equal(t, int32(1), job.InFlight, "itself included")
		f.finish(0, job)
		require.Equal(t, 3, f.at(0), "one was of two out: 2 x 1 >= 2, and the limit is 3")
		f.take(0)
		assert.Equal(t, int32(2), f.take(0).InFlight)
		job = f.take(0)
		assert.Equal(t, int32(3), job.InFlight)
		f.finish(0, job)
		require.Equal(t, 1, f.at(0), "there are never more than 3")
		time.Sleep(time.Second + 1)
		f.finish(0, f.held[0])
		require.Equal(t, 1, f.at(0), "it took longer than a second: the limit is floor(0.9 x 3) = 2, and two are out")
	})
}

func TestWhatIsBeyondTheLimitIsRejected(t *testing.T) {
	play(t, func(b *Balancer) {
		limited("gradient", option.Values{"start": 1})(b)
		b.Reject, b.Backlog = true, 0
	}, func(t *testing.T, f *floor) {
		f.join(0, 100)
		f.ask()
		f.ask()
		assert.Equal(t, 1, f.answer().Ticket)
		f.serve(0) // 0.8 x 1 + 0.2 x 5 = 1.8: one
		f.answer()
		f.ask()
		f.ask()
		assert.Equal(t, 3, f.answer().Ticket)
	})
}

// Nobody served what was skipped: that is a drop. What has failed was served.
func TestWhatNobodyServedIsADrop(t *testing.T) {
	for verdict, want := range map[requester.Verdict]float64{
		requester.Succeeded: 21, requester.Failed: 21, requester.TimedOut: 18, requester.Lost: 18,
	} {
		play(t, func(b *Balancer) {
			limited("aimd", nil)(b)
			b.Aim = func(_, due time.Duration) time.Duration { return due }
		}, func(t *testing.T, f *floor) {
			f.join(0, 100)
			for range 20 {
				f.ask()
			}
			for range 19 {
				f.take(0)
			}
			job := f.take(0)
			job.Verdict = verdict
			f.finish(0, job)
			assert.Equal(t, want, f.watchers[0].(*limiter).limit, verdict)
		})
	}
}

// What was swallowed is out, and a drop, at its end: nobody tells the balancer before.
func TestWhatWasSwallowedIsOutUntilItsEnd(t *testing.T) {
	play(t, func(b *Balancer) {
		limited("aimd", option.Values{"start": 3, "backoff": 0.5})(b)
		b.Aim = func(_, due time.Duration) time.Duration { return due }
	}, func(t *testing.T, f *floor) {
		f.join(0, 100)
		for range 6 {
			f.ask()
		}
		for i := range 3 {
			job := f.take(0)
			job.Verdict, job.Until = requester.Lost, []time.Duration{time.Second, 2 * time.Second, requester.Never}[i]
			f.finish(0, job)
		}
		require.Zero(t, f.at(0), "three are out")
		f.sleep(time.Second)
		require.Zero(t, f.at(0), "two are, and the limit is floor(0.5 x 3) = 1")
		f.sleep(time.Second)
		require.Zero(t, f.at(0), "one is out for ever")
		f.join(0, 100)
		require.Equal(t, 1, f.at(0), "until a new incarnation comes: the books of the old one are closed")
	})
}

// Completions that lie in their channel at the same time move the limit in the order in which they were sent.
func TestCompletionsThatLieMoveTheLimitInTheirOrder(t *testing.T) {
	b, queue := New(strategyNamed(t, "least-loaded")), make(chan *worker.Job, 20)
	limited("aimd", nil)(b)
	b.Backlog, b.Epoch, b.Window = Unlimited, time.Now(), wholeRun{}
	b.connect(nil, make(chan *worker.Job, 20))
	Join{Limit: 20, Queue: queue}.apply(b)
	for range 20 {
		b.admit(&requester.Request{End: requester.Never})
	}
	b.dispatch()
	jobs := make([]*worker.Job, 20)
	for i := range jobs {
		jobs[i] = <-queue
	}
	jobs[0].Verdict, jobs[0].Finished = requester.TimedOut, jobs[0].Dispatched+2
	jobs[19].Finished = jobs[19].Dispatched + 1
	b.done <- jobs[19] // the latest that was sent is the first to be done
	b.done <- jobs[0]
	limit := b.watchers[0].(*limiter)
	b.catchUp()
	assert.Equal(t, 18.0, limit.limit, "floor(0.9 x (20 + 1)), and not floor(0.9 x 20) + 1")
}
