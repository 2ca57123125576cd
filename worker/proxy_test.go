package worker

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/requester"
)

// A transit is a request on its way through a proxy, which takes 10 ms to pass it on: what is behind the proxy does with it, and
// what comes of it.
type transit struct {
	says    string
	waits   bool          // the proxy does
	opens   time.Duration // when the balancer behind receives, if not at once
	answers time.Duration // when the worker behind answers; 0: never
	with    requester.Verdict
	until   time.Duration // when whoever asked gives up; 0: never
	faults  []Fault

	passed, done time.Duration // when the balancer behind had it, 0 if never; when the proxy was free
	verdict      requester.Verdict
	home         time.Duration // of the answer; 0: it came from behind, and not from the proxy
	tally        Tally
}

func crashAt(at time.Duration, told requester.Verdict) []Fault {
	return []Fault{{Kind: "crash", Workers: everyone, Zone: AnyZone, At: at, Set: option.Values{"notify": told}}}
}

var everyone = Selection{Share: 1}

// TestTransits holds what a proxy does to hand-computed instants. The request comes at 0.
func TestTransits(t *testing.T) {
	const died, swallowed = requester.Failed, requester.Lost
	for _, row := range []transit{
		{says: "it passes on and is free", answers: 50 * ms,
			passed: 10 * ms, done: 10 * ms, tally: Tally{Passed: 1}},
		{says: "it waits at the door of the balancer behind, and holds its slot", opens: 35 * ms, answers: 50 * ms,
			passed: 35 * ms, done: 35 * ms, tally: Tally{Passed: 1}},
		{says: "it dies before it passes on", faults: crashAt(4*ms, died),
			done: 4 * ms, verdict: died, home: 4 * ms, tally: Tally{Spent: 1}},
		{says: "it dies at the door", opens: 35 * ms, faults: crashAt(20*ms, died),
			done: 20 * ms, verdict: died, home: 20 * ms, tally: Tally{Spent: 1}},
		{says: "and nobody is told", opens: 35 * ms, faults: crashAt(20*ms, swallowed),
			done: 20 * ms, verdict: swallowed, home: 20 * ms, tally: Tally{Spent: 1}},
		{says: "what it has passed on is no longer its own", answers: 50 * ms, faults: crashAt(20*ms, died),
			passed: 10 * ms, done: 10 * ms, tally: Tally{Passed: 1}},
		{says: "it fails fast", faults: []Fault{{Kind: "fail-fast", Workers: everyone, Zone: AnyZone, Set: option.Values{"after": 2 * ms}}},
			done: 2 * ms, verdict: died, home: 2 * ms, tally: Tally{Spent: 1}},
		{says: "it is slow", answers: 50 * ms, faults: []Fault{{Kind: "slow", Workers: everyone, Zone: AnyZone, Set: option.Values{"factor": 2.0}}},
			passed: 20 * ms, done: 20 * ms, tally: Tally{Passed: 1}},

		{says: "one that waits answers when it has been answered", waits: true, answers: 50 * ms,
			passed: 10 * ms, done: 50 * ms, home: 50 * ms, tally: Tally{Passed: 1}},
		{says: "a failure behind is one", waits: true, answers: 50 * ms, with: requester.Failed,
			passed: 10 * ms, done: 50 * ms, verdict: died, home: 50 * ms, tally: Tally{Passed: 1}},
		{says: "and so is a rejection", waits: true, answers: 50 * ms, with: requester.Rejected,
			passed: 10 * ms, done: 50 * ms, verdict: died, home: 50 * ms, tally: Tally{Passed: 1, Spent: 1}},
		{says: "whose time is over is told so", waits: true, answers: 50 * ms, with: requester.TimedOut, until: 40 * ms,
			passed: 10 * ms, done: 50 * ms, verdict: requester.TimedOut, home: 50 * ms, tally: Tally{Passed: 1}},
		{says: "of what was swallowed it hears nothing", waits: true, answers: 20 * ms, with: requester.Lost, until: 80 * ms,
			passed: 10 * ms, done: 80 * ms, verdict: swallowed, home: 80 * ms, tally: Tally{Passed: 1}},
		{says: "it dies while it waits, and what is done behind is done for nobody", waits: true, answers: 50 * ms, faults: crashAt(30*ms, died),
			passed: 10 * ms, done: 30 * ms, verdict: died, home: 30 * ms, tally: Tally{Passed: 1, Spent: 1, Duplicated: 1, MoreService: 5 * ms}},
		{says: "it stands still while the answer comes", waits: true, answers: 50 * ms,
			faults: []Fault{{Kind: "stall", Workers: everyone, Zone: AnyZone, At: 45 * ms, For: 15 * ms}},
			passed: 10 * ms, done: 60 * ms, home: 60 * ms, tally: Tally{Passed: 1}},
		{says: "its answer gets lost", waits: true, answers: 50 * ms,
			faults: []Fault{{Kind: "drop", Workers: everyone, Zone: AnyZone, Set: option.Values{"p": 1.0}}},
			passed: 10 * ms, done: 50 * ms, home: 50 * ms, verdict: swallowed, tally: Tally{Passed: 1}},
	} {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { row.play(t) })
		})
	}
}

// play sends the request through the proxy.
func (x transit) play(t *testing.T) {
	next, queue, done := make(chan *requester.Request), make(chan *Job, 1), make(chan *Job, 1)
	reply := make(chan requester.Response, 1)
	s := newSlot()
	s.Faults, s.Fate = met(x.faults), NewFate(met(x.faults), 1, s.Aim, nil)
	s.Proxy = &Proxy{Next: next, Takes: func(*requester.Request) time.Duration { return 10 * ms }}
	if x.waits {
		s.Proxy.Replies = make(chan requester.Response, 1)
	}
	passed := make(chan time.Duration, 1)
	over := make(chan bool)
	go func() {
		defer close(over)
		time.Sleep(x.opens)
		select {
		case r := <-next:
			passed <- time.Since(s.Epoch)
			x.behind(s, r)
		case <-time.After(time.Second):
			passed <- 0
		}
	}()
	r := ask(0, 99*ms)
	if r.Reply, r.Waits = reply, x.until; x.until == 0 {
		r.Waits = never
	}
	queue <- &Job{Request: r, Done: done}
	close(queue)
	s.Run(ctxOfTest, queue)
	<-over

	assert.Equal(t, x.passed, <-passed)
	j := <-done
	finished, verdict := x.done, x.verdict
	assert.Equal(t, finished, j.Finished)
	if x.home > 0 {
		a := <-reply
		assert.Equal(t, x.home, a.Home())
		assert.Equal(t, verdict, a.Verdict)
		assert.Equal(t, x.waits && x.tally.Passed > x.tally.Spent && x.with != requester.TimedOut && x.with != requester.Lost, a.Served(), "if a worker has begun it")
	}
	if len(x.faults) == 0 || x.faults[0].Kind != "drop" { // the balancer hears of a job though its answer is lost
		assert.Equal(t, verdict, j.Verdict)
	}
	w := &Worker{Slots: []*Slot{s}}
	got := w.Tally()
	x.tally.Received, x.tally.Begun, x.tally.BegunInside, x.tally.Busy, x.tally.BusyInside, x.tally.Failed, x.tally.Ended = 1, 1, 1, x.done, x.done, got.Failed, x.done
	assert.Equal(t, x.tally, got)
}

// behind lets a worker answer that has taken 5 ms, or a balancer, or nobody.
func (x transit) behind(s *Slot, r *requester.Request) {
	time.Sleep(x.answers - time.Since(s.Epoch))
	a := requester.Response{Ticket: r.Ticket, Verdict: x.with, Worker: 7, Began: x.answers - 5*ms, Finished: x.answers}
	if x.with == requester.Rejected || x.with == requester.TimedOut || x.with == requester.Lost {
		a.Worker, a.Began = requester.None, requester.Never
	}
	if x.waits {
		r.Reply <- a
	}
}

// Whoever counts passages hears of each request that a proxy was sent: when it was passed on, or that a dead proxy, or a black hole, never looked
// at it.
func TestAPassageMayHaveNoEnd(t *testing.T) {
	for _, row := range []struct {
		says string
		kind Fault
		ends time.Duration
	}{
		{"it passes on", Fault{Kind: "slow", Workers: everyone, Zone: AnyZone, Set: option.Values{"factor": 1.0}}, 10 * ms},
		{"it is dead", crashAt(0, requester.Failed)[0], never},
		{"it is a black hole", Fault{Kind: "blackhole", Workers: everyone, Zone: AnyZone}, never},
	} {
		synctest.Test(t, func(t *testing.T) {
			passages, next := make(chan Passage, 2), make(chan *requester.Request, 1)
			slot := newSlot()
			faults := []Fault{row.kind}
			slot.Faults, slot.Fate = met(faults), NewFate(met(faults), 1, slot.Aim, nil)
			slot.Proxy = &Proxy{Next: next, Takes: func(*requester.Request) time.Duration { return 10 * ms }, Passages: passages}
			slot.Taken = make(chan struct{}, 1)
			w := &Worker{Slots: []*Slot{slot}, Arrivals: make(chan *Job, 1), Queue: make(chan *Job, 1)}
			w.Hole = &Hole{Faults: met(faults), Fate: NewFate(met(faults), 1, slot.Aim, nil), Epoch: slot.Epoch, Taken: slot.Taken, Aim: slot.Aim, Proxy: slot.Proxy}
			for _, life := range w.Serve(t.Context()) {
				go life()
			}
			r := ask(0, ms)
			r.Reply, r.Waits = make(chan requester.Response, 1), never
			w.Entry() <- &Job{Request: r, Done: make(chan *Job, 1)}
			close(w.Entry())
			synctest.Wait()
			assert.Equal(t, Passage{Proxy: slot.Worker, Finished: row.ends}, <-passages, row.says)
			assert.Empty(t, passages, "it is told once")
		})
	}
}
