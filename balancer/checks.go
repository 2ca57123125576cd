package balancer

import (
	"fmt"
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// checks ask every member once in each interval whether it is there (active health checks in Envoy, HAProxy and nginx Plus). The members
// are asked one after the other, so that the questions spread evenly. Who does not pass so many times in a row is down, and who passes so
// many times in a row is up again. A worker that gives no answer has not passed when the interval is over. O(1) per check.
type checks struct {
	deaf
	balancer *Balancer
	interval time.Duration
	down, up int
	checked  []*checkup // by worker id; nil: it has never been a member
}

// A checkup is how a member has done.
type checkup struct {
	*member
	inARow int // checks that would change whether it is down
}

var (
	checkInterval = option.New("interval", option.Length(time.Millisecond), "1s", "between two checks of a worker")
	checkDown     = option.New("down", option.Whole(1, 1_000_000), "3", "checks in a row that are not passed, after which it is down")
	checkUp       = option.New("up", option.Whole(1, 1_000_000), "2", "checks in a row that are passed, after which it is up again")

	checkKeys = option.List{checkInterval, checkDown, checkUp}
)

// newChecks begins with the balancer's first instant, when all workers that are there at the start have joined.
func newChecks(b *Balancer, set option.Values) watcher {
	c := &checks{balancer: b, interval: checkInterval.In(set), down: checkDown.In(set), up: checkUp.In(set)}
	b.look()
	b.at(b.now, c.plan)
	b.every(c.interval, c.plan)
	return c
}

func (c *checks) joined(m *member) {
	c.checked = withPlace(c.checked, m.ID)
	if u := c.checked[m.ID]; u == nil || u.member != m {
		c.checked[m.ID] = &checkup{member: m}
	}
}

// plan spreads the checks of the members over the interval that begins now, in order of their ids.
func (c *checks) plan(now time.Duration) {
	n, next := c.balancer.health.members, 0
	for _, u := range c.checked {
		if u != nil && u.presence == joined {
			c.balancer.at(now+c.interval*time.Duration(next)/time.Duration(n), func(now time.Duration) { c.ask(u, now) })
			next++
		}
	}
}

// ask asks a member, unless it is one no more.
func (c *checks) ask(u *checkup, now time.Duration) {
	if u.presence != joined || u.vitals == nil {
		return
	}
	switch u.vitals.Pulse(now) {
	case worker.Passes:
		c.hear(u, now, true)
	case worker.Refuses:
		c.hear(u, now, false)
	case worker.Silent:
		c.balancer.at(now+c.interval, func(now time.Duration) { c.hear(u, now, false) })
	}
}

// hear counts a check, if it would change whether the member is down; else it ends a row of those that would.
func (c *checks) hear(u *checkup, now time.Duration, passed bool) {
	if u.presence != joined {
		return
	}
	isDown, needed := u.causes&down != 0, c.down
	if isDown {
		needed = c.up
	}
	if passed != isDown {
		u.inARow = 0
		return
	}
	if u.inARow++; u.inARow < needed {
		return
	}
	u.inARow = 0
	c.balancer.mark(u.member, down, !isDown, now)
	if isDown {
		c.balancer.tellSince(now, requester.Ups, u.member, "")
	} else {
		c.balancer.ledger.Downs++
		c.balancer.tellSince(now, requester.Downs, u.member, fmt.Sprintf("it has not passed %d checks in a row", c.down))
	}
}
