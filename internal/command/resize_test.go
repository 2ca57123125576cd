package command

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
)

func TestResizesThatAreWrongAreRefused(t *testing.T) {
	const want = "want a number of workers and an instant, such as 5@30s"
	for _, r := range []badRow{
		{"no instant", words("--resize=5"), "--resize=5: " + want},
		{"to nobody", words("--resize=0@5s"), "--resize=0@5s: want before the @ a whole number from 1 to 100,000"},
		{"to more than there may be", words("--resize=1000000@5s"), "--resize=1000000@5s: want before the @ a whole number from 1 to 100,000"},
		{"at an instant without a unit", words("--resize=5@30"), "--resize=5@30: want behind the @ a duration above 0s and at most 1000h, such as 10ms"},
		{"at the start, which --workers says", words("--resize=5@0s"), "--resize=5@0s: want behind the @ a duration above 0s and at most 1000h, such as 10ms"},
		{"twice at one instant", words("--resize=5@1000ms --resize=6@1s"), "--resize=6@1s: want one number at a time, and there is another at 1s"},
		{"of a pool", words("--resize=5@1s --max-workers=20"),
			"--resize=5@1s: want no --min-workers and no --max-workers beside it: a pool finds out by itself how many workers there are to be"},
		{"speeds are of the most", words("--workers=2 --resize=5@1s --resize=3@2s --speeds=2x1"),
			"--speeds=2x1: want speeds for all --resize=5@1s 3@2s, not for 2"},
		{"nobody is left who lives", words("--arrivals=closed --workers=3 --resize=1@1s --timeout=1s --fault=crash:worker=0,at=500ms"),
			"--fault=crash:worker=0,at=500ms: want some worker that goes on: with --arrivals=closed its requesters would wait for ever"},
	} {
		r.check(t)
	}
}

// The most that there ever are exist; the load is of those at the start; and resizes are in the order in which they come.
func TestResizesAreInTheirOrder(t *testing.T) {
	c, err := Parse(words("--workers=4 --resize=2@20s --resize=6@10s --load=0.5"))
	require.NoError(t, err)
	assert.Equal(t, []balancer.Resize{{At: 10 * time.Second, Workers: 6}, {At: 20 * time.Second, Workers: 2}}, c.Simulation.Resizes)
	assert.Equal(t, []int{4, 6}, []int{c.Simulation.Pool.Start, c.Simulation.Workers})
	assert.InDelta(t, 200, c.Simulation.Rate, 1e-9, "half of what four workers do in 10 ms each")
}

func TestResizesThatChangeNothingAreNoted(t *testing.T) {
	c, err := Parse(words("--workers=4 --resize=4@1s --resize=5@2s --resize=9@1h --requests=10000"))
	require.NoError(t, err)
	assert.Equal(t, []string{
		"--resize=4@1s changes nothing: there are as many already",
		"--resize=9@1h is after all requests have begun: they arrive for 31.25 s",
	}, c.Notes)
}
