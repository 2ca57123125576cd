package scenario

// consumers is what the scenarios of streams have in common: each consumer takes the stream that has waited longest, when it is idle, and works
// on one at a time. A stream's priority is its number modulo three, in the order low, normal, high: 4, 2 and 1 s of work.
const consumers = "--requesters=30 --priorities=cycle:3 --priority-work=4s/2s/1s --warmup=0% "

// leased is a lease of two seconds, extended each second.
const leased = "--claim=2s --heartbeat=1s "

// streams are about the consumers of a group that claim from one another what a dead one had, as those of Redis streams do.
func streams() []Scenario {
	return []Scenario{
		{
			Name: "streams-basic",
			Says: "Three consumers share long streams, first come, first served.",
			LookFor: "a stream's number modulo three is its priority: 0 is low, with 4 s of work, 1 normal, with 2 s, and 2 high, with 1 s. Under pull a stream waits only while all consumers are busy, and waits as long whatever its priority: p50 differs by the work alone. Round-robin assigns streams " +
				"to consumers that are busy while others are idle, and they wait half as long again; least-loaded, which must guess among the busy, is between.",
			Flags: "--strategy=pull,least-loaded,round-robin --workers=3 --load=0.8 --requests=3000 " + consumers,
		},
		{
			Name: "streams-consumer-killed",
			Says: "Consumers are killed now and then, and others claim what they had.",
			LookFor: "each of four is killed once a minute, and is back ten seconds later; nothing is lost and nothing is served twice. A death is known two seconds after the last heartbeat before it, 1.5 s after the death in the mean and 2 s at most; " +
				"with --heartbeat=666ms, three beats per lease, it is 5/6 of the lease. Without a claim, --claim=none, one in seven fails.",
			Flags: "--strategy=pull --workers=4 --load=0.7 --requests=1200 --fault=crash:mtbf=60s,mttr=10s " + leased + consumers,
		},
		{
			Name: "streams-scale-out",
			Says: "One consumer has more to do than it can, and three more join.",
			LookFor: "under pull those that join take what has waited longest, and the backlog is gone within a minute. Under least-loaded what was assigned to the first stays with the first: " +
				"the slowest stream takes longer. Without help, --max-workers=1, the backlog grows and grows.",
			Flags: "--strategy=pull,least-loaded --workers=1 --max-workers=4 --start-delay=5s --idle-timeout=60s --rate=1.2 --requests=300 " + consumers,
		},
		{
			Name: "streams-high-load",
			Says: "Consumers that are nearly always busy are killed now and then.",
			LookFor: "a claimed stream goes before all that wait, yet it waits until somebody is idle: one consumer tries for it, and wins. Under pull a dead consumer " +
				"has one stream to be claimed; under least-loaded it has its queue as well, three times as much, and the slowest are slower.",
			Flags: "--strategy=pull,least-loaded --workers=4 --load=0.95 --requests=1500 --fault=crash:mtbf=5m,mttr=2s " + leased + consumers,
		},
		{
			Name: "streams-zombie",
			Says: "Consumers stand still for longer than their lease, and come back.",
			LookFor: "a consumer that stood still finds itself disowned, and finishes what another has begun meanwhile: duplicates, an eighth of the busy time. With a lease that outlives " +
				"the pauses, --claim=30s, there are hardly any, and a death would be known half a minute late.",
			Flags: "--strategy=pull --workers=4 --load=0.7 --requests=1200 --fault=stall:mtbf=60s,mttr=5s " + leased + consumers,
		},
		{
			Name: "streams-lost-announcement",
			Says: "Of every other stream that is to be claimed nobody hears.",
			LookFor: "a sweep, once per lease, finds what nobody heard of: nothing is lost, half of the claims are a sweep's, and they come up to a lease later: 2 s after the death in the mean, " +
				"where with --announcement-loss=0 it is 1.5 s, and 4 s at most.",
			Flags: "--strategy=pull --workers=4 --load=0.7 --requests=1200 --fault=crash:mtbf=60s,mttr=10s --announcement-loss=0.5 " + leased + consumers,
		},
	}
}
