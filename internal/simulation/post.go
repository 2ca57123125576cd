package simulation

import (
	"waza/balancer"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// A post is one of the balancers, with the channels on which it hears the others. All balancers work over the same workers;
// each hears only the requesters that ask it, and the Dones of what it sent itself.
type post struct {
	*balancer.Balancer
	ask     chan *requester.Request
	done    chan *worker.Job
	control chan balancer.Control
	ended   chan struct{}
}

// post returns the balancer of that number: it asks a strategy of its own, which draws from a generator of its own.
func (st *stage) post(id int, name string) (*post, error) {
	parameters := st.Parameters
	parameters.Balancer, parameters.Balancers, parameters.Epoch = id, st.Balancers, st.epoch
	chosen, err := strategy.New(name, parameters, st.random(strategyRole, id))
	if err != nil {
		return nil, err
	}
	p := &post{Balancer: balancer.New(chosen), ended: make(chan struct{})}
	p.Discipline, _ = balancer.FindDiscipline(st.Discipline)
	p.Backlog, p.Reject, p.Epoch, p.Window = st.Backlog, st.Reject, st.epoch, st.window
	p.View = balancer.View{Stale: st.Stale, Refresh: st.Refresh}
	if probes(name) {
		p.Readings = st.readings()
	}
	p.connect(st.Config)
	return p, nil
}

// connect makes the channels. In simulated time a message is handed from one goroutine to the other, and no buffer here
// matters to what happens. On the wall clock, messages that wait in one save switches between goroutines; the intake has
// it only where the balancer never stops receiving, for a buffer would hide that many requests from back-pressure.
func (p *post) connect(c *Config) {
	intake, control := 0, 0
	if c.WallClock {
		control = 1
		if c.Reject || c.Backlog == balancer.Unlimited {
			intake = (c.Requesters + c.Balancers - 1) / c.Balancers
		}
	}
	p.ask = make(chan *requester.Request, intake)
	p.done = make(chan *worker.Job, max(256, 4*c.Workers*c.Concurrency/c.Balancers))
	p.control = make(chan balancer.Control, control)
}

func (p *post) run() {
	p.Run(p.ask, p.done, p.control)
	close(p.ended)
}

// tell sends the balancer an event unless it has ended.
func (p *post) tell(e balancer.Control) {
	select {
	case p.control <- e:
	case <-p.ended:
	}
}

// share is the most that each balancer may have at a worker, and room is what the worker's queue has room for. No send to it
// ever blocks: what lies in it some balancer holds there, each holds at most its share, and room is at least the sum of
// the shares. It is more than --queue says only where that has not a place for each balancer.
func (c *Config) share() (share, room int) {
	places := c.Concurrency + c.Queue
	share = max(1, places/c.Balancers)
	return share, max(places, c.Balancers*share)
}

// deal says which balancer each requester asks: those of each zone go to all balancers in turn.
func (st *stage) deal() []int {
	asks, turns := make([]int, len(st.homes)), make([]int, st.zones())
	for requester, zone := range st.homes {
		asks[requester] = (zone + turns[zone]) % st.Balancers
		turns[zone]++
	}
	return asks
}

// gather lets all workers join all balancers.
func (st *stage) gather() {
	share, _ := st.share()
	for _, p := range st.posts {
		for id := range st.queues {
			p.control <- st.introduce(st.join(id, share))
		}
	}
}

// announce tells all balancers that have not ended.
func (st *stage) announce(e balancer.Control) {
	for _, p := range st.posts {
		p.tell(e)
	}
}
