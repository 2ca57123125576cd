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
	who := "balancer"
	if n.balancers > 1 {
		who += fmt.Sprintf(" %d", e.Balancer)
	}
	switch e.What {
	case requester.Asks:
		return fmt.Sprintf("requester %-4d asks       %s", e.Requester, what)
	case requester.Dispatches:
		return fmt.Sprintf("%-14s dispatches %s to worker %d", who, what, e.Worker)
	case requester.Leaves:
		return fmt.Sprintf("worker %-7d leaves     the pool", e.Worker)
	case requester.Starts:
		return fmt.Sprintf("%-14s starts     worker %d", who, e.Worker)
	case requester.Joins:
		return fmt.Sprintf("worker %-7d joins      the pool", e.Worker)
	case requester.Refuses:
		why := e.Verdict.String()
		if e.Why != "" {
			why += ", " + e.Why
		}
		return fmt.Sprintf("%-14s refuses    %s: %s", who, what, why)
	case requester.Begins:
		return fmt.Sprintf("worker %-7d begins     %s", e.Worker, what)
	case requester.Fails:
		return fmt.Sprintf("requester %-4d will retry %s: %v", e.Requester, what, e.Verdict)
	case requester.Ends:
		return fmt.Sprintf("worker %-7d ends       %s: %v", e.Worker, what, e.Verdict)
	case requester.Dies:
		return fmt.Sprintf("worker %-7d dies", e.Worker)
	case requester.Rises:
		return fmt.Sprintf("worker %-7d comes back with nothing", e.Worker)
	case requester.Suspects:
		return fmt.Sprintf("%-14s suspects   worker %d to be dead", who, e.Worker)
	case requester.Announces:
		return fmt.Sprintf("%-14s announces  %s of worker %d%s", who, what, e.Worker, because(e))
	case requester.Claims:
		return fmt.Sprintf("%-14s claims     %s from worker %d%s", who, what, e.Worker, because(e))
	case requester.Wins:
		return fmt.Sprintf("worker %-7d wins       %s%s", e.Worker, what, because(e))
	case requester.Returns:
		return fmt.Sprintf("%-14s hears of   worker %d again", who, e.Worker)
	case requester.Decides:
		return fmt.Sprintf("requester %-4d decides    %s: %v", e.Requester, what, e.Verdict)
	}
	return fmt.Sprintf("%-14s %s", who, opinion(e))
}

// because is why, where there is more to say.
func because(e requester.Event) string {
	if e.Why == "" {
		return ""
	}
	return ": " + e.Why
}

// opinion is what a balancer thinks of a worker.
func opinion(e requester.Event) string {
	is := fmt.Sprintf(map[requester.Happening]string{
		requester.Ejects: "ejects     worker %d", requester.Restores: "takes back worker %d",
		requester.Trips: "opens      the breaker of worker %d", requester.Tries: "half-opens the breaker of worker %d",
		requester.Downs: "finds down worker %d", requester.Ups: "finds up   worker %d",
		requester.Closes: "closes     the breaker of worker %d",
	}[e.What], e.Worker)
	return is + because(e)
}
