package command

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Each of these runs once ended in a deadlock: requests waited in the backlog for workers that are down, and nobody else. Now they are cut, which a
// note says, or in a closed loop refused.
func TestRequestsThatMayWaitForEver(t *testing.T) {
	const undecided = " --deadline=100ms --propagate-deadline=false"
	noted := func(args string) bool {
		return slices.ContainsFunc(parsed(t, args).Notes, func(note string) bool { return strings.Contains(note, "pass no check of --health") })
	}
	for _, args := range []string{
		"--health=on --panic=0% --fault=blackhole:worker=all" + undecided,
		"--health=on --panic=0% --fault=blackhole:worker=0-4 --fault=crash:worker=5-9" + undecided,
		"--health=on --strategy=shuffle-shard --shard-size=1 --fault=blackhole:worker=3" + undecided,
		"--health=on --strategy=subset --subset-size=2 --balancers=5 --fault=blackhole:worker=3-4" + undecided,
		"--health=on --panic=0% --workers=5 --max-workers=10 --fault=blackhole:worker=0-4" + undecided,
		"--health=on --panic=0% --proxies=2 --fault=blackhole:proxy=all" + undecided,
	} {
		assert.True(t, noted(args), args)
		badRow{"in a closed loop: " + args, words(args + " --arrivals=closed"),
			"--health=on: want --timeout or --deadline beside it, propagated: with --arrivals=closed requesters would wait for ever for workers that pass no check any more"}.check(t)
	}
	for _, args := range []string{
		"--health=on --panic=0% --fault=blackhole:worker=all --deadline=100ms",              // their time is over in the backlog
		"--health=on --fault=blackhole:worker=all" + undecided,                              // panic sends them into a hole
		"--health=on --panic=0% --fault=blackhole:for=10s" + undecided,                      // they are up again
		"--health=on --panic=0% --fault=blackhole:worker=0-8" + undecided,                   // one is left
		"--health=on --workers=5 --max-workers=10 --fault=blackhole:worker=0-4" + undecided, // panic, whoever else may start
	} {
		assert.False(t, noted(args), args)
	}
}
