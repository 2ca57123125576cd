package command

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Each of these runs ended in a deadlock: requests waited in the backlog for workers that are down, and nobody else.
func TestRequestsThatWouldWaitForEverAreRefused(t *testing.T) {
	const want = "--health=on: want --timeout or --deadline beside it, propagated: some requests would wait for ever for workers that are down for ever"
	const served = " --deadline=100ms --propagate-deadline=false"
	for _, r := range []badRow{
		{"all are holes, and there is no panic", words("--health=on --panic=0% --fault=blackhole:worker=all" + served), want},
		{"also in a closed loop", words("--health=on --panic=0% --arrivals=closed --fault=blackhole:worker=all" + served), want},
		{"those that are not dead", words("--health=on --panic=0% --fault=blackhole:worker=0-4 --fault=crash:worker=5-9" + served), want},
		{"all of a shard", words("--health=on --strategy=shuffle-shard --shard-size=1 --fault=blackhole:worker=3" + served), want},
		{"all of a subset", words("--health=on --strategy=subset --subset-size=2 --balancers=5 --fault=blackhole:worker=3-4" + served), want},
		{"all that there are of a pool", words("--health=on --panic=0% --workers=5 --max-workers=10 --fault=blackhole:worker=0-4" + served), want},
		{"or all proxies", words("--health=on --panic=0% --proxies=2 --fault=blackhole:proxy=all" + served), want},
		{"the dead of a shard are members where nobody beats",
			words("--health=on --strategy=shuffle-shard --shard-size=1 --heartbeat=none --fault=crash:worker=3"), want},
	} {
		r.check(t)
	}
	for _, good := range []string{
		"--panic=0% --fault=blackhole:worker=all --deadline=100ms",                                 // their time is over in the backlog
		"--fault=blackhole:worker=all" + served,                                                    // panic sends them into a hole
		"--panic=0% --fault=blackhole:worker=all",                                                  // what is swallowed is lost at the end
		"--panic=0% --fault=blackhole:for=10s" + served,                                            // they are up again
		"--panic=0% --fault=blackhole:worker=0-8" + served,                                         // one is left
		"--workers=5 --max-workers=10 --fault=blackhole:worker=0-4" + served,                       // panic, whoever else may start
		"--strategy=shuffle-shard --fault=blackhole:worker=3" + served,                             // as in a shard of two
		"--strategy=shuffle-shard --shard-size=1 --fault=crash:worker=3",                           // the dead are no members
		"--strategy=shuffle-shard --shard-size=1 --panic=100% --fault=blackhole:worker=3" + served, // one that is down is enough for panic
	} {
		_, err := Parse(words("--health=on " + good))
		assert.NoError(t, err, good)
	}
}
