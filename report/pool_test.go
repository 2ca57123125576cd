package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/balancer"
	"waza/worker"
)

// Of three workers one is there all the time, one for 3 of the 10 s of the window, and one never.
func TestThePoolInTheMean(t *testing.T) {
	e := ending{second: 1e9, from: time.Second, to: 11 * time.Second, Facts: Facts{Pool: true}}
	e.Workers = []WorkerFacts{
		{ID: 0, Speed: 1, Concurrency: 4, Tally: worker.Tally{BegunInside: 6}},
		{ID: 1, Speed: 1, Concurrency: 4, Tally: worker.Tally{BegunInside: 2}},
		{ID: 2, Speed: 1, Concurrency: 4},
	}
	e.Balancers = []balancer.Ledger{{Started: 5, Left: 4, Size: balancer.Size{Most: 2}, Workers: []balancer.Book{
		{Stays: balancer.Stays{Here: true}},
		{Stays: balancer.Stays{Past: 4 * time.Second, PastInside: 3 * time.Second}},
	}}}
	var r Result
	describeWorkers(&r, &e)
	describePool(&r, &e)
	assert.Equal(t, []Count{5, 4, 2}, []Count{r.Pool.Started, r.Pool.Left, r.Pool.Peak})
	assert.InDelta(t, 1.3, *r.Pool.Mean, 1e-12)
	assert.InDelta(t, 6./4, *r.Imbalance, 1e-12, "who was never there does not count")
	assert.InDelta(t, 64./(2*40), *r.Jain, 1e-12)
	assert.Nil(t, r.Workers[2].Utilization)

	e.Pool, r = false, Result{}
	describePool(&r, &e)
	assert.Nil(t, r.Pool)
}

// What resizes have done is known to every balancer, and told once.
func TestSeveralKnowOfAResize(t *testing.T) {
	story := balancer.Story{Least: 5, Moves: []balancer.Move{{From: 10, To: 5, Since: 2e9, Until: 2e9}}}
	e := ending{second: 1e9, Facts: Facts{Pool: true, Balancers: []balancer.Ledger{{Left: 5, Story: story}, {Left: 5, Story: story}}}}
	var r Result
	describePool(&r, &e)
	assert.Equal(t, []Count{5, 5}, []Count{r.Pool.Left, r.Pool.Least})
	assert.Equal(t, []Move{{From: 10, To: 5, StartSeconds: 2, EndSeconds: 2}}, r.Pool.Moves)
}

// Without a word about it all were there.
func TestTheSizeThatNobodyKnows(t *testing.T) {
	e := ending{Facts: Facts{Workers: make([]WorkerFacts, 4), Balancers: make([]balancer.Ledger, 2)}}
	assert.Equal(t, 4., e.size(0, time.Second))
}
