package simulation

import (
	"context"
	"io"
	"slices"
	"time"

	"waza/balancer"
	"waza/report"
	"waza/requester"
)

// A topology is the processes of one run, as in the picture in the README, and the channels between them. With proxies the worker in it is
// a proxy, and sends the Request on to a balancer behind it, whose worker answers on the reply channel.
//
//	requester ──Request──▶ balancer ───Job────▶ worker
//	    ▲                     ▲                   │ │
//	    │                     └───────Done────────┘ │
//	    └──────────────Response (reply channel)─────┘
//	requester ──Outcomes──▶ report
type topology struct {
	*Config
	epoch time.Time        // instant 0
	curve *requester.Curve // of the arrivals; nil: their rate is even

	homes      []int  // the zone of each requester
	slow       []bool // which requesters take a while to send a body; nil: none
	requesters []*requester.Requester
	stages     []*stage // that a request passes, in this order
	window     *report.Window
	fold       *report.Fold

	outcomes   chan []requester.Outcome
	used       chan []requester.Outcome // blocks that the report has done with
	milestones chan requester.Milestone // a warm-up that is over, a last request: they make the window of a closed loop
	noticed    chan struct{}            // a requester has seen the interruption, or a balancer that the person has waited enough
}

// simulate is the story of one run: who begins and ends in what order. A process ends when nothing can come to it any more, so the
// order is that of the arrows in the picture.
func (c *Config) simulate(issuing, hurry context.Context, name string, s Spectators) (report.Result, error) {
	run, end := context.WithCancel(context.Background())
	defer end()
	service, halt := context.WithCancel(context.Background())
	defer halt()
	t, err := c.build(issuing, service, hurry, name, s)
	if err != nil {
		return report.Result{}, err
	}
	if issuing.Err() != nil {
		return t.fold.Result(t.facts(true)) // it was interrupted before it began
	}
	narrator := t.narrate(s.Events)

	folded := start(func() { t.fold.Run(t.outcomes, t.used) })
	measured := start(func() { t.window.Run(t.milestones) })
	for _, stage := range t.stages {
		stage.begin(issuing, service)
	}
	asked := start(t.eachRequester(issuing, run)...)
	watched := start(func() { t.interrupt(hurry, end, halt) })

	asked.wait()
	t.linger(issuing)
	for _, stage := range t.stages {
		stage.end()
	}
	close(t.outcomes)
	close(t.milestones)
	folded.wait()
	measured.wait()
	watched.wait()
	narrator.end()
	return t.fold.Result(t.facts(issuing.Err() != nil))
}

// linger lets time pass after all requests are decided, if it is to.
func (t *topology) linger(issuing context.Context) {
	switch now := time.Since(t.epoch); {
	case t.Linger == 0 || issuing.Err() != nil:
	case t.WallClock:
		select {
		case <-time.After(t.Linger):
		case <-issuing.Done():
		}
	default: // nothing from outside comes into a bubble, and no real time passes
		time.Sleep(t.lane(0)(now, now+t.Linger) - now)
	}
}

// lookEvery is how many workers are made or joined between two looks whether the run has been interrupted.
const lookEvery = 1000

// build makes the processes and the channels, and starts nothing. Interrupted, it makes no more of them.
func (c *Config) build(issuing, service, hurry context.Context, name string, s Spectators) (*topology, error) {
	curve, err := c.Curve()
	if err != nil {
		return nil, err
	}
	t := &topology{Config: c, epoch: time.Now(), curve: curve, homes: Split(c.Requesters, c.Mix.Zones)}
	if c.Upload.Takes > 0 {
		t.slow = c.Upload.IsSlow(c.Seed, c.Requesters)
	}
	t.outcomes, t.used = make(chan []requester.Outcome), make(chan []requester.Outcome, 16) // few are on their way at once
	t.milestones = make(chan requester.Milestone, 2*c.Requesters)                           // never blocks a requester: each sends at most two
	t.stages = t.newStages(name)
	t.noticed = make(chan struct{}, c.Requesters+len(t.stages)*c.Balancers) // each tells once
	t.measure(name, s)
	for _, s := range slices.Backward(t.stages) { // whoever passes requests on knows where to
		if err := s.build(issuing, service, hurry); err != nil || issuing.Err() != nil {
			return t, err
		}
	}
	for id := range min(c.Requesters, c.Requests) { // who has nothing to ask is not there
		t.requesters = append(t.requesters, t.newRequester(id, issuing))
	}
	return t, nil
}

// interrupt ends an interrupted run: once somebody has noticed, what is in flight has the grace to finish. In simulated time, where
// much may have to be played in it, it sleeps in parts, to see between them that the person has waited enough.
//
// The run ends for requesters first, who give up, then for balancers, who send nothing more, then for workers, who hand back what they hold: so
// nobody acts on what comes back all at once.
func (t *topology) interrupt(hurry context.Context, end, halt context.CancelFunc) {
	balanced := t.last().balanced
	select {
	case <-t.cut():
		end()
		time.Sleep(t.pause()) // each step is over before the next
		t.announce(balancer.Cancel{})
		time.Sleep(t.pause())
		halt()
		return
	case <-t.noticed:
		t.window.Stop(time.Since(t.epoch))
	case <-balanced:
		return
	}
	part := t.Grace
	if !t.WallClock {
		part = min(part, t.partOfGrace())
	}
	for left := t.Grace; left > 0 && (t.WallClock || hurry.Err() == nil); left -= part {
		select {
		case <-time.After(min(part, left)):
		case <-balanced:
			return
		}
	}
	end()
	t.announce(balancer.Cancel{})
	halt()
}

// cut returns a channel that delivers when a run ends in which some requests would wait for ever: once the grace after the last has begun
// is over, and the time of each that has an end, and requests that were swallowed have been given up. It is nil, which never delivers, for all
// others.
func (t *topology) cut() <-chan time.Time {
	if !t.hopeless() {
		return nil
	}
	return time.After(t.lane(0)(0, t.length()+max(t.Grace, t.life())+4*t.pause()) - time.Since(t.epoch))
}

// pause is a time in which everybody has an instant of its own.
func (t *topology) pause() time.Duration { return 2 * t.LanePeriod() }

// partOfGrace is how long all workers together take for some thousands of requests, which takes some ten milliseconds of real time. Where they
// have next to nothing to do, the parts are not so many that to sleep in them takes long.
func (t *topology) partOfGrace() time.Duration {
	const requests, parts = 10_000, 100_000
	return max(time.Microsecond, t.Grace/parts, time.Duration(requests*t.meanWork()/t.capacity()))
}

// narrate starts a narrator, if anybody listens, and lets the processes tell it what happens.
func (t *topology) narrate(to io.Writer) *narrator {
	if to == nil || !t.Events {
		return &narrator{}
	}
	n := &narrator{events: make(chan requester.Event), scale: t.scale, balancers: t.Balancers, proxies: len(t.stages) > 1}
	n.ended = start(func() { n.run(t.last().strategy.Name, t.WallClock, to) })
	for _, s := range t.stages {
		s.tell(func(e requester.Event) {
			e.Proxies = s.next != nil
			n.events <- e
		})
	}
	for _, r := range t.requesters {
		r.Tell = func(e requester.Event) { n.events <- e }
	}
	return n
}

// announce tells all balancers that have not ended.
func (t *topology) announce(c balancer.Control) {
	for _, s := range t.stages {
		s.announce(c)
	}
}
