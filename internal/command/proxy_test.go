package command

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/simulation"
	"waza/requester"
	"waza/worker"
)

func TestProxies(t *testing.T) {
	assert.Equal(t, simulation.Proxies{}, parsed(t, "").Simulation.Proxies)
	assert.Equal(t, simulation.Proxies{
		Number: 3, Strategy: "least-loaded", Weights: []float64{1, 1, 1}, Concurrency: 64, Queue: 1024, Work: requester.Constant(time.Millisecond),
	}, parsed(t, "-proxies=3").Simulation.Proxies)
	assert.Equal(t, []float64{1, 1, 2}, parsed(t, "-proxies=3 -proxy-strategy=ring-hash -proxy-weights=2x1,1x2").Simulation.Proxies.Weights)

	c := parsed(t, "-proxies=3 -fault=crash:proxy=0-1,at=1s -fault=slow:worker=2,factor=2").Simulation
	require.Len(t, c.Faults, 2)
	assert.Equal(t, []bool{true, false}, []bool{c.Faults[0].Proxies, c.Faults[1].Proxies})
	assert.Equal(t, worker.Selection{First: 0, Last: 1}, c.Faults[0].Workers)
	assert.Equal(t, "crash:proxy=0-1,at=1s,notify=error", c.Faults[0].String())
	assert.InDelta(t, 800, c.Rate, 1e-9, "the load is that of the workers")
	assert.Equal(t, requester.Failed, parsed(t, "-proxies=3 -strategy=pull -claim=1s -fault=crash:proxy=0 -fault=crash:worker=0").Simulation.Faults[0].Set["notify"],
		"what a proxy holds nobody claims")
}

// Behind proxies there is one balancer, however many are in front of them.
func TestOneQueueBehindProxiesHasOneOwner(t *testing.T) {
	for _, args := range []string{
		"-proxies=2 -balancers=3 -strategy=pull", "-proxies=2 -balancers=3 -max-workers=12", "-proxies=2 -balancers=3 -strategy=all",
	} {
		assert.Equal(t, 3, parsed(t, args).Simulation.Balancers)
	}
	all := parsed(t, "-proxies=2 -strategy=all -claim=1s -fault=crash:worker=0")
	assert.Equal(t, []string{"pull", "bounded-pull"}, all.Simulation.Strategies)
	assert.Contains(t, all.Notes, "--strategy=all leaves out all but pull, bounded-pull: behind --proxies what is claimed belongs to one queue")
}

func TestProxiesThatAreWrongAreRefused(t *testing.T) {
	const none = ": want --proxies beside it: without, requests go from balancers to workers"
	for _, r := range []badRow{
		{"there is no half of one", words("--proxies=0"), "--proxies=0: want a whole number from 1 to 100, or none"},
		{"work of nobody", words("--proxy-work=2ms"), "--proxy-work=2ms" + none},
		{"a strategy of nobody", words("--proxy-strategy=random"), "--proxy-strategy=random" + none},
		{"places of nobody", words("--proxy-concurrency=2"), "--proxy-concurrency=2" + none},
		{"nobody waits", words("--proxy-waits"), "--proxy-waits=true" + none},
		{"a misspelt strategy", words("--proxies=2 --proxy-strategy=randon"), "--proxy-strategy=randon: want one of the names that --strategies lists; did you mean random?"},
		{"proxies stand nowhere", words("--proxies=2 --proxy-strategy=locality"), "--proxy-strategy=locality: want a strategy that knows neither zones nor tiers: proxies have none"},
		{"one queue in front", words("--proxies=2 --balancers=2 --proxy-strategy=pull"), "--proxy-strategy=pull: want --balancers=1 beside it, not 2: one queue has one owner"},
		{"more balancers than requesters", words("--proxies=2 --requesters=3 --balancers=4"),
			"--balancers=4: want at most --requesters=3: each requester asks one balancer, and the others would have nothing to do"},
		{"a processing list without pull", words("--proxies=2 --claim=1s --fault=crash:worker=0"),
			"--claim=1s: want --strategy=pull beside it and --proxies, not least-loaded: behind proxies what is claimed belongs to one queue"},
		{"a list that is for more of them", words("--proxies=2 --proxy-strategy=weighted-random --proxy-weights=1,2,3"), "--proxy-weights=1,2,3: want weights for all --proxies=2, not for 3"},
		{"a fault of nobody", words("--fault=crash:proxy=0"), "--fault=crash:proxy=0: want --proxies beside it: without, there is none to hit"},
		{"a fault of one that there is not", words("--proxies=2 --fault=crash:proxy=2"), "--fault=crash:proxy=2: want proxies from 0 to 1"},
		{"a fault of both", words("--proxies=2 --fault=crash:proxy=0,worker=0"), "--fault=crash:proxy=0,worker=0: want either worker or proxy"},
		{"a fault in a zone", words("--proxies=2 --zones=0.5,0.5 --fault=crash:proxy=0,zone=1"), "--fault=crash:proxy=0,zone=1: want no zone beside proxy: proxies stand in none"},
		{"no answer to lose", words("--proxies=2 --fault=drop:proxy=0,p=0.1"),
			"--fault=drop:proxy=0,p=0.1: want --proxy-waits beside it: else the worker answers, and a proxy has no answer to lose"},
		{"what takes no time", words("--proxies=2 --proxy-work=0s --fault=slow:proxy=0,factor=2"),
			"--fault=slow:proxy=0,factor=2: want a --proxy-work above 0s beside it: what takes no time gets no slower"},
		{"none is left in a closed loop", words("--proxies=2 --arrivals=closed --fault=crash:proxy=all"),
			"--fault=crash:proxy=all: want some proxy that goes on: with --arrivals=closed its requesters would wait for ever"},
		{"an answer that never comes in a closed loop", words("--proxies=2 --arrivals=closed --fault=blackhole:proxy=0"),
			"--fault=blackhole:proxy=0: want --timeout or --deadline beside it: a requester of a closed loop would wait for ever for the answer that it swallows"},
	} {
		r.check(t)
	}
}

func TestOneProxyIsNoChoice(t *testing.T) {
	assert.Contains(t, parsed(t, "-proxies=1 -proxy-strategy=random").Notes, "--proxy-strategy=random changes nothing: there is one proxy to pick")
}
