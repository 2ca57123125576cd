package requester

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// A rig is a requester in a bubble, with the test in the place of the balancer and the workers.
type rig struct {
	*Requester
	t          assert.TestingT
	ask        chan *Request
	room       int           // of the channel of answers
	shut       time.Duration // the balancer does not receive before this instant
	milestones chan Milestone
	noticed    chan struct{}
	issuing    context.Context
	run        context.Context
}

// list are arrivals at given instants.
type list []time.Duration

func (l *list) Next(time.Duration) (time.Duration, bool) {
	if len(*l) == 0 {
		return 0, false
	}
	at := (*l)[0]
	*l = (*l)[1:]
	return at, true
}

// newRig returns a requester of one request at each of the instants, 1 ms of work each, that wakes exactly when it is due.
func newRig(t assert.TestingT, starts ...time.Duration) *rig {
	arrivals := list(starts)
	g := &rig{
		t: t, ask: make(chan *Request), room: 100, milestones: make(chan Milestone, 2), noticed: make(chan struct{}, 1),
		issuing: context.Background(), run: context.Background(),
	}
	g.Requester = &Requester{
		Of: 1, Quota: len(starts), Arrivals: &arrivals, BlockSize: 1, Epoch: time.Now(), Propagate: true, Noticed: g.noticed,
		Work: func() time.Duration { return ms },
		Aim:  func(_, due time.Duration) time.Duration { return due },
	}
	return g
}

// play lets the requester run, hands every attempt to the balancer as it comes, and returns the outcomes by id.
// While balancer has not returned, the door is shut.
func (g *rig) play(balancer func(q *Request)) []Outcome {
	blocks, ended := make(chan []Outcome, g.Quota), make(chan struct{})
	go func() {
		g.Run(g.issuing, g.run, g.ask, make(chan Response, g.room), blocks, nil, g.milestones)
		close(ended)
	}()
	time.Sleep(g.shut)
	for {
		select {
		case q := <-g.ask:
			balancer(q)
		case <-ended:
			close(blocks)
			var outcomes []Outcome
			for block := range blocks {
				assert.LessOrEqual(g.t, len(block), g.BlockSize)
				outcomes = append(outcomes, block...)
			}
			slices.SortFunc(outcomes, func(a, b Outcome) int { return a.ID - b.ID }) // at one instant any may be first
			return outcomes
		}
	}
}

// serve is a worker that begins at once, takes so long, and then answers.
func (g *rig) serve(q *Request, took time.Duration, v Verdict) { g.serveFar(q, took, 0, v) }

// serveFar is serve in another zone: the answer has a way to go.
func (g *rig) serveFar(q *Request, took, way time.Duration, v Verdict) {
	now := g.now()
	a := Response{Ticket: q.Ticket, Verdict: v, Worker: 5, Dispatched: now, Began: now, Finished: now + took, Way: way}
	g.later(q.Reply, a)
}

// refuse answers after so long without any service.
func (g *rig) refuse(q *Request, after time.Duration, v Verdict) {
	g.later(q.Reply, Response{
		Ticket: q.Ticket, Verdict: v, Worker: None, Dispatched: Never, Began: Never, Finished: g.now() + after,
	})
}

// later sends the answer at the instant that it names. It must never have to wait for the requester.
func (g *rig) later(reply chan<- Response, a Response) {
	go func() {
		time.Sleep(a.Finished - g.now())
		g.send(reply, a)
	}()
}

func (g *rig) send(reply chan<- Response, a Response) {
	select {
	case reply <- a:
	default:
		assert.Fail(g.t, "the reply channel is full")
	}
}

// attempts counts attempts by verdict.
func attempts(verdicts ...Verdict) (counts [Verdicts]uint8) {
	for _, v := range verdicts {
		counts[v]++
	}
	return counts
}

// in cancels a context at an instant of the run.
func in(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(d, cancel)
	t.Cleanup(cancel)
	return ctx
}

// now tells the time to the test; the requester's own note of it is its own.
func (g *rig) now() time.Duration { return time.Since(g.Epoch) }
