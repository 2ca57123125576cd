package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
	"waza/worker"
)

// resized plays with three workers of which so many are there at first; each may hold that many.
func resized(t *testing.T, start, limit int, all []Resize, test func(*testing.T, *floor), set ...func(*Balancer)) {
	t.Helper()
	play(t, func(b *Balancer) {
		b.Aim, b.Resizes, b.Pool.Start = asDue, all, start
		for _, s := range set {
			s(b)
		}
	}, func(t *testing.T, f *floor) {
		f.joinAll(3, limit)
		test(t, f)
	})
}

// From two workers to three at 1 s, to one at 2 s, and to two at 4 s, before the second has finished what it held: it goes on with that.
func TestTheNumberOfWorkersChangesAtItsInstants(t *testing.T) {
	resized(t, 2, 2, []Resize{{time.Second, 3}, {2 * time.Second, 1}, {4 * time.Second, 2}}, func(t *testing.T, f *floor) {
		for range 6 {
			f.ask()
		}
		f.sleep(time.Second - 1)
		require.Equal(t, []int{0, 1}, f.there())
		require.Equal(t, []int{2, 2, 0}, []int{f.at(0), f.at(1), f.at(2)})
		f.sleep(1)
		require.Equal(t, []int{0, 1, 2}, f.there())
		require.Equal(t, 2, f.at(2), "what waited is with the new one")
		f.sleep(time.Second)
		require.Equal(t, []int{0}, f.there())
		f.sleep(500 * time.Millisecond)
		f.serve(2)
		f.serve(2) // at 2.5 s it has drained, and is gone
		f.sleep(500 * time.Millisecond)
		f.serve(1) // at 3 s it has one more
		f.ask()
		f.ask()
		require.Equal(t, []int{2, 1}, []int{f.at(0), f.at(1)}, "who leaves gets nothing")
		f.sleep(time.Second)
		require.Equal(t, []int{0, 1}, f.there())
		require.Equal(t, []int{2, 2}, []int{f.at(0), f.at(1)}, "it has room for one")
		require.Zero(t, f.members[1].incarnation, "it is in the life that it was in")
		f.serve(1)
		l := f.close()
		assert.Equal(t, []int{2, 2, 0}, []int{l.Started, l.Left, l.Forgotten})
		assert.Equal(t, 3, l.Size.Most)
		assert.Equal(t, 1500*time.Millisecond, l.Workers[2].Stays.Past, "from 1 s to 2.5 s")
		assert.Equal(t, Stays{Here: true}, l.Workers[1].Stays, "it has not been away")
	})
}

// An interruption may keep workers from joining, and one of them comes back from a death all the same.
func TestAResizeHeedsThatWorkersHaveNotJoined(t *testing.T) {
	play(t, func(b *Balancer) {
		b.Aim, b.Resizes, b.Pool.Start = asDue, []Resize{{time.Second, 1}, {2 * time.Second, 3}}, 3
	}, func(t *testing.T, f *floor) {
		f.join(2, 1)
		f.sleep(3 * time.Second)
		require.Equal(t, []int{2}, f.there())
		l := f.close()
		assert.Equal(t, []int{0, 0}, []int{l.Started, l.Left})
	})
}

// Who has left for good comes back as a new incarnation with nothing.
func TestWhoHasDrainedComesBackWithNothing(t *testing.T) {
	resized(t, 2, 2, []Resize{{time.Second, 1}, {2 * time.Second, 2}}, func(t *testing.T, f *floor) {
		f.ask()
		f.ask()
		f.sleep(time.Second)
		f.serve(1)
		f.sleep(time.Second)
		require.Equal(t, []int{0, 1}, f.there())
		assert.Equal(t, 1, f.members[1].incarnation)
		f.ask()
		assert.Equal(t, 1, f.at(1))
	})
}

// A worker that begins another life while it stands in reserve has nothing any more, and joins when it is called.
func TestANewLifeInReserve(t *testing.T) {
	resized(t, 2, 2, []Resize{{time.Second, 1}, {3 * time.Second, 2}}, func(t *testing.T, f *floor) {
		f.ask()
		f.ask()
		f.sleep(2 * time.Second)
		lost := f.queues[1]
		f.queues[1] = make(chan *worker.Job, 2)
		f.event(Join{Worker: 1, Concurrency: 1, Limit: 2, Weight: 1, Queue: f.queues[1]})
		require.Equal(t, []int{0}, f.there())
		require.Equal(t, 1, f.ledger.Forgotten, "what it held is lost")
		f.bury(<-lost)
		f.sleep(time.Second)
		require.Equal(t, []int{0, 1}, f.there())
		f.ask()
		assert.Equal(t, 1, f.at(1))
		assert.Equal(t, 1, f.close().Forgotten)
	})
}

// What happens is told in its order.
func TestResizesAreTold(t *testing.T) {
	diary := make(chan requester.Event, 10)
	resized(t, 1, 2, []Resize{{time.Second, 2}, {2 * time.Second, 1}}, func(t *testing.T, f *floor) {
		f.sleep(3 * time.Second)
		for _, want := range []requester.Event{
			{At: time.Second, What: requester.Resizes, Why: "from 1 to 2 workers"},
			{At: time.Second, What: requester.Joins, Worker: 1},
			{At: 2 * time.Second, What: requester.Resizes, Why: "from 2 to 1 workers"},
			{At: 2 * time.Second, What: requester.Leaves, Worker: 1},
		} {
			assert.Equal(t, want, <-diary)
		}
	}, func(b *Balancer) { b.Tell = func(e requester.Event) { diary <- e } })
}
