package command

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/worker"
)

func TestBadRetriesOfMessagesAreRefused(t *testing.T) {
	const flaky = "--fault=flaky:p=0.1 "
	for _, r := range []badRow{
		{"an interval has a length", words(flaky + "--message-retry=0s"), "--message-retry=0s: want as interval a duration above 0s and at most 1000h, such as 10ms, as in 30s,attempts=10000"},
		{"one try is none more", words(flaky + "--message-retry=1s,attempts=1"), "--message-retry=1s,attempts=1: want as attempts a whole number from 2 to 1,000,000, as in 30s,attempts=10000"},
		{"a key is misspelt", words(flaky + "--message-retry=1s,atempts=3"), "--message-retry=1s,atempts=3: want attempts and not atempts; did you mean attempts?"},
		{"there is one interval", words(flaky + "--message-retry=1s,2s"), "--message-retry=1s,2s: want one value, as in 30s,attempts=10000"},
		{"without a failure nothing is tried again", words("--fault=crash:worker=1 --message-retry=on"),
			"--message-retry=on: want --fault=flaky:… or fail-fast:… beside it: without, no work fails"},
		{"a worker that always fails tries for ever", words("--fault=fail-fast:worker=1 --message-retry=on"),
			"--message-retry=on: want at most 500000h of work in all, for the slowest worker and with every retry, not 8.336e+06h"},
	} {
		r.check(t)
	}
	c, err := Parse(words(flaky + "--message-retry=on"))
	assert.NoError(t, err)
	assert.Equal(t, worker.Retry{Interval: 30 * time.Second, Attempts: 10_000}, c.Simulation.Persist)
}
