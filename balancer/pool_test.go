package balancer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/virtualtime"
	"waza/requester"
	"waza/worker"
)

// pooled is a balancer with a pool that looks every half second and lets idle workers go after five.
func pooled(start, least int, delay time.Duration) func(*Balancer) {
	return func(b *Balancer) {
		b.Aim = asDue
		b.Pool = Pool{Start: start, Least: least, Interval: time.Second / 2, Delay: delay, Idle: 5 * time.Second}
	}
}

// joinAll lets so many workers join, as the pool wants it.
func (f *floor) joinAll(n, limit int) {
	for id := range n {
		f.queues[id] = make(chan *worker.Job, limit)
		f.event(Join{Worker: id, Concurrency: 1, Limit: limit, Weight: 1, Queue: f.queues[id], Reserve: id >= f.Pool.Start})
	}
}

// until sleeps until that instant has passed.
func (f *floor) until(at time.Duration) { f.sleep(at - f.now()) }

// there are the ids of the workers that are members.
func (f *floor) there() (ids []int) {
	for id, m := range f.members {
		if m != nil && m.presence == joined {
			ids = append(ids, id)
		}
	}
	return ids
}

// Five workers run, each with one slot and room for three. Of them so many are sent something.
func TestWhenAPoolStartsWorkers(t *testing.T) {
	for _, row := range []struct {
		says           string
		busy, queued   int
		least, started int
	}{
		{"nothing waits", 5, 0, 5, 0},
		{"one request waits at a worker: one starts", 5, 1, 5, 1},
		{"three wait", 5, 3, 5, 3},
		{"more wait than there are in reserve", 5, 7, 5, 4},
		{"four of five are ⌊0.8 · 5⌋", 4, 2, 5, 2},
		{"three are not", 3, 2, 5, 0},
	} {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := open(t, "first", pooled(5, row.least, 0)) // the lowest id that holds less than two
				defer f.close()
				f.joinAll(9, 3)
				f.put(row.busy, row.queued)
				f.until(time.Second/2 - 1)
				assert.Len(t, f.there(), 5, "the first look is after one interval")
				f.until(time.Second / 2)
				assert.Len(t, f.there(), 5+row.started)
				assert.Equal(t, row.started, f.ledger.Started)
			})
		})
	}
}

// put lets so many workers hold one job each, and lets that many more jobs wait: at the first of them, up to its limit, and so on.
func (f *floor) put(busy, queued int) {
	for id := range busy {
		f.hand(f.members[id])
	}
	for id := 0; queued > 0; id++ {
		for m := f.members[id]; queued > 0 && m.Held < m.Limit; queued-- {
			f.hand(m)
		}
	}
}

// hand sends a request to that worker, whatever the strategy would say.
func (f *floor) hand(m *member) {
	f.event(do(func(b *Balancer) {
		b.ledger.Admitted++
		b.send(&requester.Request{ID: f.asked, End: requester.Never, Reply: f.replies}, m)
	}))
	f.asked++
}

// What waits in the backlog counts like what waits at a worker, and a worker that starts is there after its delay; meanwhile it
// counts, and nothing more is started for what waits once the reserve is empty.
func TestAWorkerThatStartsIsThereAfterItsDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "pull", pooled(1, 1, 700*time.Millisecond))
		defer f.close()
		f.joinAll(4, 1)
		for range 4 { // one is served, three wait
			f.ask()
		}
		f.until(time.Second / 2)
		assert.Equal(t, 3, f.ledger.Started)
		f.until(1200*time.Millisecond - 1)
		assert.Equal(t, []int{0}, f.there())
		f.until(1200 * time.Millisecond)
		assert.Equal(t, []int{0, 1, 2, 3}, f.there())
		assert.Equal(t, []int{1, 1, 1}, []int{f.at(1), f.at(2), f.at(3)}, "and what waited is with them")
		l := f.close()
		assert.Equal(t, 3, l.Started, "no more than there are")
		assert.Equal(t, 1200*time.Millisecond, l.Workers[3].Stays.Since)
		assert.Equal(t, 4, l.Size.Most)
		assert.Equal(t, 1., l.Size.Mean(0, time.Second))
		assert.InDelta(t, 3.4, l.Size.Mean(time.Second, 2*time.Second), 0.01)
	})
}

// What waits is counted at every tick, whoever is on the way: two more start for the same request before the first is there.
func TestWhatWaitsForAStartIsCountedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "pull", pooled(1, 1, 1200*time.Millisecond))
		defer f.close()
		f.joinAll(5, 1)
		f.ask()
		f.ask()
		for tick := range 3 {
			f.until(time.Duration(1+tick) * time.Second / 2)
			assert.Equal(t, 1+tick, f.ledger.Started)
		}
		f.until(2 * time.Second)
		assert.Equal(t, []int{0, 1}, f.there(), "since 1.7 s")
		assert.Equal(t, 3, f.ledger.Started, "nothing waits any more")
	})
}

// Who has been idle longest leaves first, since its last finish or since it joined, and the least stay. Who has left stands in reserve, and
// comes again as if for the first time.
func TestWhoIsIdleLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "pull", pooled(4, 2, 0))
		defer f.close()
		f.joinAll(4, 1)
		f.until(time.Second)
		f.ask() // worker 0
		f.ask() // worker 1
		f.until(2 * time.Second)
		f.serve(1)
		f.until(3 * time.Second)
		f.serve(0)
		f.until(5*time.Second - 1)
		assert.Equal(t, []int{0, 1, 2, 3}, f.there())
		f.until(5 * time.Second)
		assert.Equal(t, []int{0, 1}, f.there(), "2 and 3 had nothing to do since they joined, and the least are two")
		f.until(20 * time.Second)
		assert.Equal(t, []int{0, 1}, f.there())
		for range 3 { // at 20.5 s one starts, and that lets nobody leave: all are busy
			f.ask()
		}
		f.until(20*time.Second + time.Second/2)
		assert.Equal(t, []int{0, 1, 2}, f.there())
		assert.Equal(t, 1, f.take(2).Incarnation, "the second time")
		f.until(21 * time.Second)
		f.finish(2, f.held[0])
		f.until(26*time.Second - 1)
		assert.Equal(t, []int{0, 1, 2}, f.there())
		f.until(26 * time.Second)
		assert.Equal(t, []int{0, 1}, f.there(), "the others are busy")
		l := f.close()
		assert.Equal(t, []int{1, 3}, []int{l.Started, l.Left})
		assert.Equal(t, 5*time.Second+5500*time.Millisecond, l.Workers[2].Stays.Past)
	})
}

// Under a strategy that leaves requests where they are, an idle worker may have to leave in the very instant in which others start.
func TestWhoHasBeenIdleForLongLeavesWhenOthersCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "first", pooled(2, 2, 0))
		defer f.close()
		f.joinAll(3, 5)
		f.until(10 * time.Second)
		f.put(1, 2) // two requests wait at worker 0, and worker 1 has never had one
		f.until(10*time.Second + time.Second/2)
		assert.Equal(t, []int{0, 2}, f.there(), "one of two is ⌊0.8 · 2⌋")
	})
}

// Where workers leave at the instant of a tick, the tick finds them there: three busy ones are too few of five.
func TestATickComesBeforeThoseWhoLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "first", pooled(5, 1, 0))
		defer f.close()
		f.joinAll(6, 3)
		f.until(4800 * time.Millisecond)
		f.put(3, 2)
		f.until(5 * time.Second)
		assert.Equal(t, []int{0, 1, 2}, f.there())
		assert.Zero(t, f.ledger.Started)
		f.until(5*time.Second + time.Second/2)
		assert.Equal(t, []int{0, 1, 2, 3, 4}, f.there(), "and enough of three")
	})
}

// A worker that comes back as a new incarnation while it stands in reserve goes on standing there.
func TestWhoIsInReserveStaysThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := open(t, "pull", pooled(1, 1, time.Second))
		defer f.close()
		f.joinAll(3, 1)
		f.join(1, 1)
		assert.Equal(t, []int{0}, f.there())
		f.ask()
		f.ask()
		f.until(time.Second)
		f.join(1, 1) // it is on its way
		assert.Equal(t, []int{0}, f.there())
		f.until(1500 * time.Millisecond)
		assert.Equal(t, []int{0, 1}, f.there())
		assert.Equal(t, 1, f.at(1), "its newest queue is used")
		f.join(1, 1)
		assert.Equal(t, []int{0, 1}, f.there(), "now it is a member that comes back")
		assert.Equal(t, 1, f.members[1].incarnation)
	})
}

// The ticks of a pool keep no clock going: where all wait for one another, that is found out.
func TestAPoolHidesNoDeadlock(t *testing.T) {
	err := virtualtime.Run(func() {
		f := open(t, "pull", pooled(2, 1, time.Minute))
		f.joinAll(5, 1)
		for range 4 {
			f.ask()
		}
		<-f.replies // that nobody sends
	})
	var deadlock *virtualtime.Deadlock
	require.ErrorAs(t, err, &deadlock)
}

// A Size knows how many there were when, however long the run goes on, and takes no more room.
func TestASizeKnowsHowManyThereWere(t *testing.T) {
	var s Size
	const step = 3 * time.Millisecond
	for i := range 200_000 { // one more and one less, for ten minutes
		s.Change(time.Duration(i)*step, 1-2*(i%2))
	}
	assert.LessOrEqual(t, len(s.marks), mostMarks)
	assert.Equal(t, 1, s.Most)
	part := 4 * s.step
	for at := time.Duration(0); at+part < s.since; at += part {
		assert.InDelta(t, 0.5, s.Mean(at, at+part), float64(step)/float64(part))
	}
	assert.Zero(t, s.Mean(s.since, s.since+time.Hour), "it is as at the last change from then on")

	s = Size{}
	s.Change(0, 5)
	s.Change(90*time.Second, -3)
	assert.Equal(t, 5., s.Mean(0, 50*time.Second))
	assert.InDelta(t, 4.7, s.Mean(0, 100*time.Second), 1e-9)
	assert.Equal(t, 2., s.Mean(90*time.Second, 1000*time.Hour))
}
