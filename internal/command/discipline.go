package command

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"waza/balancer"
	"waza/internal/option"
)

// ordered is what the flags say of the order of the backlog.
type ordered struct {
	codel option.Values // the keys that were given
}

func (f *flags) declareDiscipline(s *section) {
	bind(s, &f.run.Discipline, option.Word(disciplines()...), "discipline", "fifo",
		"the order of the backlog: "+doesDisciplines()+
			". Requests wait there only where workers have no room: under --limit, a --regulator, pull, bounded-pull, or a small --queue").
		idle(f.isQueued, "no --discipline beside --queues: each of them is first in, first out, and which of them is next is drawn").
		idle(func() bool {
			return f.run.Discipline == "priority" && !f.given("priorities") && !f.traceSays("priority")
		},
			"--priorities beside it: without, requests are equal but to the strategy priority").
		idle(func() bool { return f.run.Discipline == "edf" && !f.endsAreKnown() },
			"--timeout or --deadline beside it, propagated: without, no request has an end").
		check(f.checkWaiting)
	bind(s, &f.run.Ageing, option.LengthOrNone(), "ageing", "none",
		"under --discipline=priority: who waits rises by one priority each time so much has passed").
		idle(func() bool { return f.run.Discipline != "priority" }, "--discipline=priority beside it: no other order goes by it")
	f.declareCoDel(s)
}

// declareCoDel makes the flag of codel: keys that are not given follow from the work.
func (f *flags) declareCoDel(s *section) {
	const example = "target=5ms,interval=100ms"
	f.codel = option.Values{}
	s.add(&flag{
		want: "on, or " + example,
		set: func(text string) error {
			text, _ = strings.CutPrefix(":"+text, ":on")
			c := option.ParseClause(text)
			c.Expect(0, balancer.CoDelKeys().Names()...)
			for _, key := range balancer.CoDelKeys() {
				c.Read(key, f.codel)
			}
			return c.ErrorAsIn(example)
		},
		text:  func() string { return f.run.CoDel.String() },
		value: func() any { return f.run.CoDel },
	}, "codel", "", "`"+example+"`: under --discipline=codel, one is rejected once all have waited for the target or longer for an interval, "+
		"then more and more often; if not given, 0.5 and 10 times the mean work").
		idle(func() bool { return f.run.Discipline != "codel" }, "--discipline=codel beside it: no other order rejects who has waited")
}

// giveCoDel works out when requests have waited too long.
func (f *flags) giveCoDel() error {
	if f.run.Discipline == "codel" {
		f.run.CoDel = balancer.NewCoDel(time.Duration(f.mean*float64(time.Second)), f.codel)
	}
	return nil
}

// disciplines are the names of all orders of the backlog.
func disciplines() []string {
	var names []string
	for _, d := range balancer.Disciplines() {
		names = append(names, d.Name)
	}
	return names
}

// doesDisciplines says what each of them does.
func doesDisciplines() string {
	var all []string
	for _, d := range balancer.Disciplines() {
		all = append(all, d.Name+" ("+d.Does+")")
	}
	return option.Either(all)
}

// endsAreKnown tells whether the balancer knows when the time of requests is over.
func (f *flags) endsAreKnown() bool {
	return f.run.Propagate && (f.run.Timeout > 0 || f.run.Deadline > 0)
}

// holdsBack tells whether requests wait in the backlog though workers have room.
func (f *flags) holdsBack() bool {
	return len(f.run.Regulators) > 0 || slices.ContainsFunc(f.run.Features, func(is balancer.Feature) bool {
		kind, _ := balancer.FindFeature(is.Kind)
		return kind.HoldsBack
	})
}

// queueing are the chosen strategies under which no request waits in the backlog, as far as flags tell, for the queues of the workers are
// as long as they are unless somebody makes them shorter.
func (f *flags) queueing() string {
	if f.given("queue") || f.holdsBack() {
		return ""
	}
	return f.outside(f.central())
}

// checkWaiting refuses an order for a strategy that was named, and under which nothing is to be ordered. Under all strategies there are some
// for which it is of use, and a note names the others.
func (f *flags) checkWaiting() error {
	names := f.queueing()
	if f.run.Discipline == "fifo" || names == "" || f.flag("strategy").asTyped() == "all" {
		return nil
	}
	return fmt.Errorf("want --limit, a --regulator, or a --queue that may be full, beside it: under %s requests wait at workers, of which each has %s",
		names, counted(f.placesEach(), "place"))
}

// rejects tells whether balancers may reject requests.
func (f *flags) rejects() bool { return f.run.Reject || f.run.Discipline == "codel" }

// remarkOrder names an order that is that of arrival.
func (f *flags) remarkOrder() {
	c := f.run
	if c.Discipline == "edf" && c.Retries == 0 && f.given("discipline") {
		f.note("--discipline=edf changes nothing: without --retries every request has as long to its end, and the first to come is the first to end")
	}
}

// remarkLimit names a limit that nothing reaches.
func (f *flags) remarkLimit() {
	for _, is := range f.run.Features {
		if least, found := is.Set["min"].(int); found && is.Kind[:5] == "limit" && least >= f.placesEach()*f.run.Workers {
			f.note("--limit=%s changes nothing: workers have no room for more than %s", f.flag("limit"), counted(f.placesEach()*f.run.Workers, "request"))
		}
	}
}
