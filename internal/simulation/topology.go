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

// A topology is the processes of one run, as in the picture in the README, and the channels between them. With proxies there are two stages:
// a worker of the first is a proxy, which passes the Request on to the balancer of the second, and a worker of that one answers.
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
	slow       []bool // by requester: it takes a while to send a body; nil: none does
	requesters []*requester.Requester
	stages     []*stage // that a request passes, one after the other
	window     *report.Window
	fold       *report.Fold

	outcomes   chan []requester.Outcome
	used       chan []requester.Outcome // blocks that the report has read, to be filled again
	milestones chan requester.Milestone // from which the measured window of a closed loop follows
	noticed    chan struct{}            // from requesters that have seen an interruption, and from balancers that are in a hurry
}

// simulate is the course of one run. A process is told to end when nothing can come to it any more, so processes end in the order of the
// arrows in the picture.
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

// linger lets time pass after all requests are decided, if the configuration says so.
func (t *topology) linger(issuing context.Context) {
	switch now := time.Since(t.epoch); {
	case t.Linger == 0 || issuing.Err() != nil:
	case t.WallClock:
		select {
		case <-time.After(t.Linger):
		case <-issuing.Done():
		}
	default: // no interruption can reach a bubble, and this takes no real time
		time.Sleep(t.lane(0)(now, now+t.Linger) - now)
	}
}

// lookEvery is how many workers are made, or join, between two looks whether the run has been interrupted.
const lookEvery = 1000

// build makes the processes and the channels, and starts nothing. If it is interrupted it stops half-way.
func (c *Config) build(issuing, service, hurry context.Context, name string, s Spectators) (*topology, error) {
	curve, err := c.Curve()
	if err != nil {
		return nil, err
	}
	t := &topology{Config: c, epoch: time.Now(), curve: curve, homes: Split(c.Requesters, c.Mix.Zones)}
	if c.Upload.Takes > 0 {
		t.slow = c.Upload.IsSlow(c.Seed, c.Requesters)
	}
	t.outcomes, t.used = make(chan []requester.Outcome), make(chan []requester.Outcome, 16) // few blocks are on their way at once
	t.milestones = make(chan requester.Milestone, 2*c.Requesters)                           // never blocks a requester: each sends at most two
	t.stages = t.newStages(name)
	t.noticed = make(chan struct{}, c.Requesters+len(t.stages)*c.Balancers) // never blocks: each tells once
	t.measure(name, s)
	for _, s := range slices.Backward(t.stages) { // backwards, since proxies need the balancer behind them
		if err := s.build(issuing, service, hurry); err != nil || issuing.Err() != nil {
			return t, err
		}
	}
	for id := range min(c.Requesters, c.Requests) { // a requester without requests is left out
		t.requesters = append(t.requesters, t.newRequester(id, issuing))
	}
	return t, nil
}

// interrupt ends a run that is interrupted, or that would never end by itself. Once an interruption has been noticed, what is in flight has
// the grace to finish. In simulated time it sleeps through the grace in parts, and looks after each whether the person who interrupted has
// waited enough: much may have to be simulated in it.
//
// The run ends for the requesters first, which give up, then for the balancers, which send nothing more, and then for the workers, which
// hand back what they hold. So no process acts on what comes back all at once: in a run that is cut, which has to be the same each time, each
// step is over before the next.
func (t *topology) interrupt(hurry context.Context, end, halt context.CancelFunc) {
	balanced := t.last().balanced
	select {
	case <-t.cut():
		end()
		time.Sleep(t.pause()) // each step is over before the next begins
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

// cut returns a channel that delivers when a run is to end in which some requests may wait for ever. By then the grace after the last
// arrival is over, every request that has an end has ended, and those that were swallowed have been given up. For other runs it is nil,
// which never delivers.
func (t *topology) cut() <-chan time.Time {
	if !t.hopeless() {
		return nil
	}
	return time.After(t.lane(0)(0, t.length()+max(t.Grace, t.life())+4*t.pause()) - time.Since(t.epoch))
}

// pause is long enough for every process to have had an instant of its own.
func (t *topology) pause() time.Duration { return 2 * t.LanePeriod() }

// partOfGrace is how long all workers together take for some thousands of requests: to simulate that takes some ten milliseconds of real
// time. It is not so short that the number of parts alone would take long.
func (t *topology) partOfGrace() time.Duration {
	const requests, parts = 10_000, 100_000
	return max(time.Microsecond, t.Grace/parts, time.Duration(requests*t.meanWork()/t.capacity()))
}

// narrate starts a narrator, if somebody listens, and lets the processes tell it what happens.
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

// announce sends a message to all balancers that have not ended.
func (t *topology) announce(c balancer.Control) {
	for _, s := range t.stages {
		s.announce(c)
	}
}
