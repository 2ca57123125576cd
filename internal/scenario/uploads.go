package scenario

// uploads are about requesters that take long to send what they ask.
func uploads() []Scenario {
	return []Scenario{
		{
			Name: "slow-uploads",
			Says: "A tenth of the requesters take two seconds to send a body.",
			LookFor: "a request is 50 ms of work. Work alone is 18 % of what ten workers can do, and with uploads they are held for 90 %: the requests of the others wait, under round-robin most of them, behind one that is still being sent. " +
				"With --buffer-uploads the balancer takes the body first: workers are busy with work alone, and p50 is that of work, a quarter of what it was under least-loaded and a hundredth under round-robin; slow requesters wait for their uploads only.",
			Flags: "--strategy=round-robin,least-loaded,pull --rate=36 --work=exponential:50ms --requests=7200 --upload=500kB --bandwidth=250kB/s --slow-requesters=10%",
		},
	}
}
