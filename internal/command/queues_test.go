package command

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/balancer"
)

func TestQueuesAreTheBacklog(t *testing.T) {
	c := parsed(t, "-strategy=pull -queues=3x10 -priorities=cycle:5")
	assert.Equal(t, balancer.Queues{Number: 3, Room: 10}, c.Simulation.Queues)
	assert.Equal(t, 30, c.Simulation.Backlog)
	assert.True(t, c.Simulation.Reject)
	assert.Empty(t, c.Notes)
	told := map[string]any{}
	for _, s := range c.Settings {
		told[s.Name] = s.Value
	}
	assert.Equal(t, []any{"3x10", nil, nil, nil}, []any{told["queues"], told["backlog"], told["when-full"], told["discipline"]})
	assert.Contains(t, c.Title, "queues 3x10")
}

func TestQueuesThatNobodyNeedsAreNoted(t *testing.T) {
	assert.Contains(t, parsed(t, "-strategy=pull -queues=3x10").Notes,
		"--queues=3x10: only 1 of them have requests of their own, by --priorities; the others have what finds those full")
	all := parsed(t, "-strategy=all -queues=3x10 -priorities=cycle:3")
	assert.Equal(t, []string{"pull"}, all.Simulation.Strategies)
	assert.Equal(t, []string{"--strategy=all leaves out all but pull: under it alone workers take from --queues=3x10"}, all.Notes)
}

func TestQueuesThatCannotBeAreRefused(t *testing.T) {
	const form = ": want queues and the room of each, such as 3x10: up to 1,000, with room for up to 1,000,000, or none"
	for _, r := range []badRow{
		{"no queue", words("--strategy=pull --queues=0x10"), "--queues=0x10" + form},
		{"no room", words("--strategy=pull --queues=3x0"), "--queues=3x0" + form},
		{"no second number", words("--strategy=pull --queues=3"), "--queues=3" + form},
		{"a third", words("--strategy=pull --queues=3x10x2"), "--queues=3x10x2" + form},
		{"too many", words("--strategy=pull --queues=1001x1"), "--queues=1001x1" + form},
		{"workers with queues of their own", words("--strategy=pull,random,first --queues=3x10"),
			"--queues=3x10: want --strategy=pull beside it: workers take from these queues, and under random, first requests wait at workers"},
		{"two owners", words("--strategy=pull --queues=3x10 --balancers=2"), "--balancers=2: want 1 beside pull: one queue has one owner"},
		{"another backlog", words("--strategy=pull --queues=3x10 --backlog=5"), "--backlog=5: want no --backlog beside --queues: they are the backlog"},
		{"back-pressure", words("--strategy=pull --queues=3x10 --when-full=block"),
			"--when-full=block: want no --when-full beside --queues: a request that finds all of them full is rejected"},
		{"another order", words("--strategy=pull --queues=3x10 --discipline=lifo"),
			"--discipline=lifo: want no --discipline beside --queues: each of them is first in, first out, and which of them is next is drawn"},
	} {
		r.check(t)
	}
}
