package simulation

import (
	"context"
	"fmt"

	"waza/balancer"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A node is a balancer with the channels on which it hears the others. All balancers work over the same workers; each hears only
// the requesters that ask it, and the Dones of what it has sent itself.
type node struct {
	*balancer.Balancer
	ask     chan *requester.Request
	done    chan *worker.Job
	control chan balancer.Control
	ended   chan struct{}
}

// newBalancer returns the balancer of that number: it asks a strategy of its own, which draws from a generator of its own.
// In simulated time a message is handed from one goroutine to the other, and no buffer here matters to what happens. On the wall
// clock, messages that wait in one save switches between goroutines; the intake has it only where the balancer never stops
// receiving, for a buffer would hide that many requests from back-pressure, and has one line: which of several queues is full is looked at
// when a request comes.
func (t *topology) newBalancer(id int) (*node, error) {
	parameters := t.Parameters
	parameters.Balancer, parameters.Balancers, parameters.Epoch, parameters.Resolution = id, t.Balancers, t.epoch, t.resolution()
	chosen, err := strategy.New(t.strategy.Name, parameters, t.random(strategyRole, id))
	if err != nil {
		return nil, err
	}
	intake, control := 0, 0
	if t.WallClock {
		control = 1
		if (t.Reject || t.Backlog == balancer.Unlimited) && t.Queues.Number == 0 {
			intake = (t.Requesters + t.Balancers - 1) / t.Balancers
		}
	}
	b := &node{
		Balancer: balancer.New(chosen),
		ask:      make(chan *requester.Request, intake),
		done:     make(chan *worker.Job, max(256, 4*t.Workers*t.Concurrency/t.Balancers)),
		control:  make(chan balancer.Control, control),
		ended:    make(chan struct{}),
	}
	if t.Discipline != "" {
		var found bool
		if b.Discipline, found = balancer.FindDiscipline(t.Discipline); !found {
			return nil, fmt.Errorf("no discipline is named %q", t.Discipline)
		}
	}
	b.Backlog, b.Reject, b.Epoch, b.Window, b.Aim = t.Backlog, t.Reject, t.epoch, t.window, t.balancerLane(id)
	b.Resolution, b.Ageing, b.CoDel = t.resolution(), t.Ageing, t.CoDel
	b.Claims, b.WatchQueue = t.Claim > 0, t.WatchQueue
	if b.Queues = t.Queues; b.Queues.Number > 0 {
		b.Queues.Rand = t.random(queueRole, id)
	}
	b.Faults = t.eachEpisodes()
	if b.Claims {
		b.Announcements, b.Fates = balancer.Announcements{Loss: t.Unheard, Seed: t.Seed}, t.eachFate()
	}
	if id == 0 && t.strategy.Hashes && t.changing() { // hash tables are the same in all balancers
		b.Placing, err = strategy.New(t.strategy.Name, parameters, t.random(strategyRole, id))
		if err != nil {
			return nil, err
		}
	}
	b.Lease, b.Last, b.Quiet, b.Silence = t.lease(), t.lastArrival(), t.patience(), make(chan struct{})
	b.Features, b.Panic, b.Pool = t.Features, t.Panic, t.Pool
	b.View = balancer.View{Stale: t.Stale, Refresh: t.Refresh, Resolution: t.resolution()}
	if t.strategy.Probes {
		b.Readings = make(chan requester.Reading, t.usualReadings())
	}
	return b, nil
}

// withdraw tells the balancer that a request is decided, whose channel that is.
func (b *node) withdraw(decided <-chan struct{}) {
	select {
	case b.control <- balancer.Withdraw{Decided: decided}:
	case <-b.ended:
	}
}

// eachBalancer returns what the balancers do.
func (t *topology) eachBalancer() []func() {
	var lives []func()
	for _, b := range t.balancers {
		lives = append(lives, func() {
			b.Run(b.ask, b.done, b.control)
			close(b.ended)
		})
	}
	return lives
}

// join lets all workers join all balancers, or those that do so before the run is interrupted: then nothing is asked of them. Those that
// a pool does not need at the start join in reserve.
func (t *topology) join(issuing context.Context) {
	share, _ := t.share()
	for _, b := range t.balancers {
		for i, w := range t.workers {
			if i%lookEvery == 0 && issuing.Err() != nil {
				return
			}
			b.control <- t.joining(w, share)
		}
	}
}

// announce tells all balancers that have not ended.
func (t *topology) announce(c balancer.Control) {
	for _, b := range t.balancers {
		select {
		case b.control <- c:
		case <-b.ended:
		}
	}
}

// share is the most that each balancer may have at a worker, and room is what the worker's queue has room for. No send to it
// ever blocks: a balancer has at a worker whatever it has sent there and not seen done, which is at most its share, and room is at
// least the sum of the shares. It is more than --queue says only where that has not a place for each balancer.
func (c *Config) share() (share, room int) {
	places := c.Concurrency + c.Queue
	share = max(1, places/c.Balancers)
	return share, max(places, c.Balancers*share)
}

// deal says which balancer each requester asks: those of each zone go to all balancers in turn.
func (t *topology) deal() []int {
	asks, turns := make([]int, len(t.homes)), make([]int, t.zones())
	for requester, zone := range t.homes {
		asks[requester] = (zone + turns[zone]) % t.Balancers
		turns[zone]++
	}
	return asks
}
