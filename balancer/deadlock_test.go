package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/virtualtime"
	"waza/requester"
	"waza/worker"
)

// Why a worker's queue has room for all that the worker may hold. Three requests come at once to one
// worker that may hold three. The balancer sends them off. If the queue is too short it waits inside the send, where it
// hears nobody; the worker finishes its first job and waits for the balancer to hear its Done; and each waits for the
// other to receive. It takes load and bad luck, so it happens in production and not on the desk. In a bubble there
// is no luck: when all wait, it says so.
func TestTheDeadlockOfAShortQueue(t *testing.T) {
	rows := []struct {
		says      string
		room      int
		deadlocks bool
	}{
		{"no queue at all: the second job waits for the worker, the worker for its Done", 0, true},
		{"room for one: the same with the third job", 1, true},
		{"room for all that the worker may hold: a send never waits", 3, false},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			answered := 0
			err := virtualtime.Run(func() { answered = threeAtOnce(t, row.room) })
			if !row.deadlocks {
				require.NoError(t, err)
				assert.Equal(t, 3, answered)
				return
			}
			var deadlock *virtualtime.Deadlock
			require.ErrorAs(t, err, &deadlock)
			assert.Contains(t, deadlock.Stacks, "(*Balancer).send", "the balancer stands here")
			assert.Contains(t, deadlock.Stacks, "balancer.plainWorker", "and the worker there")
		})
	}
}

// threeAtOnce wires a requester, a balancer and a worker by hand and returns how many answers came home.
func threeAtOnce(t *testing.T, room int) (answered int) {
	ask, done, control := make(chan *requester.Request), make(chan *worker.Job), make(chan Control)
	queue := make(chan *worker.Job, room)
	replies := make(chan requester.Response, 3) // so no reply ever waits

	b := New(strategyNamed(t, "least-loaded"))
	b.Backlog, b.Epoch, b.Window = Unlimited, time.Now(), wholeRun{}
	balanced := make(chan struct{})
	go func() {
		b.Run(ask, done, control)
		close(balanced)
	}()
	go plainWorker(queue)
	control <- Join{Worker: 0, Concurrency: 1, Limit: 3, Queue: queue}

	for id := range 3 {
		ask <- &requester.Request{ID: id, End: requester.Never, Reply: replies}
	}
	for range 3 {
		<-replies
		answered++
	}
	control <- Stop{}
	<-balanced
	close(queue)
	return answered
}

// plainWorker serves one job after the other, a second each, and tells the balancer before the requester.
func plainWorker(queue <-chan *worker.Job) {
	for job := range queue {
		time.Sleep(time.Second)
		r := job.Request
		job.Done <- job
		r.Reply <- requester.Response{}
	}
}
