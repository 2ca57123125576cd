package balancer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
	"waza/worker"
)

// asDue is the Aim of a sleeper that wakes exactly when it is due.
func asDue(_, due time.Duration) time.Duration { return due }

// do is a message that lets a test act on the balancer's goroutine.
type do func(*Balancer)

func (d do) apply(b *Balancer) { d(b) }

// What comes due only changes what is known, and what waits is dispatched then, though no other message comes: here each appointment
// lets a worker have one job more, as the end of an ejection will.
func TestAnAppointmentIsFollowedByADispatch(t *testing.T) {
	play(t, func(b *Balancer) { b.Aim = asDue }, func(t *testing.T, f *floor) {
		f.join(0, 5)
		f.event(do(func(b *Balancer) { b.members[0].Limit, b.room = 1, 1 }))
		for range 5 {
			f.ask()
		}
		var at []time.Duration
		f.event(do(func(b *Balancer) {
			more := func(now time.Duration) {
				at = append(at, now)
				b.members[0].Limit++
				b.room++
			}
			b.at(5*time.Second, more)
			b.at(3*time.Second, more)
			b.at(3*time.Second, func(now time.Duration) { b.at(now+time.Second, more) })
		}))
		for sent, wait := range []time.Duration{3 * time.Second, time.Second, time.Second} {
			f.sleep(wait - time.Nanosecond)
			assert.Equal(t, 1+sent, f.at(0), "a nanosecond before")
			f.sleep(time.Nanosecond)
			assert.Equal(t, 2+sent, f.at(0))
		}
		assert.Equal(t, []time.Duration{3 * time.Second, 4 * time.Second, 5 * time.Second}, at)
	})
}

// A completion may lie in its channel until something else comes. What comes due by itself finds it in the books.
func TestAnAppointmentFindsEarlierCompletionsInTheBooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := New(strategyNamed(t, "least-loaded"))
		b.Backlog, b.Epoch, b.Window, b.Aim = Unlimited, time.Now(), wholeRun{}, asDue
		in, done, control, ended := make(chan *requester.Request), make(chan *worker.Job, 8), make(chan Control), make(chan struct{})
		go func() {
			b.Run(in, done, control)
			close(ended)
		}()
		queue, replies := make(chan *worker.Job, 5), make(chan requester.Response, 1)
		control <- Join{Concurrency: 1, Limit: 5, Weight: 1, Queue: queue}
		in <- &requester.Request{End: requester.Never, Reply: replies}
		held := -1
		control <- do(func(b *Balancer) { b.at(2*time.Second, func(time.Duration) { held = b.members[0].Held }) })
		time.Sleep(time.Second)
		job := <-queue
		job.Finished = time.Second
		done <- job
		synctest.Wait()
		assert.Len(t, done, 1, "nothing waits for room: it is not heard yet")
		time.Sleep(time.Second)
		synctest.Wait()
		assert.Zero(t, held)
		control <- Stop{}
		<-ended
	})
}

// Without an appointment the alarm is switched off.
func TestNothingDueIsNoAlarm(t *testing.T) {
	b := &Balancer{Aim: asDue}
	assert.Nil(t, b.alarm())
}

// What is done every so often is due at multiples of its interval, not so long after it was done last, and no more once no request comes.
func TestWhatIsDoneAtIntervals(t *testing.T) {
	late := func(now, due time.Duration) time.Duration { return due + 300*time.Millisecond }
	for _, row := range []struct {
		says string
		end  Control
	}{{"stopped", Stop{}}, {"cancelled", Cancel{}}} {
		play(t, func(b *Balancer) { b.Aim = late }, func(t *testing.T, f *floor) {
			f.join(0, 1)
			f.ask() // it is out, and the balancer goes on
			var at []time.Duration
			f.event(do(func(b *Balancer) { b.every(time.Second, func(now time.Duration) { at = append(at, now) }) }))
			f.sleep(3500 * time.Millisecond)
			f.event(row.end)
			f.sleep(time.Hour)
			assert.Equal(t, []time.Duration{1300 * time.Millisecond, 2300 * time.Millisecond, 3300 * time.Millisecond}, at, row.says)
			assert.Nil(t, f.alarm(), "nothing is due any more")
			f.serve(0)
		})
	}
}

// What is due so long after something that is past is done at once if it is past, too, in the order of the instants.
func TestAnAppointmentAfterWhatIsPast(t *testing.T) {
	play(t, func(b *Balancer) { b.Aim = asDue }, func(t *testing.T, f *floor) {
		time.Sleep(10 * time.Second)
		var done []string
		f.event(do(func(b *Balancer) {
			for what, length := range map[string]time.Duration{"second": 7 * time.Second, "first": 3 * time.Second, "third": 9 * time.Second} {
				b.after(2*time.Second, length, func(time.Duration) { done = append(done, what) })
			}
			assert.Empty(t, done, "not before all that has been heard")
		}))
		assert.Equal(t, []string{"first", "second"}, done)
		f.sleep(time.Second)
		assert.Equal(t, []string{"first", "second", "third"}, done)
	})
}
