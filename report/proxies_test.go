package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/requester"
	"waza/worker"
)

// proxied are the facts of two proxies of two slots each, which were there from 0 to 20 s, and of one worker behind them.
func proxied(window *Window) Facts {
	passages := make(chan worker.Passage, 6)
	for i, took := range []time.Duration{1, 2, 3} {
		passages <- worker.Passage{Proxy: 0, Sent: time.Duration(11+i) * time.Second, Finished: time.Duration(11+i)*time.Second + took*time.Second}
	}
	passages <- worker.Passage{Proxy: 1, Sent: 12 * time.Second, Finished: 16 * time.Second}
	passages <- worker.Passage{Proxy: 1, Sent: time.Second, Finished: 10 * time.Second} // before the window
	close(passages)
	p := NewPassages(window, 1, 2)
	p.Run(passages)
	here := balancer.Book{Stays: balancer.Stays{Here: true}}
	return Facts{
		Ended: 20 * time.Second, Workers: []WorkerFacts{{Speed: 1, Concurrency: 1}}, Balancers: []balancer.Ledger{{Workers: []balancer.Book{here}}},
		Proxies: ProxyFacts{
			Workers: []WorkerFacts{
				{ID: 0, Speed: 1, Concurrency: 2, Tally: worker.Tally{Begun: 3, BegunInside: 3, Busy: 5 * time.Second, BusyInside: 5 * time.Second}},
				{ID: 1, Speed: 1, Concurrency: 2, Tally: worker.Tally{Begun: 2, BegunInside: 1, Busy: 12 * time.Second, BusyInside: 4 * time.Second}},
			},
			Balancers: []balancer.Ledger{{Workers: []balancer.Book{here, here}}}, Passages: p,
		},
	}
}

// The window is from 10 to 20 s: what was sent to proxies in it is measured, and their slots might have been busy for 20 s each.
func TestProxyRows(t *testing.T) {
	window := NewWindow(10*time.Second, 20*time.Second)
	r, _ := NewFold(Options{Window: window}).Result(proxied(window))
	require.Len(t, r.Proxies, 2)
	for i, want := range []struct {
		requests                       int
		share, utilization, mean, most float64
	}{{3, 0.75, 0.25, 2, 3}, {1, 0.25, 0.2, 4, 4}} {
		p := r.Proxies[i]
		assert.EqualValues(t, want.requests, p.Requests)
		assert.Equal(t, []float64{want.share, want.utilization, want.mean, want.most},
			[]float64{*p.Share, *p.Utilization, *p.ResponseSeconds.Mean, *p.ResponseSeconds.Max})
	}
}

// Where the window never opened all that ran is measured.
func TestProxyRowsOfTheWholeRun(t *testing.T) {
	window := NewWindow(30*time.Second, 40*time.Second)
	r, _ := NewFold(Options{Window: window}).Result(proxied(window))
	assert.EqualValues(t, 2, r.Proxies[1].Requests)
	assert.Equal(t, 0.3, *r.Proxies[1].Utilization)
	assert.Equal(t, 6.5, *r.Proxies[1].ResponseSeconds.Mean)
	assert.Equal(t, []any{Count(2), Count(2), 13.}, []any{r.Proxies[1].Total, r.Proxies[1].Responses, r.Proxies[1].ResponseTotal})
}

// What the tiers counted must agree with each other, too.
func TestTheTiersAgree(t *testing.T) {
	window := NewWindow(0, 20*time.Second)
	facts := proxied(window)
	facts.Proxies.Workers[0].Passed = 3
	_, err := NewFold(Options{Window: window}).Result(facts)
	require.ErrorContains(t, err, "passed on: proxies passed on 3, the balancer behind received 0")
	require.ErrorContains(t, err, "queues before proxies: workers received 0, begun, skipped, cancelled or buried 5")
}

// The checklist asks the slowest proxy: by its p99 or, where that is unknown, by its longest response.
func TestEveryProxyAnswersInTime(t *testing.T) {
	fast, slow := 0.5, 2.
	r := &Result{Queue: &QueueFigures{}, Proxies: []ProxyRow{{ResponseSeconds: Spread{P99: &fast, Max: &slow}}}}
	last := func() Check { list := checklist(r); return list[len(list)-1] }
	assert.Equal(t, "every proxy answers under 1 s", last().Check)
	assert.Equal(t, []any{fast, true}, []any{*last().Figure, *last().Passed})
	r.Proxies = append(r.Proxies, ProxyRow{ResponseSeconds: Spread{Max: &slow}})
	assert.Equal(t, []any{slow, false}, []any{*last().Figure, *last().Passed})
}

// A proxy that leaves more than a hundredth of what it was sent in the window unanswered has no p99 below a second, whatever the rest took.
func TestAProxyThatAnswersNothingIsNotFast(t *testing.T) {
	for _, row := range []struct {
		says                     string
		answered, before, missed int
		share                    *float64
		is                       string
		passed                   *bool
	}{
		{"all answered", 100, 3, 0, new(0.), "response_seconds", new(true)},
		{"one of a hundred is beyond the p99", 99, 0, 1, new(0.01), "response_seconds", new(true)},
		{"two are not", 98, 0, 2, new(0.02), "unanswered_share", new(false)},
		{"nothing answered", 0, 50, 2, new(1.), "unanswered_share", new(false)},
		{"nothing sent", 0, 1, 0, nil, "response_seconds", nil},
	} {
		passages := make(chan worker.Passage, 200)
		send := func(n int, sent, finished time.Duration) {
			for range n {
				passages <- worker.Passage{Sent: sent, Finished: finished}
			}
		}
		send(row.before, 0, requester.Never)
		send(row.answered, 12*time.Second, 12*time.Second+time.Millisecond)
		send(row.missed, 12*time.Second, requester.Never)
		close(passages)
		window := NewWindow(10*time.Second, 20*time.Second)
		facts := Facts{Ended: 20 * time.Second, Proxies: ProxyFacts{Workers: []WorkerFacts{{Concurrency: 1}}, Passages: NewPassages(window, 1, 1)}}
		facts.Proxies.Passages.Run(passages)
		r, _ := NewFold(Options{Window: window}).Result(facts)
		assert.Equal(t, row.share, r.Proxies[0].UnansweredShare, row.says)
		r.Queue = &QueueFigures{}
		list := checklist(&r)
		last := list[len(list)-1]
		assert.Equal(t, []any{row.is, row.passed}, []any{last.Is, last.Passed}, row.says)
	}
}

// What the front balancers found out about proxies is counted with the rest, and known apart.
func TestWhatIsFoundOfProxiesIsKnownApart(t *testing.T) {
	var r Result
	(&tally{}).describe(&r, &ending{second: int64(time.Second), Facts: Facts{
		Balancers: []balancer.Ledger{{Suspicions: 2, Downs: 1}}, Proxies: ProxyFacts{Balancers: []balancer.Ledger{{Suspicions: 1, Trips: 3}, {Downs: 4}}},
	}})
	assert.Equal(t, []Count{3, 5, 3}, []Count{r.Suspicions, r.Downs, r.Trips})
	assert.Equal(t, Unfitness{Suspicions: 1, Downs: 4, Trips: 3}, r.OfProxies)
}
