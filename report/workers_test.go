package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"waza/balancer"
)

// What several balancers saw of a worker adds up where it can. The most that was pending at once it does not: each had
// its most at another instant.
func TestPendingOfSeveralBalancers(t *testing.T) {
	e := ending{to: 2 * time.Second}
	e.Workers = []WorkerFacts{{ID: 0, Speed: 1, Concurrency: 1}, {ID: 1, Speed: 1, Concurrency: 1}}
	e.Balancers = []balancer.Ledger{
		{Workers: []balancer.Book{{PendInside: 1e9, MostPending: 3}}},
		{Workers: []balancer.Book{{PendInside: 5e8, MostPending: 2}, {PendInside: 1e9, MostPending: 3}}},
	}
	var r Result
	describeWorkers(&r, &e)
	require.InDelta(t, 0.75, *r.Workers[0].MeanPending, 1e-12)
	require.Nil(t, r.Workers[0].MaxPending)
	require.Equal(t, 3, *r.Workers[1].MaxPending)
}
