package report

import (
	"errors"
	"fmt"
	"strings"

	"waza/requester"
)

// tally counts the requests, attempts and services of the whole run, as the requesters tell of them.
type tally struct {
	requests, attempts [requester.Verdicts]int
	withdrawn, skipped int // attempts whose time was over: at the door; in backlog or queue
	unserved, atDoor   int // attempts cancelled or lost before service; those of them at the door
	executed, late     int
	buried             int
	service            wide // ns
}

func (t *tally) add(block []requester.Outcome) {
	for i := range block {
		o := &block[i]
		t.requests[o.Verdict]++
		for v, n := range o.Attempts {
			t.attempts[v] += int(n)
		}
		t.withdrawn += int(o.Withdrawn)
		t.skipped += int(o.Skipped)
		t.unserved += int(o.Unserved)
		t.atDoor += int(o.AtDoor)
		t.buried += int(o.Buried)
		t.executed += int(o.Executed)
		t.late += int(o.Late)
		t.service.add(uint64(o.Service))
	}
}

func (t *tally) issued() int { return sum(t.requests) }

func sum(counts [requester.Verdicts]int) int {
	n := 0
	for _, k := range counts {
		n += k
	}
	return n
}

func countsOf(by [requester.Verdicts]int) Counts {
	count := func(v requester.Verdict) Count { return Count(by[v]) }
	return Counts{
		Succeeded: count(requester.Succeeded), Failed: count(requester.Failed), TimedOut: count(requester.TimedOut),
		Rejected: count(requester.Rejected), Cancelled: count(requester.Cancelled), Lost: count(requester.Lost),
	}
}

// describe writes the counts into r; services begun are counted by the workers.
func (t *tally) describe(r *Result, e *ending) {
	r.Requests = RequestCounts{Count(sum(t.requests)), countsOf(t.requests)}
	r.Attempts = AttemptCounts{Count(sum(t.attempts)), countsOf(t.attempts)}
	r.Executions = Executions{
		Begun: Count(e.worked().Begun), Skipped: Count(t.skipped + t.withdrawn), Late: Count(t.late), Buried: Count(t.buried),
	}
	balanced := e.balanced()
	front := e.front()
	passed := front.worked()
	r.Executions.Duplicated, r.Executions.Broken = Count(balanced.Duplicated+passed.Duplicated), Count(balanced.Broken+passed.Broken)
	r.Claims = Count(balanced.Claims)
	workers := e.unfitness(&e.Facts)
	r.OfProxies = e.unfitness(&front)
	r.Ejections, r.Suspicions = workers.Ejections+r.OfProxies.Ejections, workers.Suspicions+r.OfProxies.Suspicions
	r.Downs, r.Trips = workers.Downs+r.OfProxies.Downs, workers.Trips+r.OfProxies.Trips
	r.Panics, r.PanicSeconds = workers.Panics+r.OfProxies.Panics, workers.PanicSeconds+r.OfProxies.PanicSeconds
	r.Stuck = Count(balanced.Stuck)
	r.ClaimSeconds = ratio(balanced.ClaimTime/float64(e.second), float64(balanced.Claims))
	if p := balanced.Placement; p.Changes > 0 {
		r.MovedKeys, r.LeastMovedKeys = new(Count(p.Moved)), new(Count(p.Least))
	}
}

// Unfitness is what balancers found out about those they ask: the figures of a Result, of one tier.
type Unfitness struct {
	Ejections, Suspicions, Downs, Trips, Panics Count
	PanicSeconds                                float64
}

// unfitness is what the balancers of a tier found out about those they ask.
func (e *ending) unfitness(tier *Facts) Unfitness {
	all := tier.balanced()
	found := Unfitness{Ejections: Count(all.Ejections), Suspicions: Count(all.Suspicions), Downs: Count(all.Downs), Trips: Count(all.Trips)}
	for i := range tier.Balancers {
		p := &tier.Balancers[i].Panic
		found.Panics += Count(p.Times)
		found.PanicSeconds += e.seconds(p.Ever(e.Ended))
	}
	return found
}

// check compares what requesters, balancers and workers have counted, each for itself.
// Its error is one line that names every identity that does not hold, with both sides of it.
func (f *Fold) check(facts *Facts) error {
	t, b, w := f.tally, facts.balanced(), facts.worked()
	front := facts.front()
	p := front.worked() // nothing without proxies
	asked, attempts := b.Admitted, sum(t.attempts)
	if facts.proxied() {
		asked = front.balanced().Admitted
	}
	var c checks
	if f.options.Expected > 0 && !facts.Interrupted {
		c.equal("requests", "asked for", f.options.Expected-facts.Unissued, "with a verdict", t.issued())
	}
	c.equal("attempts", "with a verdict", attempts,
		"admitted, withdrawn or cancelled at the door", asked+t.withdrawn+t.atDoor)
	c.tier(facts, "")
	if facts.proxied() {
		c.tier(&front, " before proxies")
		c.equal("passed on", "proxies passed on", p.Passed, "the balancer behind received", b.Admitted)
	}
	more := b.Duplicated + b.Broken + p.Duplicated + p.Broken
	c.equal("burials", "workers buried", w.Buried+p.Buried+p.Spent, "answers tell of", t.buried+b.Reburied+p.Reburied)
	c.equal("executions", "workers began", w.Begun, "requesters' attempts leave",
		attempts-t.attempts[requester.Rejected]-t.skipped-t.withdrawn-t.unserved-t.buried+more)
	c.equal("answers", "workers began", w.Begun, "answers tell of", t.executed+more)
	service := t.service
	service.add(uint64(b.MoreService + p.MoreService))
	c.equal("utilisation law (ns)", "workers were busy for", wide{low: uint64(w.Busy)}, "answers tell of", service)
	c.equal("Little's law (ns)", "∫ N dt is", f.series.total(), "the times in the system add up to", f.flows.whole.inSystem)
	c.pending(facts, "worker")
	c.pending(&front, "proxy")
	return c.err()
}

// tier checks what the balancers of one tier and those that they send to have counted.
func (c *checks) tier(facts *Facts, which string) {
	b, w := facts.balanced(), facts.worked()
	c.equal("admitted"+which, "balancers received", b.Admitted,
		"dispatched, rejected, skipped or cancelled, but for claims",
		b.Dispatched+b.Rejected+b.Skipped+b.Cancelled+b.Retracted-b.Claims)
	c.equal("dispatched"+which, "balancers sent", b.Dispatched, "balancers saw done or forgot", b.Completed+b.Forgotten)
	c.equal("received"+which, "balancers sent", b.Dispatched, "workers received", w.Received)
	c.equal("queues"+which, "workers received", w.Received, "begun, skipped, cancelled or buried", w.Begun+w.Skipped+w.Cancelled+w.Buried)
}

// pending checks what the balancers of one tier know of each of those that they send to.
func (c *checks) pending(facts *Facts, what string) {
	for _, w := range facts.Workers {
		books := facts.books(w.ID)
		for i := range books {
			name := fmt.Sprintf("pending of %s %d", what, w.ID)
			if len(books) > 1 {
				name += fmt.Sprintf(" at balancer %d", i)
			}
			c.equal(name, "its integral is", books[i].Pending, "its jobs were held for", books[i].Sojourns)
		}
	}
}

// checks collects the identities that do not hold.
type checks []string

// equal checks that two counts of the same thing agree.
func (c *checks) equal(name, one string, a any, other string, b any) {
	if a != b {
		*c = append(*c, fmt.Sprintf("%s: %s %v, %s %v", name, one, a, other, b))
	}
}

func (c checks) err() error {
	if len(c) == 0 {
		return nil
	}
	return errors.New("accounting: " + strings.Join(c, "; "))
}
