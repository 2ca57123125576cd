package simulation

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"waza/requester"
)

// A narrator writes what happens, line by line. Its goroutine receives the events of all processes. In simulated time the events of one
// instant may come in any order, and a requester at the door tells late of answers that came meanwhile. So the narrator keeps them until
// the run has ended, and puts them in order, cause before effect. On the wall clock it writes them as they come, which is not quite the
// order of their instants.
type narrator struct {
	events    chan requester.Event
	ended     tasks
	scale     float64 // nanoseconds of the run's clock in a simulated one
	balancers int     // how many requesters ask; only if there are several are they told by number
	proxies   bool    // those balancers send to proxies, and there is another behind the proxies
}

// end waits until everything has been written. All processes that tell events must have ended.
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
			_ = n.write(to, e) // an error is reported at the end of the run, by the writer
		} else {
			story = append(story, e)
		}
	}
	slices.SortStableFunc(story, func(a, b requester.Event) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(turn(a), turn(b)), cmp.Compare(a.Request, b.Request), cmp.Compare(a.Attempt, b.Attempt))
	})
	lines := bufio.NewWriterSize(to, 1<<16) // there may be millions
	defer lines.Flush()
	for _, e := range story {
		if n.write(lines, e) != nil {
			return // the others could not be written, either
		}
	}
}

// turn is the place of an event among those of its instant: that of its Happening, but what follows from a refusal comes after that.
func turn(e requester.Event) requester.Happening {
	if e.What == requester.Skips && e.Worker == requester.None {
		return requester.Refuses // by the balancer
	}
	refused := e.Verdict == requester.Rejected || e.Verdict == requester.Cancelled
	if refused && (e.What == requester.Fails || e.What == requester.Decides) {
		return requester.Begins + 1
	}
	return e.What
}

func (n *narrator) write(to io.Writer, e requester.Event) error {
	_, err := fmt.Fprintf(to, "%14.6f ms  %s\n", float64(e.At)/(n.scale*float64(time.Millisecond)), n.sentence(e))
	return err
}

func (n *narrator) sentence(e requester.Event) string {
	request := fmt.Sprintf("request %d", e.Request)
	if e.Attempt > 1 {
		request += fmt.Sprintf(", attempt %d", e.Attempt)
	}
	balancer, one := n.who(e)
	fill := [...]struct{ place, with string }{
		{"REQUESTER", fmt.Sprintf("requester %d", e.Requester)}, {"BALANCER", balancer}, {"ONE", one}, {"REQUEST", request},
		{"VERDICT", e.Verdict.String()}, {", WHY", after(", ", e.Why)}, {": WHY", after(": ", e.Why)}, {"WHY", e.Why},
	}
	p := phrases[e.What]
	for _, f := range fill { // one after the other: what is put in a place has no capitals
		p.who, p.what = strings.ReplaceAll(p.who, f.place, f.with), strings.ReplaceAll(p.what, f.place, f.with)
	}
	return strings.TrimRight(fmt.Sprintf("%-14s %-10s %s", p.who, p.does, p.what), " ")
}

// after puts something before a text, if there is one.
func after(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

// A phrase says who does what to whom. The words in capitals stand for what the event tells; ONE is the worker or proxy.
type phrase struct{ who, does, what string }

var phrases = map[requester.Happening]phrase{
	requester.Asks:       {"REQUESTER", "asks", "REQUEST: WHY"},
	requester.Fails:      {"REQUESTER", "will retry", "REQUEST: VERDICT"},
	requester.Decides:    {"REQUESTER", "decides", "REQUEST: VERDICT"},
	requester.Dispatches: {"BALANCER", "dispatches", "REQUEST to ONE"},
	requester.Limits:     {"BALANCER", "holds back", "REQUEST: WHY"},
	requester.Refuses:    {"BALANCER", "refuses", "REQUEST: VERDICT, WHY"},
	requester.Begins:     {"ONE", "begins", "REQUEST"},
	requester.Passes:     {"ONE", "passes on", "REQUEST"},
	requester.Retries:    {"ONE", "tries", "REQUEST again"},
	requester.Ends:       {"ONE", "ends", "REQUEST: VERDICT"},
	requester.Skips:      {"ONE", "skips", "REQUEST: WHY"},
	requester.Leaves:     {"ONE", "leaves", "the pool"},
	requester.Starts:     {"BALANCER", "starts", "ONE"},
	requester.Joins:      {"ONE", "joins", "the pool"},
	requester.Resizes:    {"BALANCER", "resizes", "WHY"},
	requester.Dies:       {"ONE", "dies", ""},
	requester.Rises:      {"ONE", "comes back", "with nothing"},
	requester.Suspects:   {"BALANCER", "suspects", "ONE to be dead"},
	requester.Returns:    {"BALANCER", "hears of", "ONE again"},
	requester.Announces:  {"BALANCER", "announces", "REQUEST of ONE: WHY"},
	requester.Claims:     {"BALANCER", "claims", "REQUEST from ONE: WHY"},
	requester.Wins:       {"ONE", "wins", "REQUEST: WHY"},
	requester.Ejects:     {"BALANCER", "ejects", "ONE: WHY"},
	requester.Restores:   {"BALANCER", "takes back", "ONE: WHY"},
	requester.Trips:      {"BALANCER", "opens", "the breaker of ONE: WHY"},
	requester.Tries:      {"BALANCER", "half-opens", "the breaker of ONE: WHY"},
	requester.Closes:     {"BALANCER", "closes", "the breaker of ONE: WHY"},
	requester.Downs:      {"BALANCER", "finds down", "ONE: WHY"},
	requester.Ups:        {"BALANCER", "finds up", "ONE: WHY"},
	requester.Sticks:     {"BALANCER", "finds stuck", "ONE: WHY"},
	requester.Moves:      {"BALANCER", "takes back", "ONE: WHY"},
}

// who names the balancer of an event, and its worker or proxy; the latter is the balancer again if no worker has to do with the event. With
// proxies the balancers that requesters ask are called front balancers.
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
	if e.Worker == requester.None {
		one = balancer
	}
	return balancer, one
}
