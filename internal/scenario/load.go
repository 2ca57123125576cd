package scenario

// loads are about how much is asked for, when, and by whom.
func loads() []Scenario {
	return []Scenario{
		{
			Name: "baseline",
			Says: "Ten equal workers at 80 % load, Poisson arrivals, exponential work.",
			LookFor: "the less a strategy knows, the longer the tail: pull, least-loaded, power-of-two, round-robin and random, in this order. " +
				"Theory has 12.05 ms as the mean of pull (Erlang C) and 50 ms as that of random (ten queues M/M/1).",
			Flags: "--strategy=pull,least-loaded,power-of-two,round-robin,random --requests=20000",
		},
		{ // The lengths are those of requester and op in the balance.go of the talk, but for one of nothing, which is none here.
			Name: "waza",
			Says: "The talk's: a hundred requesters, who wait for their answers, and ten workers.",
			LookFor: "a closed loop bounds itself, and here it has more requesters than ten workers can serve: all that a strategy can do is to leave no worker " +
				"idle. Least-loaded, the talk's, keeps all busy; round-robin and random do not, and the slowest of their requests take twice as long.",
			Flags: "--strategy=least-loaded,round-robin,random --arrivals=closed --requesters=100 --workers=10 --think=uniform:1ms,20s " +
				"--work=uniform:1ms,10s --requests=20000",
		},
		{
			Name: "heavy-tail",
			Says: "Few requests are most of the work: bounded Pareto with α = 1.5, at 70 % load.",
			LookFor: "whoever sends by turns or by chance puts short requests behind long ones: the p99 of round-robin is five times that of least-loaded, " +
				"although both have the same workers and the same work. Where all requests take equally long, --work=10ms, round-robin is as good as least-loaded.",
			Flags: "--strategy=pull,least-loaded,power-of-two,round-robin,random --work=pareto:10ms,alpha=1.5,max=1s --load=0.7 --requests=20000",
		},
		{
			Name: "flash-crowd",
			Says: "For three seconds half as much again is asked for as the workers can do.",
			LookFor: "no strategy helps: what comes too fast waits, and the p99 of all is over a second. A limit does: with " +
				"--queue=20 --backlog=0 --when-full=reject the p99 is below 0.4 s, and nearly nine of ten requests succeed; under pull, for which nobody waits at a worker, " +
				"five of six, and their p99 is below 0.1 s.",
			Flags: "--strategy=pull,least-loaded,power-of-two,round-robin --load=0.5 --arrivals=spike:factor=3,at=10s,for=3s --requests=12000",
		},
		{
			Name: "retry-storm",
			Says: "Ten seconds of overload, and requesters that try again after a second.",
			LookFor: "the system stays down after its cause is over: each request is tried more than three times, and three of four fail to the end, whatever the " +
				"strategy. With --retry-budget=0.2 --min-retries-per-second=0 it recovers, and three of four succeed.",
			Flags: "--strategy=least-loaded,pull --workers=5 --load=0.73 --work=exponential:100ms --arrivals=spike:factor=1.78,at=60s,for=10s " +
				"--timeout=1s --retries=3 --propagate-deadline=false --requests=7300",
		},
		{
			Name: "overload",
			Says: "Half as much again is asked for as can be done, and nobody waits over 1.4 s.",
			LookFor: "the fairest queue is the worst: under pull each request has waited for nearly all of its time before it is served, and a sixth of what could be done is done. " +
				"The newest first (--strategy=pull --discipline=lifo) or a limit (--limit=gradient --backlog=0 --when-full=reject) do over four fifths, but the limit under random only three: it sends to busy workers while " +
				"others are idle. With --propagate-deadline=false nothing useful is done at all.",
			Flags: "--strategy=least-loaded,pull,random --load=1.5 --work=exponential:100ms --deadline=1400ms --requests=10000",
		},
	}
}
