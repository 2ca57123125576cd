package scenario

import "strings"

// knowledge is about what a balancer knows, and which workers it may choose from.
func knowledge() []Scenario {
	return []Scenario{
		{
			Name: "stale-signal",
			Says: "The balancer sees the pending counts of a second ago.",
			LookFor: "what is best with fresh counts is worst with old ones: all requests of a second go to the worker that looked free, and the p99 of least-loaded is twice that of random. " +
				"The less a strategy trusts them the better: power-of-two, then one-plus-beta, and round-robin, which trusts none.",
			Flags: "--strategy=least-loaded,power-of-two,one-plus-beta,random,round-robin --load=0.7 --work=exponential:100ms --stale=1s --requests=10000",
		},
		{
			Name: "many-balancers",
			Says: "Twenty balancers over a hundred workers; each knows what it has sent itself.",
			LookFor: "least-loaded sees a twentieth of the load, and is hardly better than power-of-two. Who asks the workers knows more: join-idle-queue has half of its mean, " +
				"and prequal five sixths. With --balancers=1 least-loaded is the best of them.",
			Flags: "--strategy=least-loaded,power-of-two,join-idle-queue,prequal,random --workers=100 --balancers=20 --load=0.9 --requests=10000",
		},
		{
			Name: "first-pick",
			Says: "Twenty balancers that send to the lowest id wherever two workers look alike.",
			LookFor: "each knows little, so to each most workers look idle, and all choose the first of them: the mean of least-loaded is over four times that of random. " +
				"With --tie=round-robin or --tie=random it is as good as power-of-two.",
			Flags: "--strategy=least-loaded,power-of-two,random --balancers=20 --tie=first --load=0.5 --requests=10000",
		},
		{
			Name: "hot-key",
			Says: "Each request has a key, and a few keys are most of the requests (Zipf 1.1).",
			LookFor: "whoever sends a key to one worker overloads that of the hottest, at 60 % load in the mean: mod-hash, ring-hash, maglev and rendezvous alike. " +
				"Bounded-hash passes on what is more than a worker's share, and its p99 is not a fiftieth of theirs.",
			Flags: "--strategy=mod-hash,ring-hash,maglev,rendezvous,bounded-hash,least-loaded --keys=zipf:1.1,1000 --load=0.6 --requests=10000",
		},
		{
			Name: "two-zones",
			Says: "Two zones 5 ms apart; one has seven tenths of the requests, half of the workers.",
			LookFor: "least-loaded sends half of the requests across, and pays 10 ms for each; locality sends only what its own zone has no room for. It has the lower mean, and the longer tail in the " +
				"busy zone, as long as it spills late; with --spill=1 both are lower.",
			Flags: "--strategy=locality,least-loaded,round-robin --zones=0.7,0.3 --zone-delay=5ms --workers=20 --load=0.6 --requests=15000",
		},
		{ // Requests take turns, so that each priority is one requester, and the work of the first is thirty times that of the others.
			Name: "noisy-neighbour",
			Says: "One of ten requesters asks for thirty times as much work as each of the others.",
			LookFor: "it is priority 0 in the table by class, and each of the others has a priority of its own. It asks for more than all can do, and where all workers are for all requesters, " +
				"all wait with it: half of them five seconds and more. Where each requester is bound to two workers (shuffle-shard) it fills its own two. Two of its nine neighbours cannot get " +
				"round these and wait, too; the other seven have a p99 below 0.5 s.",
			Flags: "--strategy=shuffle-shard,least-loaded,round-robin --requesters=10 --workers=20 --priorities=cycle:10 --priority-work=exponential:300ms" +
				strings.Repeat("/10ms", 9) + " --rate=800 --requests=16000",
		},
	}
}
