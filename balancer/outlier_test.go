package balancer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// featured opens a floor with that many workers and a feature, with keys as one writes them, under the strategy first: requests go to the
// lowest id that is eligible. Nobody panics unless the test says so.
func featured(t *testing.T, workers int, name string, set option.Values, test func(*testing.T, *floor)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "first", func(b *Balancer) { b.Aim, b.Features = asDue, []Feature{{name, set}} })
		t.Cleanup(func() { f.close() })
		for id := range workers {
			f.join(id, 10)
		}
		test(t, f)
	})
}

// goesTo asks and returns who got it: -1, if it waits.
func (f *floor) goesTo(workers int) int {
	before := make([]int, workers)
	for id := range workers {
		before[id] = f.at(id)
	}
	f.ask()
	for id := range workers {
		if f.at(id) > before[id] {
			return id
		}
	}
	return -1
}

// A worker that always fails is ejected with its fifth failure in a row, and the k-th time for k times the base, at most for the longest.
func TestTheEjectionsOfAWorkerThatAlwaysFails(t *testing.T) {
	featured(t, 10, "outlier", option.Values{"longest": 80 * time.Second}, func(t *testing.T, f *floor) {
		for times, length := range []time.Duration{30 * time.Second, 60 * time.Second, 80 * time.Second, 80 * time.Second} {
			for range 5 {
				assert.Zero(t, f.members[0].causes)
				require.Zero(t, f.goesTo(10))
				f.sleep(time.Second)
				f.fail(0)
			}
			assert.Equal(t, ejected, f.members[0].causes)
			assert.Equal(t, 9, f.health.fit)
			f.sleep(length - time.Nanosecond)
			require.Equal(t, 1, f.goesTo(10), "a nanosecond before the end of ejection %d", times+1)
			f.serve(1)
			f.sleep(time.Nanosecond)
			assert.Equal(t, times+1, f.ledger.Ejections)
		}
	})
}

// One ejection is forgiven for each whole interval since the last one ended.
func TestEjectionsAreForgiven(t *testing.T) {
	featured(t, 10, "outlier", option.Values{"failures": 1}, func(t *testing.T, f *floor) {
		for _, row := range []struct {
			good, length time.Duration // how long it has been well since, and how long it is out then
		}{
			{0, 30 * time.Second},
			{0, 60 * time.Second},
			{9999 * time.Millisecond, 90 * time.Second},
			{10 * time.Second, 90 * time.Second}, // 3 + 1 − 1
			{39 * time.Second, 30 * time.Second}, // 3 + 1 − 3
			{time.Hour, 30 * time.Second},        // no less than none
		} {
			f.sleep(row.good)
			require.Zero(t, f.goesTo(10))
			f.fail(0)
			f.sleep(row.length - time.Nanosecond)
			assert.Equal(t, ejected, f.members[0].causes, "after %v", row.good)
			f.sleep(time.Nanosecond)
			assert.Zero(t, f.members[0].causes, "after %v", row.good)
		}
	})
}

// What was skipped or cancelled is neither a failure nor a success, what a fault has swallowed is a failure, and a success ends a row.
func TestWhatIsAFailureInARow(t *testing.T) {
	for _, row := range []struct {
		says     string
		verdicts []requester.Verdict
		ejected  bool
	}{
		{"three failures", []requester.Verdict{requester.Failed, requester.Failed, requester.Failed}, true},
		{"two, and a success between", []requester.Verdict{requester.Failed, requester.Failed, requester.Succeeded, requester.Failed}, false},
		{"three, and what says nothing between", []requester.Verdict{
			requester.Failed, requester.TimedOut, requester.Failed, requester.Cancelled, requester.Failed}, true},
		{"three that were swallowed", []requester.Verdict{requester.Lost, requester.Failed, requester.Lost}, true},
		{"nothing but skips", []requester.Verdict{requester.TimedOut, requester.TimedOut, requester.TimedOut, requester.TimedOut}, false},
	} {
		featured(t, 10, "outlier", option.Values{"failures": 3}, func(t *testing.T, f *floor) {
			for _, v := range row.verdicts {
				require.Zero(t, f.goesTo(10))
				job := f.take(0)
				job.Verdict = v
				f.finish(0, job)
			}
			assert.Equal(t, row.ejected, f.members[0].Unfit, row.says)
		})
	}
}

// The answers to what was sent before come while a worker is ejected, and when it is back it begins anew.
func TestWhatComesWhileAWorkerIsEjectedDoesNotCount(t *testing.T) {
	featured(t, 1, "outlier", option.Values{"failures": 2, "share": 1.0}, func(t *testing.T, f *floor) {
		for range 3 { // first gives a worker two at most
			f.ask()
		}
		for range 3 {
			f.fail(0)
		}
		assert.Equal(t, 1, f.ledger.Ejections)
		f.sleep(30 * time.Second)
		require.Zero(t, f.goesTo(1))
		f.fail(0)
		assert.False(t, f.members[0].Unfit, "the first in a row")
	})
}

// At most a share of the members is out, rounded down; when one of them is back the next failure ejects another.
func TestNoMoreThanAShareIsEjected(t *testing.T) {
	featured(t, 9, "outlier", option.Values{"failures": 1, "share": 0.25}, func(t *testing.T, f *floor) {
		for id := range 2 {
			require.Equal(t, id, f.goesTo(9))
			f.fail(id)
			f.sleep(time.Second)
		}
		require.Equal(t, 2, f.goesTo(9))
		f.fail(2)
		assert.Equal(t, []int{2, 7}, []int{f.ledger.Ejections, f.health.fit}, "a quarter of nine is two")
		f.event(Leave{Worker: 1})
		f.event(do(func(b *Balancer) { assert.Equal(t, 2, b.health.share(0.25)) }))
		require.Equal(t, 2, f.goesTo(9))
		f.fail(2)
		assert.Equal(t, 3, f.ledger.Ejections, "who has left is not out")
	})
	featured(t, 9, "outlier", option.Values{"failures": 1}, func(t *testing.T, f *floor) {
		require.Zero(t, f.goesTo(9))
		f.fail(0)
		assert.Zero(t, f.ledger.Ejections, "a tenth of nine is nobody")
	})
}

// Of n workers alike k that are worse, however little, are swept if and only if (n − k)/k is more than the square of the deviation:
// theirs is so many standard deviations. One bad one is swept if and only if n is at least 5.
func TestWhoIsSwept(t *testing.T) {
	for n := 2; n <= 40; n++ {
		for k := 1; k < n; k++ {
			for _, failures := range []int{1, 1000, 1_000_000} {
				b := &Balancer{Aim: asDue, Epoch: time.Now(), waiting: &backlog{}}
				o := newOutlier(b, option.Values{"workers": 1, "share": 1.0}).(*outlier)
				b.health.members, b.health.fit = n, n
				for id := range n {
					o.joined(&member{Worker: strategy.Worker{ID: id}})
					o.records[id].well = 1_000_000
					if id < k {
						o.records[id].well, o.records[id].badly = 1_000_000-failures, failures
					}
				}
				o.sweep(0)
				if float64(n-k)/float64(k) > 1.9*1.9 {
					require.Equal(t, k, o.out, "%d of %d fail %d times in a million", k, n, failures)
				} else {
					require.Zero(t, o.out, "%d of %d fail %d times in a million", k, n, failures)
				}
			}
		}
	}
}

// Every ten seconds those are compared that have a hundred answers since, if there are five of them.
func TestTheSweep(t *testing.T) {
	for _, row := range []struct {
		says    string
		answers [6]int // of each worker; those of worker 0 fail now and then
		ejected bool
	}{
		{"five have a hundred", [6]int{100, 100, 100, 100, 100, 0}, true},
		{"the worst has not", [6]int{99, 100, 100, 100, 100, 100}, false},
		{"one of the others has not", [6]int{100, 100, 100, 100, 99, 0}, false},
	} {
		featured(t, 6, "outlier", option.Values{"share": 1.0}, func(t *testing.T, f *floor) {
			f.sleep(8 * time.Second)
			for id, n := range row.answers {
				for i := range n {
					f.event(do(func(b *Balancer) {
						j := &worker.Job{Worker: id, Finished: b.now}
						if id == 0 && i%50 == 0 {
							j.Verdict = requester.Failed
						}
						b.watchers[0].done(b.members[id], j)
					}))
				}
			}
			f.sleep(2*time.Second - time.Nanosecond)
			assert.False(t, f.members[0].Unfit, "it has not come to that")
			f.sleep(time.Nanosecond)
			assert.Equal(t, row.ejected, f.members[0].Unfit, row.says)
			f.sleep(10 * time.Second)
			assert.Equal(t, row.ejected, f.members[0].Unfit, "what was counted is forgotten")
			f.sleep(20 * time.Second)
			assert.False(t, f.members[0].Unfit)
		})
	}
}

// What waits because everybody is ejected goes when the ejection ends, though no message comes then.
func TestTheEndOfAnEjectionIsFollowedByADispatch(t *testing.T) {
	featured(t, 1, "outlier", option.Values{"failures": 1, "share": 1.0}, func(t *testing.T, f *floor) {
		require.Zero(t, f.goesTo(1))
		f.fail(0)
		require.Equal(t, -1, f.goesTo(1))
		f.sleep(30*time.Second - time.Nanosecond)
		assert.Zero(t, f.at(0))
		f.sleep(time.Nanosecond)
		assert.Equal(t, 1, f.at(0))
	})
}

// Completions may be heard much later than they were told, if nothing waits. All is then as if they had been heard at once.
func TestEjectionsBeginWhenTheWorkerFailed(t *testing.T) {
	lazily := func(t *testing.T, asksAt time.Duration, gets int) {
		synctest.Test(t, func(t *testing.T) {
			b := New(strategyNamed(t, "first"))
			b.Backlog, b.Epoch, b.Window, b.Aim = Unlimited, time.Now(), wholeRun{}, asDue
			b.Features = []Feature{{"outlier", option.Values{"failures": 2, "share": 0.5, "interval": time.Hour}}}
			in, done, control, ended := make(chan *requester.Request), make(chan *worker.Job, 8), make(chan Control), make(chan struct{})
			go func() {
				b.Run(in, done, control)
				close(ended)
			}()
			queues, replies := []chan *worker.Job{make(chan *worker.Job, 5), make(chan *worker.Job, 5)}, make(chan requester.Response, 9)
			for id, queue := range queues {
				control <- Join{Worker: id, Concurrency: 1, Limit: 5, Weight: 1, Queue: queue}
			}
			for range 2 {
				in <- &requester.Request{End: requester.Never, Reply: replies}
			}
			for range 2 {
				time.Sleep(time.Second)
				job := <-queues[0]
				job.Verdict, job.Finished = requester.Failed, time.Since(b.Epoch)
				done <- job
			}
			synctest.Wait()
			require.Len(t, done, 2, "nothing waits: they are not heard yet")
			time.Sleep(asksAt - 2*time.Second)
			in <- &requester.Request{End: requester.Never, Reply: replies}
			synctest.Wait()
			assert.Len(t, queues[gets], 1, "at %v", asksAt)
			assert.Equal(t, 1, b.ledger.Ejections)
			control <- Cancel{}
			job := <-queues[gets]
			job.Finished = time.Since(b.Epoch)
			done <- job
			control <- Stop{}
			<-ended
		})
	}
	lazily(t, 3*time.Second, 1)
	lazily(t, 32*time.Second-1, 1)
	lazily(t, 32*time.Second, 0)
	lazily(t, time.Minute, 0)
}

// Every ten seconds those are ejected whose good answers of that time took longer than they may, the slowest first and as many as may be out, if they are
// a hundred with the bad ones. A failure at once does not make a slow one look fast.
func TestWhoTakesTooLongIsEjected(t *testing.T) {
	for _, row := range []struct {
		says      string
		took      [3]time.Duration // good answers of each worker, in the mean
		good, bad int              // of each
		share     float64
		ejected   [3]bool
	}{
		{"one takes too long", [3]time.Duration{100, 101, 50}, 100, 0, 1, [3]bool{1: true}},
		{"two of them do, and one may be out", [3]time.Duration{200, 300, 50}, 100, 0, 0.4, [3]bool{1: true}},
		{"and two may", [3]time.Duration{200, 300, 50}, 100, 0, 0.7, [3]bool{0: true, 1: true}},
		{"too few answers", [3]time.Duration{200, 300, 50}, 99, 0, 1, [3]bool{}},
		{"enough, some of them bad", [3]time.Duration{200, 100, 50}, 60, 40, 1, [3]bool{0: true}},
		{"only bad ones", [3]time.Duration{200, 300, 50}, 0, 100, 1, [3]bool{}},
	} {
		t.Run(row.says, func(t *testing.T) {
			featured(t, 3, "outlier", option.Values{"failures": 1000, "latency": 100 * time.Millisecond, "share": row.share}, func(t *testing.T, f *floor) {
				f.sleep(8 * time.Second)
				answered := func(id int, took time.Duration, v requester.Verdict) {
					f.event(do(func(b *Balancer) {
						b.watchers[0].done(b.members[id], &worker.Job{Worker: id, Dispatched: b.now - took, Finished: b.now, Verdict: v})
					}))
				}
				for id, took := range row.took {
					for i := range row.good {
						around := time.Duration(2*(i%2)-1) * 10 * time.Millisecond
						if i == row.good-1 && row.good%2 == 1 {
							around = 0
						}
						answered(id, took*time.Millisecond+around, requester.Succeeded)
					}
					for range row.bad {
						answered(id, 0, requester.Failed)
					}
				}
				f.sleep(2*time.Second - time.Nanosecond)
				assert.Equal(t, [3]bool{}, unfit(f), "it has not come to that")
				f.sleep(time.Nanosecond)
				assert.Equal(t, row.ejected, unfit(f))
				f.sleep(30 * time.Second)
				assert.Equal(t, [3]bool{}, unfit(f), "what was counted is forgotten")
			})
		})
	}
}

// unfit tells of three workers which are.
func unfit(f *floor) [3]bool {
	return [3]bool{f.members[0].Unfit, f.members[1].Unfit, f.members[2].Unfit}
}
