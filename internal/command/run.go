package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"waza/internal/option"
	"waza/strategy"
)

func (f *flags) declareRun(s *section) {
	names := strategy.Names()
	bind(s, &f.run.Strategies, strategies(names), "strategy", "least-loaded",
		"one, a comma list, or all of "+strings.Join(names, ", "))
}

func (f *flags) declareSize(s *section) {
	bind(s, &f.pool.start, option.Whole(1, maxWorkers), "workers", "10", "how many workers, of a pool at the start; without one --speeds alone says it, too")
	bind(s, &f.run.Requesters, option.Whole(1, 100_000), "requesters", "100", "how many requesters")
	bind(s, &f.run.Balancers, option.Whole(1, 1000), "balancers", "1",
		"how many balancers over the same workers: each hears some of the requesters, and knows what it has sent itself").check(f.checkBalancers)
	bind(s, &f.run.Requests, option.Whole(1, maxRequests), "requests", "100000", "how many requests, of all requesters together").
		idle(f.isTimed, "")
	bind(s, &f.duration, option.LengthOrNone(), "duration", "none",
		"how long requests arrive; beside --requests, what is over first. On the wall clock 10s unless --requests is given")
}

func (f *flags) declareClock(s *section) {
	bind(s, &f.run.WallClock, option.OneOf(
		option.Choice[bool]{Name: "simulated", Is: false}, option.Choice[bool]{Name: "wall", Is: true},
	), "clock", "simulated", "simulated or wall")
	bind(s, &f.run.Seed, option.Seed(), "seed", "1", "of all randomness: the same seed gives the same run")
}

// strategies reads a list of the names, each at most once, or the word all.
func strategies(names []string) option.Kind[[]string] {
	k := option.Kind[[]string]{
		Want: "all, or some of the names that --strategies lists", // they are too many for a line
		Show: func(chosen []string) string { return strings.Join(chosen, ",") },
	}
	k.Parse = func(s string) ([]string, error) {
		if s == "all" {
			return names, nil
		}
		seen := map[string]bool{}
		chosen := strings.Split(s, ",")
		if slices.Contains(chosen, "all") {
			return nil, errors.New("want all by itself, or some of the names that --strategies lists")
		}
		for _, name := range chosen {
			if !slices.Contains(names, name) {
				near := names
				if len(chosen) == 1 {
					near = append([]string{"all"}, names...)
				}
				return nil, errors.New("want " + k.Want + option.Suggestion(name, near))
			}
			if seen[name] {
				return nil, errors.New("want each strategy once, and " + name + " stands there twice")
			}
			seen[name] = true
		}
		return chosen, nil
	}
	return k
}

// central are the chosen strategies that are one queue, which has one owner.
func (f *flags) central() []string {
	var names []string
	for _, k := range f.known.table {
		if k.Central && slices.Contains(f.run.Strategies, k.Name) {
			names = append(names, k.Name)
		}
	}
	return names
}

// leaveOut takes out of all strategies those of which there cannot be several, if there are to be several balancers, and
// says so. Who names one of them gets an error instead.
func (f *flags) leaveOut() {
	if f.flag("strategy").asTyped() != "all" {
		return
	}
	f.leaveOutUnheeding()
	f.leaveOutPushing()
	if out := f.listless(); len(out) > 0 {
		f.run.Strategies = f.central()
		f.note("--strategy=all leaves out all but %s: behind --proxies what is claimed belongs to one queue", strings.Join(f.run.Strategies, ", "))
	}
	out := f.central()
	if f.overWorkers() == 1 || len(out) == 0 {
		return
	}
	f.run.Strategies = slices.DeleteFunc(slices.Clone(f.run.Strategies), func(name string) bool { return slices.Contains(out, name) })
	f.Notes = append(f.Notes, fmt.Sprintf("--strategy=all leaves out %s: one queue has one owner, and there are %d balancers",
		strings.Join(out, ", "), f.run.Balancers))
}

// checkBalancers refuses balancers without anything to do, and more than can remember their workers.
func (f *flags) checkBalancers() error {
	n, c := f.run.Balancers, f.run
	switch central := f.central(); {
	case f.overWorkers() > 1 && len(central) > 0:
		return fmt.Errorf("want 1 beside %s: one queue has one owner", strings.Join(central, ", "))
	case n > c.Requesters:
		return fmt.Errorf("want at most --requesters=%d: each requester asks one balancer, and the others would have nothing to do", c.Requesters)
	case f.overWorkers()*c.Workers > maxKnown:
		return fmt.Errorf("want balancers that know at most %s workers in all, and %s make it %s",
			option.Grouped(maxKnown), f.allWorkers(), option.Grouped(f.overWorkers()*c.Workers))
	}
	return nil
}
