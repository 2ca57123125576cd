package command

import "testing"

func TestBadSpecificationsOfStreamsAreRefused(t *testing.T) {
	const claimed = "--fault=crash:worker=1 --claim=2s "
	for _, r := range []badRow{
		{"a loss is a probability", words(claimed + "--announcement-loss=1.1"), "--announcement-loss=1.1: want a number from 0 to 1"},
		{"and not below 0", words(claimed + "--announcement-loss=-0.1"), "--announcement-loss=-0.1: want a number from 0 to 1"},
		{"a loss is a number", words(claimed + "--announcement-loss=none"), "--announcement-loss=none: want a number from 0 to 1"},
		{"without claims nothing is announced", words("--fault=crash:worker=1 --announcement-loss=0.5"),
			"--announcement-loss=0.5: want --claim=… beside it: without, nothing is announced"},
	} {
		r.check(t)
	}
}
