package command

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/balancer"
)

func TestAPoolIsReadAsItIsMeant(t *testing.T) {
	const s = time.Second
	for _, row := range []struct {
		says, args string
		workers    int
		pool       balancer.Pool
	}{
		{"without a least and a most there is none", "-workers=7", 7, balancer.Pool{}},
		{"with both there is one", "-workers=2 -min-workers=1 -max-workers=10", 10, balancer.Pool{Start: 2, Least: 1, Interval: s / 2, Idle: 5 * s}},
		{"the least are those of the start", "-workers=2 -max-workers=10", 10, balancer.Pool{Start: 2, Least: 2, Interval: s / 2, Idle: 5 * s}},
		{"and so are the most", "-min-workers=0", 10, balancer.Pool{Start: 10, Interval: s / 2, Idle: 5 * s}},
		{"times are as they are given", "-max-workers=20 -scale-interval=1s -start-delay=2s -idle-timeout=1ms", 20,
			balancer.Pool{Start: 10, Least: 10, Interval: s, Delay: 2 * s, Idle: time.Millisecond}},
		{"speeds are of the most, and do not say how many there are", "-workers=2 -max-workers=4 -speeds=2x1,2x0.5", 4,
			balancer.Pool{Start: 2, Least: 2, Interval: s / 2, Idle: 5 * s}},
	} {
		c := parsed(t, row.args).Simulation
		assert.Equal(t, row.workers, c.Workers, row.says)
		assert.Equal(t, row.pool, c.Pool, row.says)
		assert.Len(t, c.Speeds, row.workers, row.says)
		assert.Len(t, c.Weights, row.workers, row.says)
	}
}

func TestTheLoadOfAPoolIsThatOfItsStart(t *testing.T) {
	assert.Equal(t, 160., parsed(t, "-workers=2 -max-workers=10").Simulation.Rate)
	assert.InDelta(t, 120, parsed(t, "-workers=2 -max-workers=4 -speeds=1,0.5,8,8").Simulation.Rate, 1e-9)
}

func TestAPoolIsInTheTitleAndInTheReport(t *testing.T) {
	c := parsed(t, "-workers=2 -max-workers=10")
	assert.Equal(t, "2 workers of a pool of 2 to 10, 100 requesters, 100,000 requests, load 0.8, exponential work of 10 ms, seed 1", c.Title)
	told := map[string]any{}
	for _, s := range c.Settings {
		told[s.Name] = s.Value
	}
	assert.Equal(t, []any{2, 2, 10, "500ms", "0s", "5s"},
		[]any{told["workers"], told["min-workers"], told["max-workers"], told["scale-interval"], told["start-delay"], told["idle-timeout"]})
}

func TestAPoolThatNeverChangesIsNoted(t *testing.T) {
	const note = "--min-workers=10 and --max-workers=10 change nothing: no worker starts or leaves"
	assert.True(t, slices.Contains(parsed(t, "-max-workers=10").Notes, note))
	assert.False(t, slices.Contains(parsed(t, "-max-workers=11").Notes, note))
	const rejects = "-max-workers=11 -backlog=0 -when-full=reject "
	const starts = "--max-workers=11 starts nobody: with --backlog=0 --when-full=reject no request waits"
	assert.True(t, slices.Contains(parsed(t, rejects+"-queue=0").Notes, starts))
	assert.True(t, slices.Contains(parsed(t, rejects+"-strategy=pull").Notes, starts))
	assert.False(t, slices.Contains(parsed(t, rejects).Notes, starts), "they wait at the workers")
}

func TestPoolsThatCannotBeAreRefused(t *testing.T) {
	const alone = ": want --min-workers or --max-workers beside it: without, no worker starts or leaves"
	for _, r := range []badRow{
		{"fewer at most than at the start", words("--max-workers=5"), "--max-workers=5: want at least --workers=10, with which the run starts"},
		{"more at least than at the start", words("--min-workers=5 --workers=2"), "--min-workers=5: want at most --workers=2, with which the run starts"},
		{"the most are less than the least", words("--min-workers=5 --max-workers=4 --workers=5"),
			"--max-workers=4: want at least --workers=5, with which the run starts"},
		{"two balancers", words("--max-workers=20 --balancers=2"), "--max-workers=20: want --balancers=1 beside it: a pool has one owner"},
		{"two balancers, and only a least", words("--min-workers=1 --balancers=2"), "--min-workers=1: want --balancers=1 beside it: a pool has one owner"},
		{"nobody at most", words("--max-workers=0"), "--max-workers=0: want a whole number from 1 to 100,000, or none"},
		{"less than nobody", words("--min-workers=-1"), "--min-workers=-1: want a whole number from 0 to 100,000, or none"},
		{"no time between two looks", words("--max-workers=20 --scale-interval=0s"),
			"--scale-interval=0s: want a duration above 0s and at most 1000h, such as 10ms"},
		{"idle for no time", words("--max-workers=20 --idle-timeout=0s"), "--idle-timeout=0s: want a duration above 0s and at most 1000h, such as 10ms"},
		{"a start before now", words("--max-workers=20 --start-delay=-1s"), "--start-delay=-1s: want a duration from 0s to 1000h, such as 10ms"},
		{"looks without a pool", words("--scale-interval=1s"), "--scale-interval=1s" + alone},
		{"starts without a pool", words("--start-delay=1s"), "--start-delay=1s" + alone},
		{"nobody leaves without a pool", words("--idle-timeout=1s"), "--idle-timeout=1s" + alone},
		{"speeds for those of the start only", words("--workers=2 --max-workers=10 --speeds=1,2"), "--speeds=1,2: want speeds for all --max-workers=10, not for 2"},
		{"weights, too", words("--workers=2 --max-workers=10 --strategy=weighted-random --weights=1,2"),
			"--weights=1,2: want weights for all --max-workers=10, not for 2"},
		{"a fault of a worker beyond the most", words("--workers=2 --max-workers=10 --fault=slow:factor=3,worker=10"),
			"--fault=slow:factor=3,worker=10: want workers from 0 to 9"},
		{"nobody is there, and nobody waits", words("--min-workers=0 --backlog=0 --when-full=reject"),
			"--min-workers=0: want at least 1 beside --backlog=0 --when-full=reject: where nobody is there all are rejected, and nobody waits for a start"},
		{"slots of all there may be", words("--max-workers=100000 --concurrency=100"),
			"--concurrency=100: want at most 1,000,000 in all, and --max-workers=100000 make it 10,000,000"},
		{"every request may wait for a worker to start", words("--min-workers=0 --start-delay=1000h --arrivals=closed --requests=1000000 --idle-timeout=1ms"),
			"--start-delay=1000h: want at most 2e+06h of arrivals, work, backoffs and grace in all where 1ms has to be told apart among so many requesters and workers, not 1e+07h"},
	} {
		r.check(t)
	}
}
