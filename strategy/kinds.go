package strategy

import "waza/internal/option"

// These are the lines of the table by what the strategies go by: how much work a worker has, how long it takes, how often it
// fails; who is free; what a request is about; where workers and requests belong; or nothing of the kind.

func loadAware() []Kind {
	return []Kind{
		{Name: "least-loaded", Takes: option.List{tie}, Counts: true, make: newLeastLoaded,
			Does: "the worker with the fewest pending requests, from a heap"},
		{Name: "weighted-least-loaded", Takes: option.List{tie}, Flags: "weights slow-start", Counts: true, make: newWeightedLeastLoaded,
			Does: "the worker with the fewest pending requests for its weight"},
		{Name: "power-of-two", Takes: option.List{choices}, Counts: true, make: newPowerOfTwo,
			Does: "the less loaded of two workers drawn at random"},
		{Name: "least-request", Takes: option.List{choices}, Counts: true, make: newLeastRequest,
			Does: "the less loaded of two workers drawn at random, which may be one drawn twice"},
		{Name: "one-plus-beta", Takes: option.List{beta}, Counts: true, make: newOnePlusBeta,
			Does: "the less loaded of two for a share β of the requests, else any worker"},
		{Name: "join-idle-queue", make: newJoinIdleQueue,
			Does: "a worker that has told this balancer that it is idle, else any worker"},
		{Name: "first", Takes: option.List{bound}, make: newFirst,
			Does: "the first worker that holds fewer requests than the bound: few workers, well used"},
	}
}

func latencyAware() []Kind {
	return []Kind{
		{Name: "peak-ewma", Takes: option.List{ewmaDecay}, Counts: true, make: newPeakEWMA,
			Does: "the one of two with less latency × pending; a slow answer counts at once and fades slowly"},
		{Name: "least-time", Takes: option.List{latencyAlpha}, Counts: true, make: newLeastTime,
			Does: "the worker with the least average latency × pending"},
		{Name: "prequal", Takes: option.List{Probes, probePool, probeAge, hotQuantile, ProbeDelay}, Probes: true, make: newPrequal,
			Does: "of the workers probed lately the fastest that is not hot; probes take time, and nobody waits"},
		{Name: "capacity-latency", Counts: true, make: newCapacityLatency,
			Does: "the worker with the fewest pending requests, the faster among equals"},
	}
}

func errorAware() []Kind {
	return []Kind{
		{Name: "peak-ewma-penalty", Takes: option.List{ewmaDecay, failurePenalty}, Counts: true, make: newPeakEWMAPenalty,
			Does: "peak-ewma that takes a failure for a very slow answer"},
		{Name: "balanced", Counts: true, make: newBalanced,
			Does: "the worker with the fewest pending requests, where a failure counts as ten and fades"},
	}
}

func pulling() []Kind {
	return []Kind{
		{Name: "pull", Central: true, make: newPull,
			Does: "whoever has been idle longest; requests wait in one central queue"},
		{Name: "bounded-pull", Takes: option.List{bound}, Central: true, make: newBoundedPull,
			Does: "whoever holds the fewest requests, and fewer than the bound; the others wait in one central queue"},
	}
}

func hashing() []Kind {
	return []Kind{
		{Name: "mod-hash", Hashes: true, Flags: "keys", make: newModHash,
			Does: "hash of the key modulo members: the counter-example when members change"},
		{Name: "ring-hash", Takes: option.List{RingPoints}, Hashes: true, Flags: "keys weights", make: newRingHash,
			Does: "the owner of the first point clockwise from the key on a ring"},
		{Name: "bounded-hash", Takes: option.List{RingPoints, hashBalance}, Hashes: true, Flags: "keys weights", make: newBoundedHash,
			Does: "the same ring, past whoever holds more than its share"},
		{Name: "maglev", Takes: option.List{TableSize}, Hashes: true, Flags: "keys weights", make: newMaglev,
			Does: "the owner of the key's slot in a table that workers fill in turn"},
		{Name: "rendezvous", Hashes: true, Flags: "keys weights", make: newRendezvous,
			Does: "the worker with the strongest claim to the key, from a hash of both"},
	}
}

func topology() []Kind {
	return []Kind{
		{Name: "priority", Takes: option.List{tie}, Flags: "tiers priorities", Counts: true, make: newPriority,
			Does: "the least loaded of the tier that serves the request's priority, else of the next"},
		{Name: "locality", Takes: option.List{spill, tie}, Flags: "zones", Counts: true, make: newLocality,
			Does: "the least loaded of the request's zone while it has room, else of the nearest that has"},
		{Name: "shuffle-shard", Takes: option.List{ShardSize}, Flags: "weights", Counts: true, Part: true, make: newShuffleShard,
			Does: "the least loaded of the few workers that the requester is bound to"},
		{Name: "subset", Takes: option.List{SubsetSize}, Counts: true, Part: true, make: newSubset,
			Does: "the least loaded of the few workers that the balancer knows"},
	}
}

func baseline() []Kind {
	return []Kind{
		{Name: "round-robin", make: newRoundRobin,
			Does: "the next worker in turn"},
		{Name: "weighted-round-robin", Flags: "weights slow-start", make: newWeightedRoundRobin,
			Does: "the next worker in turn, the heavy ones more often"},
		{Name: "random", make: newRandom,
			Does: "any worker, all equally likely"},
		{Name: "weighted-random", Flags: "weights slow-start", make: newWeightedRandom,
			Does: "any worker, the heavy ones more likely"},
		{Name: "most-loaded", Counts: true, make: newMostLoaded,
			Does: "the worker with the most pending requests: the negative control"},
	}
}
