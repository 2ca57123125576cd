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
// the requesters that ask it, and the workers about the jobs that it has sent itself.
type node struct {
	*balancer.Balancer
	ask     chan *requester.Request
	done    chan *worker.Job
	control chan balancer.Control
	ended   chan struct{}
}

// newBalancer returns the balancer of that number: it asks a strategy of its own, which draws from a generator of its own.
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
	s.equip(b, id)
	b.Hurry = s.noticesHurry(hurry)
	if b.Admission, err = s.admission(id); err != nil {
		return nil, err
	}
	if id == 0 && s.next == nil && s.strategy.Hashes && s.changing() { // hash tables are the same in all balancers
		b.Placing, err = strategy.New(s.strategy.Name, parameters, s.random(strategyRole, id))
	}
	return b, err
}

// admission says which requests may wait in the balancer of that number.
func (s *stage) admission(id int) (balancer.Admission, error) {
	a := balancer.Admission{Backlog: s.Backlog, Reject: s.Reject, Queues: s.Queues, Ageing: s.Ageing, CoDel: s.CoDel}
	if a.Queues.Number > 0 {
		a.Queues.Rand = s.random(queueRole, id)
	}
	if s.Discipline != "" {
		var found bool
		if a.Discipline, found = balancer.FindDiscipline(s.Discipline); !found {
			return a, fmt.Errorf("no discipline is named %q", s.Discipline)
		}
	}
	return a, nil
}

// equip gives a balancer what it goes by besides its strategy and its Admission.
func (s *stage) equip(b *node, id int) {
	b.Tier = s.tier
	b.Epoch, b.Second, b.Resolution, b.Aim = s.epoch, s.Config.times(time.Second), s.resolution(), s.balancerLane(id)
	b.View = balancer.View{Stale: s.Stale, Refresh: s.Refresh, Resolution: s.resolution()}
	b.Features, b.Panic, b.Regulators, b.Pool, b.Resizes = s.Features, s.Panic, s.Regulators, s.Pool, s.Resizes
	b.Quiescence = balancer.Quiescence{Last: s.lastArrival(), Quiet: s.patience(), Silence: make(chan struct{})}
	b.Instruments = balancer.Instruments{Window: s.window, WatchQueue: s.WatchQueue, Faults: s.eachEpisodes()}
	b.Lease = s.lease()
	if s.Claim > 0 {
		b.Claims, b.Announcements = true, balancer.Announcements{Loss: s.Unheard, Seed: s.Seed}
	}
	if s.Beating() {
		b.Fates = s.eachFate()
	}
	if s.strategy.Probes {
		b.Readings = make(chan requester.Reading, s.usualReadings())
	}
}

// newNode returns a balancer that chooses like this, with its channels. In simulated time a message is handed from one goroutine to the
// other, and no buffer matters to what happens. On the wall clock, messages that wait in a buffer save switches between goroutines. The
// requests have one only where the balancer never stops receiving, for a buffer would hide that many of them from back-pressure, and
// where they wait in one line: with several queues it is decided when a request comes which of them is full.
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

// withdraw tells the balancer that the request is decided of which that is the channel.
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

// join lets all workers join all balancers; if the run is interrupted meanwhile the rest do not, for nothing will be asked of them.
// Workers that a pool does not need at the start join in reserve.
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

// announce sends a message to all balancers of the stage that have not ended.
func (s *stage) announce(c balancer.Control) {
	for _, b := range s.balancers {
		select {
		case b.control <- c:
		case <-b.ended:
		}
	}
}

// share is the most that each balancer may have at a worker, and room is what the worker's queue has room for. No send to the queue
// ever blocks: what a balancer has there is what it has sent and not seen done, which is at most its share, and room is at least the sum
// of the shares. It is more than --concurrency and --queue say only if that is less than a place for each balancer.
func (c *Config) share() (share, room int) {
	places := c.Concurrency + c.Queue
	share = max(1, places/c.Balancers)
	return share, max(places, c.Balancers*share)
}

// deal says which balancer each requester asks: the requesters of each zone are dealt to all balancers in turn.
func (t *topology) deal() []int {
	asks, turns := make([]int, len(t.homes)), make([]int, t.zones())
	for requester, zone := range t.homes {
		asks[requester] = (zone + turns[zone]) % t.Balancers
		turns[zone]++
	}
	return asks
}
