package balancer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// swallowed gives a job back that fell into a hole, and of which its requester is not told.
func (f *floor) swallowed(job *worker.Job, until time.Duration) {
	job.Verdict, job.Until, job.Decided = requester.Lost, until, job.Request.Decided
	f.finish(job.Worker, job)
}

// Request 0 is swallowed by worker 0 at 0 s, which has room for one; request 1 waits. The end of the attempt, or of the hole, is at 5 s, and
// another attempt wins at 2 s. Worker 0 holds something until the pending of the one ends, and from then on the other.
func TestWhatWasSwallowedIsPendingUntilItIsWithdrawn(t *testing.T) {
	for _, row := range []struct {
		says  string
		until time.Duration
		lives func(f *floor, decided chan struct{})
		ends  time.Duration // its pending; 0: never
	}{
		{"and else until its end", 5 * time.Second, nil, 5 * time.Second},
		{"or for ever", requester.Never, nil, 0},
		{"before its end", 5 * time.Second, withdrawn, 2 * time.Second},
		{"or for ever, else", requester.Never, withdrawn, 2 * time.Second},
		{"not after its end", time.Second, withdrawn, time.Second},
		{"another request's withdrawal is nothing to it", 5 * time.Second, func(f *floor, _ chan struct{}) {
			withdrawn(f, make(chan struct{}))
		}, 5 * time.Second},
	} {
		t.Run(row.says, func(t *testing.T) {
			play(t, func(b *Balancer) {
				b.Aim = asDue
				b.Features = []Feature{{Kind: "breaker", Set: option.Values{"failures": 1, "reset": time.Hour}}}
				b.Panic = 1 // it is told, and not heeded
			}, func(t *testing.T, f *floor) {
				f.join(0, 1)
				decided := make(chan struct{})
				f.ask(func(r *requester.Request) { r.Decided = decided })
				f.ask()
				f.swallowed(f.take(0), row.until)
				f.sleep(2 * time.Second)
				if row.lives != nil {
					row.lives(f, decided)
				}
				f.sleep(8 * time.Second)
				if row.ends == 0 {
					assert.Zero(t, f.at(0))
					return
				}
				assert.Equal(t, row.ends, f.take(0).Dispatched)
				tripped := f.members[0].causes != 0
				assert.Equal(t, row.ends == row.until, tripped, "a failure is what was swallowed until its end")
				l := f.close()
				assert.Equal(t, []int{2, 2, 0}, []int{l.Dispatched, l.Completed, l.Forgotten})
				assert.Equal(t, 10*time.Second, l.Workers[0].Pending, "one after the other, up to 10 s")
				assert.Empty(t, f.Balancer.swallowed)
			})
		})
	}
}

func withdrawn(f *floor, decided chan struct{}) {
	close(decided)
	f.event(Withdraw{decided})
}

// While nothing waits, completions lie in their channel. What was swallowed is pending up to its own end all the same, whatever makes the balancer
// hear of it later, and else up to its withdrawal.
func TestWhatWasSwallowedEndsInTimeThoughItIsHeardLate(t *testing.T) {
	for _, row := range []struct {
		says  string
		until time.Duration
		heard func(b *Balancer, decided chan struct{})
		want  time.Duration
	}{
		{"a request comes after its end", time.Second, func(*Balancer, chan struct{}) {}, time.Second},
		{"a withdrawal before its end", 5 * time.Second, func(b *Balancer, decided chan struct{}) { Withdraw{decided}.apply(b) }, 3 * time.Second},
		{"a withdrawal after its end", time.Second, func(b *Balancer, decided chan struct{}) { Withdraw{decided}.apply(b) }, time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			b, queue := New(strategyNamed(t, "least-loaded")), make(chan *worker.Job, 1)
			b.Backlog, b.Epoch, b.Window, b.Aim = Unlimited, time.Now(), wholeRun{}, asDue
			b.connect(nil, make(chan *worker.Job, 20))
			Join{Limit: 1, Queue: queue}.apply(b)
			decided := make(chan struct{})
			b.admit(&requester.Request{End: requester.Never, Decided: decided})
			b.dispatch()
			job := <-queue
			job.Verdict, job.Until, job.Decided = requester.Lost, row.until, decided
			assert.Nil(t, b.finished(), "it may lie")
			b.done <- job
			time.Sleep(3 * time.Second)
			row.heard(b, decided)
			b.catchUp()
			assert.Zero(t, b.members[0].Held, row.says)
			assert.Equal(t, row.want, b.members[0].book.Pending, row.says)
			assert.Equal(t, row.want, b.members[0].book.Sojourns, row.says)
		})
	}
}
