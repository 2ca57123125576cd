package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/worker"
)

// What several balancers saw of a worker adds up where it can. The most that was pending at once it does not: each had
// its most at another instant.
func TestPendingOfSeveralBalancers(t *testing.T) {
	e := ending{second: 1e9, to: 2 * time.Second}
	e.Workers = []WorkerFacts{{ID: 0, Speed: 1, Concurrency: 1}, {ID: 1, Speed: 1, Concurrency: 1}}
	e.Balancers = []balancer.Ledger{
		{Workers: []balancer.Book{{PendInside: 1e9, MostPending: 3}}},
		{Workers: []balancer.Book{{PendInside: 5e8, MostPending: 2}, {PendInside: 1e9, MostPending: 3}}},
	}
	var r Result
	describeWorkers(&r, &e)
	require.InDelta(t, 0.75, *r.Workers[0].MeanPending, 1e-12)
	require.Nil(t, r.Workers[0].MaxPending)
	require.EqualValues(t, 3, *r.Workers[1].MaxPending)
}

// A worker that comes or goes is as busy as it was while it was there, and all of them together as busy as all their slots were.
func TestUtilizationIsOfTheTimeThatAWorkerWasThere(t *testing.T) {
	e := ending{second: 1e9, from: time.Second, to: 11 * time.Second}
	e.Ended = 12 * time.Second
	e.Workers = []WorkerFacts{
		{ID: 0, Speed: 1, Concurrency: 1, Tally: worker.Tally{BusyInside: 5 * time.Second, Busy: 6 * time.Second}},
		{ID: 1, Speed: 1, Concurrency: 2, Tally: worker.Tally{BusyInside: 4 * time.Second, Busy: 4 * time.Second}},
		{ID: 2, Speed: 1, Concurrency: 1}, // it was never there
	}
	e.Balancers = []balancer.Ledger{{Workers: []balancer.Book{
		{Stays: balancer.Stays{Here: true}},
		{Stays: balancer.Stays{Past: 2 * time.Second, PastInside: time.Second, Since: 9 * time.Second, Here: true}},
		{},
	}}}
	for _, row := range []struct {
		says               string
		whole              bool
		first, second, all float64
	}{
		{"in the window: 5 of 10 s, 4 of two slots for 1 + 2 s", false, 0.5, 4. / 6, 9. / 16},
		{"in the whole run: 6 of 12 s, 4 of two slots for 2 + 3 s", true, 0.5, 0.4, 10. / 22},
	} {
		var r Result
		e.whole = row.whole
		describeWorkers(&r, &e)
		require.InDelta(t, row.first, *r.Workers[0].Utilization, 1e-12, row.says)
		require.InDelta(t, row.second, *r.Workers[1].Utilization, 1e-12, row.says)
		require.Nil(t, r.Workers[2].Utilization)
		require.InDelta(t, row.all, *r.Utilization, 1e-12, row.says)
	}
	e.Workers[0].Busy, e.Workers[0].Ended = 15*time.Second, 20*time.Second
	var r Result
	describeWorkers(&r, &e)
	require.InDelta(t, 0.75, *r.Workers[0].Utilization, 1e-12, "its last service goes on when the run has been cut, up to 20 s")
}
