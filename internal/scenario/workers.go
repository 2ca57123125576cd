package scenario

// workers are about workers that are not alike, or come and go.
func workers() []Scenario {
	return []Scenario{
		{
			Name: "one-slow-worker",
			Says: "One of ten workers takes five times as long as the others.",
			LookFor: "round-robin and random give it three times what it can do: its queue, and their p99, grow as long as the run lasts. Who counts what is pending " +
				"sends it less, and who looks at latency, peak-ewma and least-time, less than that: their p99 is below that of least-loaded.",
			Flags: "--strategy=round-robin,random,power-of-two,least-loaded,peak-ewma,least-time --load=0.6 --fault=slow:worker=3,factor=5 --requests=15000",
		},
		{
			Name: "half-slow",
			Says: "Five workers of speed 1 and five of a quarter of it, at 70 % load of all.",
			LookFor: "round-robin asks of the slow half more than it can do. Weights that follow the speeds make it stable (weighted-round-robin), and counts with weights " +
				"are best (weighted-least-loaded). With --weights=1 the weighted ones know no more than the others.",
			Flags: "--strategy=round-robin,weighted-round-robin,power-of-two,least-loaded,weighted-least-loaded --speeds=5x1,5x0.25 --load=0.7 --requests=15000",
		},
		{
			Name: "two-slow-of-four",
			Says: "Two of four workers are ten times slower, at 40 % load.",
			LookFor: "a sixth of the pairs that power-of-two draws are the two slow workers, which is more than they can do: its mean grows with the run, to forty times that of " +
				"least-loaded. --strategy=power-of-two --choices=4, which looks at all four, is as good as least-loaded.",
			Flags: "--strategy=power-of-two,least-loaded --workers=4 --load=0.4 --work=exponential:100ms --fault=slow:worker=0-1,factor=10 --queue=100000 --requests=10000",
		},
		{
			Name: "cold-restart",
			Says: "A worker restarts, and is twenty times slower at first: its caches are empty.",
			LookFor: "whoever gives it its turn at once overloads it: the p99 of weighted-round-robin is a hundred times that of weighted-least-loaded. " +
				"A weight that rises slowly, --strategy=weighted-round-robin,weighted-least-loaded --slow-start=10s, makes that of weighted-round-robin two fifths of what it was.",
			Flags: "--strategy=weighted-round-robin,weighted-least-loaded,peak-ewma --load=0.7 --fault=crash:worker=3,at=10s,for=5s " +
				"--fault=cold:worker=3,factor=20,ramp=10s,at=15s --heartbeat=100ms --requests=20000",
		},
		{
			Name: "rolling-restart",
			Says: "Five workers restart one after the other; what each of them holds is lost.",
			LookFor: "until a heartbeat is missed, a dead worker fails at once what it is sent, and looks idle: least-loaded sends it most, and fails most. Balanced, which counts " +
				"failures, fails a twentieth of that. With --retries=2 all succeed, and with --claim=300ms, too, some of them later.",
			Flags: "--strategy=round-robin,least-loaded,balanced --workers=5 --load=0.5 --heartbeat=100ms --fault=crash:worker=0,at=5s,for=2s " +
				"--fault=crash:worker=1,at=10s,for=2s --fault=crash:worker=2,at=15s,for=2s --fault=crash:worker=3,at=20s,for=2s " +
				"--fault=crash:worker=4,at=25s,for=2s --requests=10000",
		},
		{
			Name: "scale-out",
			Says: "Two workers, and up to ten where work waits; for a while it is twice as much.",
			LookFor: "a worker that has just started helps at once only where requests wait in one queue, for what has been sent to another stays there: round-robin starts half as many " +
				"workers again as pull does, and its mean is nearly half as long again. --start-delay=10s makes that of pull a quarter longer.",
			Flags: "--strategy=round-robin,least-loaded,pull --workers=2 --max-workers=10 --start-delay=2s --idle-timeout=2s --rate=3 --work=exponential:1s " +
				"--arrivals=spike:factor=2,at=400s,for=200s --requests=2400",
		},
	}
}
