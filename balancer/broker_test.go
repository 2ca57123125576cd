package balancer

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
	"waza/worker"
)

// claiming is a balancer that claims what a worker holds which has not beaten for three seconds.
func claiming(set ...func(*Balancer)) func(*Balancer) {
	return func(b *Balancer) {
		leased(3*time.Second, newDiary())(b)
		b.Claims = true
		for _, s := range set {
			s(b)
		}
	}
}

// reply ends a job as a worker does that answers its balancer.
func (f *floor) reply(job *worker.Job, began time.Duration, v requester.Verdict) {
	now := f.now()
	job.Verdict, job.Finished, job.Until = v, now, requester.Never
	job.Claim.Answer = requester.Response{Ticket: job.Request.Ticket, Verdict: v, Worker: job.Worker, Began: began, Finished: now}
	f.held = slices.DeleteFunc(f.held, func(j *worker.Job) bool { return j == job })
	f.done <- job
	synctest.Wait()
}

// swallow ends a job that was swallowed with its worker's life.
func (f *floor) swallow(job *worker.Job, began time.Duration) {
	job.Claim.Dead = true
	f.reply(job, began, requester.Lost)
}

// taken tells whether the worker that has the job learns, when it comes to it, that it need not begin it.
func taken(job *worker.Job) bool {
	select {
	case <-job.Claim.Taken:
		return true
	case <-job.Claim.Answered:
		return true
	default:
		return false
	}
}

// sleepBeating lets the time pass in seconds, at each of which a worker beats.
func (f *floor) sleepBeating(seconds, id int) {
	for range seconds {
		f.sleep(time.Second)
		f.event(Beat{id})
	}
}

// What a silent worker holds goes to another when the lease is over, in the order in which it was sent, and before what waits. Whoever answers
// first answers the requester.
func TestASilentWorkerIsReplaced(t *testing.T) {
	for _, row := range []struct {
		says string
		ends func(f *floor, old, anew *worker.Job)
		want Ledger
		who  int
	}{
		{"its own answer is late, and a duplicate", func(f *floor, old, anew *worker.Job) {
			f.reply(anew, 3*time.Second, requester.Succeeded)
			f.reply(old, 0, requester.Succeeded)
		}, Ledger{Claims: 1, Duplicated: 1, MoreService: 4 * time.Second}, 1},
		{"its own answer comes first, and the copy that is not begun is buried", func(f *floor, old, anew *worker.Job) {
			f.reply(old, 0, requester.Succeeded)
			require.True(f.t, taken(anew))
			f.reply(anew, requester.Never, requester.Lost)
		}, Ledger{Claims: 1, Reburied: 1}, 0},
		{"its own answer comes first, and the copy that has begun is a duplicate", func(f *floor, old, anew *worker.Job) {
			f.reply(old, 0, requester.Succeeded)
			f.sleep(time.Second)
			f.reply(anew, 3*time.Second, requester.Succeeded)
		}, Ledger{Claims: 1, Duplicated: 1, MoreService: 2 * time.Second}, 0},
		{"it is back, and buries what it has not begun", func(f *floor, old, anew *worker.Job) {
			require.False(f.t, taken(old))
			f.event(Beat{0})
			require.True(f.t, taken(old))
			require.False(f.t, taken(anew))
			f.reply(old, requester.Never, requester.Lost)
			f.reply(anew, 3*time.Second, requester.Succeeded)
		}, Ledger{Claims: 1, Reburied: 1}, 1},
		{"it was dead, and its service is broken", func(f *floor, old, anew *worker.Job) {
			f.swallow(old, 0)
			f.reply(anew, 3*time.Second, requester.Succeeded)
		}, Ledger{Claims: 1, Broken: 1, MoreService: 4 * time.Second}, 1},
		{"the other dies too, and it is claimed once more", func(f *floor, old, anew *worker.Job) {
			f.swallow(old, requester.Never)
			f.join(0, 1) // a new life
			f.sleepBeating(3, 0)
			f.swallow(anew, 3*time.Second)
			third := f.take(0)
			f.reply(third, 7*time.Second, requester.Succeeded)
		}, Ledger{Claims: 2, Reburied: 1, Broken: 1, MoreService: 4 * time.Second}, 0},
	} {
		t.Run(row.says, func(t *testing.T) {
			play(t, claiming(), func(t *testing.T, f *floor) {
				f.join(0, 1)
				f.ask()
				old := f.take(0)
				f.sleep(time.Second)
				f.join(1, 1)
				f.event(Beat{1})
				f.sleep(2 * time.Second)
				f.event(Beat{1})
				anew := f.take(1)
				assert.Equal(t, old.Request.ID, anew.Request.ID)
				assert.Equal(t, 3*time.Second, anew.Dispatched)
				f.sleep(time.Second)
				row.ends(f, old, anew)
				assert.Equal(t, row.who, f.answer().Worker)
				assert.Empty(t, f.replies, "one answer for one request")
				l := f.close()
				assert.Equal(t, row.want, Ledger{
					Claims: l.Claims, Duplicated: l.Duplicated, Broken: l.Broken, Reburied: l.Reburied, MoreService: l.MoreService,
				})
				assert.Equal(t, 1, l.Admitted)
				assert.Equal(t, 1+row.want.Claims, l.Dispatched)
				assert.Equal(t, l.Dispatched, l.Completed+l.Forgotten)
			})
		})
	}
}

// Claims ignore the limit of the backlog, keep the order of dispatch, and go before what came later. If the old owner answers one that waits
// for another, it is not sent again.
func TestClaimedAttemptsGoFirst(t *testing.T) {
	play(t, claiming(func(b *Balancer) { b.Reject, b.Backlog = true, 1 }), func(t *testing.T, f *floor) {
		f.join(0, 4)
		for range 4 {
			f.ask()
		}
		first := f.take(0)
		f.sleep(2 * time.Second)
		f.ask()              // the fifth waits
		f.ask()              // and the sixth finds no room
		f.sleep(time.Second) // nobody is left
		require.Equal(t, requester.Rejected, f.answer().Verdict)
		f.reply(first, 0, requester.Succeeded)
		require.Equal(t, 0, f.answer().Ticket)
		f.join(1, 3)
		assert.Equal(t, 3, f.at(1))
		for want := 1; want < 4; want++ {
			job := f.take(1)
			assert.Equal(t, want, job.Request.ID)
			f.reply(job, f.now(), requester.Succeeded)
		}
		assert.Equal(t, 4, f.take(1).Request.ID, "the one that waits")
		l := f.close()
		assert.Equal(t, []int{4, 1}, []int{l.Claims, l.Retracted})
	})
}

// A new life that begins before the lease is over has nothing of the old: that is claimed at once.
func TestARebirthClaimsWhatTheOldLifeHeld(t *testing.T) {
	play(t, claiming(), func(t *testing.T, f *floor) {
		f.join(0, 2)
		f.ask()
		f.ask()
		one, two := f.take(0), f.take(0)
		f.swallow(one, 0)
		f.swallow(two, requester.Never)
		require.Empty(t, f.replies)
		f.sleep(time.Second)
		f.join(0, 2)
		for want := range 2 {
			job := f.take(0)
			assert.Equal(t, want, job.Request.ID)
			assert.Equal(t, 1, job.Incarnation)
			f.reply(job, time.Second, requester.Succeeded)
		}
		l := f.close()
		assert.Equal(t, []int{2, 1, 1, 4, 2, 2}, []int{l.Claims, l.Broken, l.Reburied, l.Dispatched, l.Completed, l.Forgotten})
	})
}

// What a worker has lost is answered when the run ends before anybody could claim it: a proxy that has asked, and died, keeps nobody waiting.
func TestTheEndAnswersWhatIsLost(t *testing.T) {
	play(t, claiming(), func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask()
		f.swallow(f.take(0), 0)
		require.Empty(t, f.replies, "somebody may claim it")
		f.event(Stop{})
		<-f.ended
		require.Len(t, f.replies, 1)
		assert.Equal(t, requester.Lost, f.answer().Verdict)
	})
}
