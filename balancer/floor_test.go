package balancer

import (
	"math/rand/v2"
	"slices"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"waza/internal/instant"
	"waza/internal/option"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A floor is a balancer at work in a bubble, with the test in the place of everybody around it: it plays the requesters
// and the workers by hand. After each move it waits until the balancer waits too; then the balancer's books
// may be read, for nobody writes them.
type floor struct {
	*Balancer
	t       require.TestingT
	in      chan *requester.Request
	done    chan *worker.Job
	control chan Control
	replies chan requester.Response
	queues  map[int]chan *worker.Job // of the latest incarnations
	held    []*worker.Job            // taken out of a queue and not finished
	asked   int
	ended   chan struct{}
}

// open starts a balancer with that strategy and an unlimited backlog, unless set changes it. Close it at the end.
func open(t require.TestingT, name string, set func(*Balancer)) *floor {
	return openWith(t, strategyNamed(t, name), set)
}

func openWith(t require.TestingT, s strategy.Strategy, set func(*Balancer)) *floor {
	f := &floor{
		Balancer: New(s), t: t,
		in: make(chan *requester.Request), done: make(chan *worker.Job), control: make(chan Control),
		replies: make(chan requester.Response, 1000), // more than any test asks
		queues:  map[int]chan *worker.Job{}, ended: make(chan struct{}),
	}
	f.Backlog, f.Epoch, f.Window, f.Tell = Unlimited, time.Now(), wholeRun{}, func(requester.Event) {}
	if set != nil {
		set(f.Balancer)
	}
	go func() {
		f.Run(f.in, f.done, f.control)
		close(f.ended)
	}()
	synctest.Wait()
	return f
}

func strategyNamed(t require.TestingT, name string) strategy.Strategy {
	s, err := strategy.New(name, strategy.Parameters{
		Set:       option.Values{"ring-points": 16, "table-size": 101}, // smaller tables than usual
		Balancers: 1, Epoch: time.Now(),
	}, rand.New(rand.NewPCG(1, 1)))
	require.NoError(t, err)
	return s
}

// wholeRun is a window in which everything is measured.
type wholeRun struct{}

func (wholeRun) Known() instant.Interval {
	return instant.Interval{Close: requester.Never, Last: requester.Never}
}

// sleep lets time pass, and all that is due then be done. The balancer will write its books without being asked to by anybody: it is told
// first that the test has read them.
func (f *floor) sleep(d time.Duration) {
	f.event(do(func(*Balancer) {}))
	time.Sleep(d)
	synctest.Wait()
}

// event sends one on the control channel.
func (f *floor) event(e Control) {
	f.control <- e
	synctest.Wait()
}

// join lets a worker in, with one slot and a queue that has room for exactly what it may hold.
func (f *floor) join(id, limit int) {
	lost := f.queues[id]
	f.queues[id] = make(chan *worker.Job, limit)
	f.event(Join{Worker: id, Concurrency: 1, Limit: limit, Weight: 1, Speed: 1, Queue: f.queues[id]})
	for len(lost) > 0 {
		f.bury(<-lost)
	}
}

// bury gives a job back that was lost with its worker: nobody is told.
func (f *floor) bury(job *worker.Job) {
	job.Verdict, job.Until, job.Finished = requester.Lost, requester.Never, f.now()
	f.done <- job
	synctest.Wait()
}

// ask offers the next request, and tells whether the balancer has received it.
func (f *floor) ask(set ...func(*requester.Request)) bool {
	r := &requester.Request{ID: f.asked, Attempt: 1, Ticket: f.asked, End: requester.Never, Reply: f.replies}
	for _, s := range set {
		s(r)
	}
	select {
	case f.in <- r:
		f.asked++
		synctest.Wait()
		return true
	default: // it waits for something, but not for this
		return false
	}
}

// at returns how many jobs are in a worker's queue.
func (f *floor) at(id int) int { return len(f.queues[id]) }

// take takes a job out of a worker's queue, which must have one.
func (f *floor) take(id int) *worker.Job {
	select {
	case job := <-f.queues[id]:
		f.held = append(f.held, job)
		return job
	default:
		require.Fail(f.t, "nothing is in the queue", "of worker %d", id)
		return nil
	}
}

// peek returns which request is at the head of a worker's queue, which must have one. It stays there.
func (f *floor) peek(id int) int {
	require.NotZero(f.t, f.at(id), "nothing is in the queue of worker %d", id)
	job := <-f.queues[id]
	behind := f.at(id)
	f.queues[id] <- job
	for range behind { // all go round once
		f.queues[id] <- <-f.queues[id]
	}
	return job.Request.ID
}

// finish ends a job that was taken as a worker does: first it tells the balancer, then the requester.
func (f *floor) finish(id int, job *worker.Job) {
	for i := range f.held {
		if f.held[i] == job {
			f.held = append(f.held[:i], f.held[i+1:]...)
			break
		}
	}
	now := f.now()
	r := job.Request
	job.Finished, job.Idle = now, f.idle(id)
	f.done <- job
	synctest.Wait()
	r.Reply <- requester.Response{Ticket: r.Ticket, Worker: id, Finished: now}
}

// idle tells whether a worker holds nothing, in any incarnation.
func (f *floor) idle(id int) bool {
	return f.at(id) == 0 && !slices.ContainsFunc(f.held, func(j *worker.Job) bool { return j.Worker == id })
}

// serve takes a job and finishes it.
func (f *floor) serve(id int) { f.finish(id, f.take(id)) }

// fail takes a job and finishes it with an error.
func (f *floor) fail(id int) {
	job := f.take(id)
	job.Verdict = requester.Failed
	f.finish(id, job)
}

// answer returns the answer that has come, which must be one.
func (f *floor) answer() requester.Response {
	select {
	case a := <-f.replies:
		return a
	default:
		require.Fail(f.t, "there is no answer")
		return requester.Response{}
	}
}

// over tells whether Run has returned.
func (f *floor) over() bool {
	select {
	case <-f.ended:
		return true
	default:
		return false
	}
}

// close ends the run, whatever is still out, and returns what the balancer has counted.
func (f *floor) close() Ledger {
	if !f.over() {
		f.event(Cancel{})
		for id, queue := range f.queues {
			for len(queue) > 0 {
				f.serve(id)
			}
		}
		for len(f.held) > 0 { // what a test has taken and not finished
			job := f.held[0]
			f.held = f.held[1:]
			job.Finished = f.now()
			f.done <- job
			synctest.Wait()
		}
		f.event(Stop{})
		<-f.ended
	}
	return f.Ledger()
}

// now tells the time to the test; the balancer's own note of it is its own.
func (f *floor) now() time.Duration { return time.Since(f.Epoch) }
