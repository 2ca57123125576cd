package simulation

import (
	"context"
	"fmt"
	"time"

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
func (s *stage) newBalancer(id int, hurry context.Context) (*node, error) {
	parameters := s.Parameters
	parameters.Balancer, parameters.Balancers, parameters.Epoch, parameters.Resolution = id, s.Balancers, s.epoch, s.resolution()
	if !s.WallClock { // there the grace is what is waited for
		parameters.Hurry = hurried(hurry)
	}
	role := strategyRole
	if s.next != nil {
		role = proxyRole
	}
	chosen, err := strategy.New(s.strategy.Name, parameters, s.random(role, id))
	if err != nil {
		return nil, err
	}
	if s.next != nil && s.strategy.Hashes {
		chosen = strategy.ByRequester(chosen)
	}
	b := s.newNode(chosen)
	if s.Discipline != "" {
		var found bool
		if b.Discipline, found = balancer.FindDiscipline(s.Discipline); !found {
			return nil, fmt.Errorf("no discipline is named %q", s.Discipline)
		}
	}
	s.equip(b, id)
	b.Hurry = s.noticesHurry(hurry)
	if id == 0 && s.next == nil && s.strategy.Hashes && s.changing() { // hash tables are the same in all balancers
		b.Placing, err = strategy.New(s.strategy.Name, parameters, s.random(strategyRole, id))
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

// newNode returns a balancer that chooses like this, with its channels.
func (s *stage) newNode(chosen strategy.Strategy) *node {
	intake, control := 0, 0
	if s.WallClock {
		control = 1
		if (s.Reject || s.Backlog == balancer.Unlimited) && s.Queues.Number == 0 {
			intake = (s.Requesters + s.Balancers - 1) / s.Balancers
		}
	}
	return &node{
		Balancer: balancer.New(chosen),
		ask:      make(chan *requester.Request, intake),
		done:     make(chan *worker.Job, max(256, 4*s.Workers*s.Concurrency/s.Balancers)),
		control:  make(chan balancer.Control, control),
		ended:    make(chan struct{}),
	}
}

// equip gives a balancer what it goes by beside its strategy.
func (s *stage) equip(b *node, id int) {
	b.Tier = s.tier
	b.Backlog, b.Reject, b.Epoch, b.Window, b.Aim = s.Backlog, s.Reject, s.epoch, s.window, s.balancerLane(id)
	b.Resolution, b.Ageing, b.CoDel = s.resolution(), s.Ageing, s.CoDel
	b.Claims, b.WatchQueue = s.Claim > 0, s.WatchQueue
	if b.Queues = s.Queues; b.Queues.Number > 0 {
		b.Queues.Rand = s.random(queueRole, id)
	}
	b.Faults = s.eachEpisodes()
	if b.Claims {
		b.Announcements, b.Fates = balancer.Announcements{Loss: s.Unheard, Seed: s.Seed}, s.eachFate()
	}
	b.Lease, b.Last, b.Quiet, b.Silence = s.lease(), s.lastArrival(), s.patience(), make(chan struct{})
	b.Features, b.Panic, b.Pool = s.Features, s.Panic, s.Pool
	b.Resizes = s.Resizes
	b.Regulators, b.Second = s.Regulators, s.Config.times(time.Second)
	b.View = balancer.View{Stale: s.Stale, Refresh: s.Refresh, Resolution: s.resolution()}
	if s.strategy.Probes {
		b.Readings = make(chan requester.Reading, s.usualReadings())
	}
}

// withdraw tells the balancer that a request is decided, whose channel that is.
func (b *node) withdraw(decided <-chan struct{}) {
	select {
	case b.control <- balancer.Withdraw{Decided: decided}:
	case <-b.ended:
	}
}

// eachBalancer returns what the balancers do.
func (s *stage) eachBalancer() []func() {
	var lives []func()
	for _, b := range s.balancers {
		lives = append(lives, func() {
			b.Run(b.ask, b.done, b.control)
			close(b.ended)
		})
	}
	return lives
}

// join lets all workers join all balancers, or those that do so before the run is interrupted: then nothing is asked of them. Those that
// a pool does not need at the start join in reserve.
func (s *stage) join(issuing context.Context) {
	share, _ := s.share()
	for _, b := range s.balancers {
		for i, w := range s.workers {
			if i%lookEvery == 0 && issuing.Err() != nil {
				return
			}
			b.control <- s.joining(w, share)
		}
	}
}

// announce tells all balancers that have not ended.
func (s *stage) announce(c balancer.Control) {
	for _, b := range s.balancers {
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
