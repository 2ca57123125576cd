package command

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"waza/balancer"
	"waza/internal/option"
)

// The limits of --queues: to find out whose turn it is the balancer looks at each queue.
const (
	maxQueues = 1000
	maxRoom   = 1_000_000 // of each
)

func (f *flags) declareQueues(s *section) {
	bind(s, &f.run.Queues, queueLists(), "queues", "none",
		"3x10: in the place of --backlog, three queues in the balancer with room for ten each. A request goes into that of its "+
			"priority modulo 3, or the next with room; if all are full it is rejected. Under pull, whose workers take from any, each equally likely").
		check(f.checkQueues)
}

// queueLists reads how many queues there are, and the room of each.
func queueLists() option.Kind[balancer.Queues] {
	number, room := option.Whole(1, maxQueues), option.Whole(1, maxRoom)
	k := option.Kind[balancer.Queues]{Want: fmt.Sprintf("queues and the room of each, such as 3x10: up to %s, with room for up to %s",
		option.Grouped(maxQueues), option.Grouped(maxRoom))}
	k.Parse = func(s string) (is balancer.Queues, err error) {
		first, second, _ := strings.Cut(s, "x")
		if is.Number, err = number.Parse(first); err == nil {
			is.Room, err = room.Parse(second)
		}
		if err != nil {
			return balancer.Queues{}, k.Refuse()
		}
		return is, nil
	}
	k.Show = func(q balancer.Queues) string { return strconv.Itoa(q.Number) + "x" + strconv.Itoa(q.Room) }
	return option.OrNone(k, balancer.Queues{})
}

// isQueued tells whether requests wait in several queues.
func (f *flags) isQueued() bool { return f.run.Queues.Number > 0 }

// giveQueues makes the room of the queues that of the backlog.
func (f *flags) giveQueues() error {
	if q := f.run.Queues; f.isQueued() {
		f.run.Backlog, f.run.Reject = q.Number*q.Room, true
	}
	return nil
}

// checkQueues refuses queues from which nobody takes.
func (f *flags) checkQueues() error {
	if names := f.outside([]string{"pull"}); f.isQueued() && names != "" {
		return fmt.Errorf("want --strategy=pull beside it: workers take from these queues, and under %s requests wait at workers", names)
	}
	return nil
}

// leaveOutPushing takes out of all strategies those under which requests wait elsewhere, if there are queues to take from.
func (f *flags) leaveOutPushing() {
	if !f.isQueued() {
		return
	}
	f.run.Strategies = slices.DeleteFunc(slices.Clone(f.run.Strategies), func(name string) bool { return name != "pull" })
	f.note("--strategy=all leaves out all but pull: under it alone workers take from --queues=%s", f.flag("queues"))
}

// remarkQueues names queues in which only what overflows stands.
func (f *flags) remarkQueues() {
	c := f.run
	if classes := max(1, len(c.Mix.Priorities)); f.isQueued() && classes < c.Queues.Number {
		f.note("--queues=%s: only %d of them have requests of their own, by --priorities; the others have what finds those full", f.flag("queues"), classes)
	}
}
