package simulation

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"waza/requester"
)

// A narrator writes what happens, line by line. Its goroutine receives the events of all processes. In simulated time
// those of one instant may come in any order, and a requester at the door tells late of the answers that came
// meanwhile: so it puts them in order first, cause before effect, when the run has ended. On the wall clock it writes
// them as they come, which is not quite the order of their instants.
type narrator struct {
	events    chan requester.Event
	ended     tasks
	scale     float64 // nanoseconds of the run's clock in a simulated one
	balancers int     // that requesters ask; only where there are several is it said which one
	proxies   bool    // those send to proxies, and there is another behind them
}

// end waits until all has been written. Whoever could tell more has ended.
func (n *narrator) end() {
	if n.events != nil {
		close(n.events)
		n.ended.wait()
	}
}

func (n *narrator) run(name string, wall bool, to io.Writer) {
	fmt.Fprintf(to, "events of %s: instant, who, what\n", name)
	var story []requester.Event
	for e := range n.events {
		if wall {
			n.write(to, e)
		} else {
			story = append(story, e)
		}
	}
	slices.SortStableFunc(story, func(a, b requester.Event) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(turn(a), turn(b)), cmp.Compare(a.Request, b.Request), cmp.Compare(a.Attempt, b.Attempt))
	})
	for _, e := range story {
		n.write(to, e)
	}
}

// turn is where an event stands among those of its instant: what follows from a refusal comes after it.
func turn(e requester.Event) requester.Happening {
	refused := e.Verdict == requester.Rejected || e.Verdict == requester.Cancelled
	if refused && (e.What == requester.Fails || e.What == requester.Decides) {
		return requester.Begins + 1
	}
	return e.What
}

func (n *narrator) write(to io.Writer, e requester.Event) {
	fmt.Fprintf(to, "%14.6f ms  %s\n", float64(e.At)/(n.scale*float64(time.Millisecond)), n.sentence(e))
}

func (n *narrator) sentence(e requester.Event) string {
	what := fmt.Sprintf("request %d", e.Request)
	if e.Attempt > 1 {
		what += fmt.Sprintf(", attempt %d", e.Attempt)
	}
	who, one := n.who(e)
	switch e.What {
	case requester.Asks:
		return fmt.Sprintf("requester %-4d asks       %s", e.Requester, what)
	case requester.Dispatches:
		return fmt.Sprintf("%-14s dispatches %s to %s", who, what, one)
	case requester.Leaves:
		return fmt.Sprintf("worker %-7d leaves     the pool", e.Worker)
	case requester.Starts:
		return fmt.Sprintf("%-14s starts     worker %d", who, e.Worker)
	case requester.Joins:
		return fmt.Sprintf("worker %-7d joins      the pool", e.Worker)
	case requester.Resizes:
		return fmt.Sprintf("%-14s resizes    %s", who, e.Why)
	case requester.Limits:
		return fmt.Sprintf("%-14s holds back %s: %s", who, what, e.Why)
	case requester.Refuses:
		why := e.Verdict.String()
		if e.Why != "" {
			why += ", " + e.Why
		}
		return fmt.Sprintf("%-14s refuses    %s: %s", who, what, why)
	case requester.Begins:
		return fmt.Sprintf("%-14s begins     %s", one, what)
	case requester.Passes:
		return fmt.Sprintf("%-14s passes on  %s", one, what)
	case requester.Retries:
		return fmt.Sprintf("%-14s tries      %s again", one, what)
	case requester.Fails:
		return fmt.Sprintf("requester %-4d will retry %s: %v", e.Requester, what, e.Verdict)
	case requester.Ends:
		return fmt.Sprintf("%-14s ends       %s: %v", one, what, e.Verdict)
	case requester.Dies:
		return fmt.Sprintf("%-14s dies", one)
	case requester.Rises:
		return fmt.Sprintf("%-14s comes back with nothing", one)
	case requester.Suspects:
		return fmt.Sprintf("%-14s suspects   %s to be dead", who, one)
	case requester.Announces:
		return fmt.Sprintf("%-14s announces  %s of %s%s", who, what, one, because(e))
	case requester.Claims:
		return fmt.Sprintf("%-14s claims     %s from %s%s", who, what, one, because(e))
	case requester.Wins:
		return fmt.Sprintf("%-14s wins       %s%s", one, what, because(e))
	case requester.Returns:
		return fmt.Sprintf("%-14s hears of   %s again", who, one)
	case requester.Decides:
		return fmt.Sprintf("requester %-4d decides    %s: %v", e.Requester, what, e.Verdict)
	}
	return fmt.Sprintf("%-14s %s", who, opinion(e, one))
}

// who names the balancer of an event, and the worker or proxy. With proxies the balancers that requesters ask are in front.
func (n *narrator) who(e requester.Event) (balancer, one string) {
	balancer, one = "balancer", fmt.Sprintf("worker %d", e.Worker)
	if e.Proxies {
		balancer, one = "front balancer", fmt.Sprintf("proxy %d", e.Worker)
	}
	if n.balancers > 1 && e.Proxies {
		balancer = fmt.Sprintf("front %d", e.Balancer)
	} else if n.balancers > 1 && !n.proxies {
		balancer += fmt.Sprintf(" %d", e.Balancer)
	}
	return balancer, one
}

// because is why, where there is more to say.
func because(e requester.Event) string {
	if e.Why == "" {
		return ""
	}
	return ": " + e.Why
}

// opinion is what a balancer thinks of a worker.
func opinion(e requester.Event, one string) string {
	return map[requester.Happening]string{
		requester.Ejects: "ejects     ", requester.Restores: "takes back ",
		requester.Trips: "opens      the breaker of ", requester.Tries: "half-opens the breaker of ",
		requester.Downs: "finds down ", requester.Ups: "finds up   ",
		requester.Sticks: "finds stuck ", requester.Moves: "takes back ",
		requester.Closes: "closes     the breaker of ",
	}[e.What] + one + because(e)
}
