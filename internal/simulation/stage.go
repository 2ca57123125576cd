package simulation

import (
	"context"
	"time"

	"waza/balancer"
	"waza/internal/virtualtime"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// A stage is where one run is played: the processes of the picture in the README and the channels between them.
//
//	requester ──Request──▶ balancer ───Job────▶ worker
//	    ▲                     ▲                   │ │
//	    │                     └───────Done────────┘ │
//	    └──────────────Response (reply channel)─────┘
//	requester ──Outcomes──▶ report
type stage struct {
	*Config
	epoch time.Time

	homes      []int // the zone of each requester
	requesters []*requester.Requester
	posts      []*post        // one per balancer
	slots      []*worker.Slot // those of worker 0, then those of worker 1, …
	desks      []*desk        // one per worker, if the strategy probes
	window     *report.Window
	fold       *report.Fold

	queues     []chan *worker.Job // one per worker, with room for all that the balancers may send there
	outcomes   chan []requester.Outcome
	milestones chan requester.Milestone // a warm-up that is over, a last request: they make the window of a closed loop
	noticed    chan struct{}            // a requester has seen the interruption
}

// play is the story of one run.
func (c *Config) play(issuing, hurry context.Context, name string, s Spectators) (report.Result, error) {
	run, end := context.WithCancel(context.Background())
	defer end()
	st, err := c.build(issuing, run, name, s)
	if err != nil {
		return report.Result{}, err
	}
	narrator := st.narrate(name, s.Events)

	folded := start(func() { st.fold.Run(st.outcomes) })
	measured := start(func() { st.window.Run(st.milestones) })
	gauged := start(st.eachDesk()...)
	served := start(st.eachSlot(run)...)
	balanced := start(st.eachBalancer()...)
	st.gather()
	asked := start(st.eachRequester(issuing, run)...)
	watched := start(func() { st.usher(hurry, balanced, end) })

	asked.wait()
	st.announce(balancer.Stop{})
	balanced.wait()
	for _, queue := range st.queues {
		close(queue)
	}
	served.wait()
	st.leaveDesks()
	gauged.wait()
	close(st.outcomes)
	close(st.milestones)
	folded.wait()
	measured.wait()
	watched.wait()
	narrator.end()
	return st.fold.Result(st.facts(name, issuing.Err() != nil))
}

// usher ends an interrupted run: once a requester has noticed, what is in flight has the grace to finish.
// It sleeps in parts, to see between them that the person has waited enough.
func (st *stage) usher(hurry context.Context, balanced group, end context.CancelFunc) {
	select {
	case <-st.noticed:
		st.window.Stop(time.Since(st.epoch))
	case <-balanced:
		return
	}
	const parts = 100
	for i := 0; i < parts && hurry.Err() == nil; i++ {
		select {
		case <-time.After(st.Grace / parts):
		case <-balanced:
			return
		}
	}
	end()
	st.announce(balancer.Cancel{})
}

// A group is closed when all of its goroutines have ended.
type group chan struct{}

func (g group) wait() { <-g }

// start starts a goroutine for each function.
func start(functions ...func()) group {
	ended := make(chan struct{})
	for _, f := range functions {
		go func() {
			f()
			ended <- struct{}{}
		}()
	}
	all := make(group)
	go func() {
		for range functions {
			<-ended
		}
		close(all)
	}()
	return all
}

// eachSlot returns what the slots of all workers do.
func (st *stage) eachSlot(run context.Context) []func() {
	var lives []func()
	for _, slot := range st.slots {
		lives = append(lives, func() { slot.Run(run, st.queues[slot.Worker]) })
	}
	return lives
}

// eachBalancer returns what the balancers do.
func (st *stage) eachBalancer() []func() {
	var lives []func()
	for _, p := range st.posts {
		lives = append(lives, p.run)
	}
	return lives
}

// eachRequester returns what the requesters do.
func (st *stage) eachRequester(issuing, run context.Context) []func() {
	// So many answers are usually out at once per requester; for more its mailbox grows.
	usual := 16 + 3*len(st.slots)/(2*len(st.requesters))
	asks := st.deal()
	var lives []func()
	for _, r := range st.requesters {
		answers := make(chan requester.Response, max(1, min(usual, r.Quota*(1+r.Retries))))
		ask := st.posts[asks[r.ID]].ask
		lives = append(lives, func() { r.Run(issuing, run, ask, answers, st.outcomes, st.milestones) })
	}
	return lives
}

// build makes the channels and the processes, and starts nothing.
func (c *Config) build(issuing, run context.Context, name string, s Spectators) (*stage, error) {
	st := &stage{Config: c, epoch: time.Now()}
	st.connect()
	st.measure(name, s)
	for id := range c.Balancers {
		p, err := st.post(id, name)
		if err != nil {
			return nil, err
		}
		st.posts = append(st.posts, p)
	}
	st.homes = Split(c.Requesters, c.Mix.Zones)
	lane := c.lanes()
	for id := range c.Requesters {
		if aim := lane(); id < c.Requests { // who has nothing to ask is not there
			st.requesters = append(st.requesters, st.newRequester(id, aim))
		}
	}
	for id := range c.Workers {
		st.slots = append(st.slots, st.newSlots(id, lane)...)
	}
	if probes(name) {
		st.furnish(lane)
	}
	if c.WallClock {
		for _, r := range st.requesters {
			r.Stop = issuing.Done()
		}
		for _, slot := range st.slots {
			slot.Stop = run.Done()
		}
	}
	return st, nil
}

// connect makes the channels that are not a balancer's own.
func (st *stage) connect() {
	st.outcomes = make(chan []requester.Outcome)
	st.noticed = make(chan struct{}, st.Requesters)
	st.milestones = make(chan requester.Milestone, 2*st.Requesters) // never blocks a requester: each sends at most two
	_, room := st.share()
	for range st.Workers {
		st.queues = append(st.queues, make(chan *worker.Job, room))
	}
}

// LanePeriod is how far apart the instants of one sleeper are in simulated time: each sleeper has a lane of its own.
func (c *Config) LanePeriod() time.Duration {
	return virtualtime.Period(1 + c.Requesters + c.Workers*(c.Concurrency+1)) // and one for its gauge
}

// lanes returns a function that gives each sleeper its own Aim, in turn. The lanes follow from the numbers of sleepers
// only, never from the strategy, so that a run is the same whatever it is compared with.
func (c *Config) lanes() func() func(now, due time.Duration) time.Duration {
	if c.WallClock {
		asDue := func(_, due time.Duration) time.Duration { return due }
		return func() func(now, due time.Duration) time.Duration { return asDue }
	}
	period := c.LanePeriod()
	phase := time.Duration(0) // the wiring's own
	return func() func(now, due time.Duration) time.Duration {
		phase++
		aim := virtualtime.Lane{Phase: phase, Period: period}.Aim
		if c.disturb == nil {
			return aim
		}
		return func(now, due time.Duration) time.Duration {
			c.disturb()
			return aim(now, due)
		}
	}
}
