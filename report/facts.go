package report

import (
	"time"

	"waza/balancer"
	"waza/worker"
)

// Facts are what the processes of one run counted beside the outcomes; the wiring fills them in when all have ended.
type Facts struct {
	Strategy    string
	Group       string        // of the strategy, in the table of all
	Place       int           // the same: the order of the table, from 0
	Ended       time.Duration // when the last process had nothing left to do, since the start of the run
	Interrupted bool
	Unissued    int               // closed loop that time ends: requests that were asked for and would have begun after its end
	OverTime    bool              // somebody may look at how it went over time
	Wall        bool              // on the wall clock, where sleeps overshoot
	Lingers     bool              // the run went on after the last verdict
	Pool        bool              // workers start and leave as they are needed
	Broker      bool              // it is a broker with a queue that was simulated
	Queue       bool              // the balancers have watched how many waited
	Retries     bool              // workers themselves try again what has failed
	Claims      bool              // balancers claim what a worker holds whose lease is over
	Lately      bool              // workers counted what they began in the last ten seconds of the window
	Workers     []WorkerFacts     // by id
	Balancers   []balancer.Ledger // of the workers, by id, each with its books of all of them
	Proxies     ProxyFacts        // of the tier in front of these
}

// WorkerFacts are one worker and what all its slots together counted.
type WorkerFacts struct {
	ID          int
	Speed       float64 // work per time, above 0
	Concurrency int     // slots, at least 1
	Share       int     // how many requests each balancer lets it hold, at least 1; 0: any number
	worker.Tally
}

// proxied tells whether there are proxies, and front returns the facts of their tier as if they were the workers.
func (f *Facts) proxied() bool { return f.Proxies.Passages != nil }

func (f *Facts) front() Facts {
	return Facts{Ended: f.Ended, Workers: f.Proxies.Workers, Balancers: f.Proxies.Balancers}
}

// worked adds up what the workers counted over the whole run.
func (f *Facts) worked() (all worker.Tally) {
	for i := range f.Workers {
		all.Add(&f.Workers[i].Tally)
	}
	return all
}

// balanced adds up what the balancers counted over the whole run.
func (f *Facts) balanced() (all balancer.Ledger) {
	for i := range f.Balancers {
		all.Add(&f.Balancers[i])
	}
	return all
}

// books returns what each balancer saw of a worker, one after the other.
func (f *Facts) books(worker int) []balancer.Book {
	var books []balancer.Book
	for i := range f.Balancers {
		if all := f.Balancers[i].Workers; worker < len(all) {
			books = append(books, all[worker])
		}
	}
	return books
}

func (f *Facts) slots() int {
	n := 0
	for i := range f.Workers {
		n += f.Workers[i].Concurrency
	}
	return n
}
