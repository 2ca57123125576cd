package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"waza/internal/option"
	"waza/internal/simulation"
	"waza/strategy"
	"waza/worker"
)

// proxies is what the flags say of them, as far as it has to be worked out.
type proxies struct {
	work    distribution
	weights perWorker[float64]
}

// maxProxies keeps what is remembered of each, which is how long all requests were there, to a fraction of a gigabyte.
const maxProxies = 100

func (f *flags) declareProxies(s *section) {
	p := &f.run.Proxies
	bind(s, &p.Number, option.OrNone(option.Whole(1, maxProxies), 0), "proxies", "none",
		"how many stand between the balancers that requesters ask (--balancers) and one behind them, which has the workers and the queue: "+
			"each passes requests on to it, and workers answer whoever asked")
	none, want := func() bool { return !f.proxied() }, "--proxies beside it: without, requests go from balancers to workers"
	bind(s, &p.Strategy, proxyStrategies(), "proxy-strategy", "least-loaded",
		"by which a balancer picks a proxy, one of --strategies; those that hash go by the requester").
		idle(none, want).check(f.checkProxyStrategy)
	bind(s, &f.proxies.weights, perWorkers("weight", "2x1,1x2", option.Number(minSpeed, maxSpeed)), "proxy-weights", "1",
		"weights of the proxies, as for --weights").
		idle(none, want).
		idle(func() bool { return !slices.Contains(f.heedingOf("weights"), p.Strategy) },
			"--proxy-strategy="+option.Either(f.heedingOf("weights"))+" beside it: no other heeds it")
	bind(s, &p.Concurrency, option.Whole(1, option.MaxConcurrency), "proxy-concurrency", "64", "requests that a proxy passes on at the same time").
		idle(none, want).check(func() error { return f.checkTimesProxies(p.Concurrency, maxSlots, "") })
	bind(s, &p.Queue, option.Whole(0, option.MaxQueue), "proxy-queue", "1024", "requests that wait at a proxy beside those").
		idle(none, want).check(func() error { return f.checkTimesProxies(p.Concurrency+p.Queue, maxPlaces, "places ") })
	bind(s, &f.proxies.work, distributions(0), "proxy-work", "1ms", "how long it takes to pass a request on; as for --work").
		idle(none, want)
	bindSwitch(s, &p.Waits, "proxy-waits", "false",
		"a proxy holds a place for each request until it has been answered, and answers it itself").
		idle(none, want)
}

// proxied tells whether there are proxies, and overWorkers, how many balancers send to the workers.
func (f *flags) proxied() bool { return f.run.Proxies.Number > 0 }

func (f *flags) overWorkers() int {
	if f.proxied() {
		return 1
	}
	return f.run.Balancers
}

// proxyStrategies reads the name of one strategy that can pick a proxy.
func proxyStrategies() option.Kind[string] {
	k := option.Kind[string]{Want: "one of the names that --strategies lists", Show: func(name string) string { return name }}
	k.Parse = func(s string) (string, error) {
		kind, found := strategy.Find(s)
		switch {
		case !found:
			return "", errors.New("want " + k.Want + option.Suggestion(s, strategy.Names()))
		case kind.Heeds("zones") || kind.Heeds("tiers"):
			return "", errors.New("want a strategy that knows neither zones nor tiers: proxies have none")
		}
		return s, nil
	}
	return k
}

// checkProxyStrategy refuses one queue with several owners.
func (f *flags) checkProxyStrategy() error {
	kind, _ := strategy.Find(f.run.Proxies.Strategy)
	if f.proxied() && kind.Central && f.run.Balancers > 1 {
		return fmt.Errorf("want --balancers=1 beside it, not %d: one queue has one owner", f.run.Balancers)
	}
	return nil
}

// checkTimesProxies refuses what each proxy has if all of them have too much.
func (f *flags) checkTimesProxies(each, most int, what string) error {
	if all := f.run.Proxies.Number * each; all > most {
		return fmt.Errorf("want at most %s %sin all, and --proxies=%d make it %s", option.Grouped(most), what, f.run.Proxies.Number, option.Grouped(all))
	}
	return nil
}

// giveProxies says what each proxy is like.
func (f *flags) giveProxies() (err error) {
	p := &f.run.Proxies
	if !f.proxied() {
		*p = simulation.Proxies{}
		return nil
	}
	p.Work = f.proxies.work.Distribution
	if p.Weights, err = f.proxies.weights.of(p.Number, fmt.Sprintf("--proxies=%d", p.Number)); err != nil {
		return f.wrong("proxy-weights", err.Error())
	}
	return nil
}

// listless are the chosen strategies with which there can be no processing list behind proxies: that belongs to one queue.
func (f *flags) listless() []string {
	if !f.proxied() || f.run.Claim == 0 {
		return nil
	}
	central := f.central()
	return slices.DeleteFunc(slices.Clone(f.run.Strategies), func(name string) bool { return slices.Contains(central, name) })
}

// checkProxyFault refuses a fault of proxies that there are not, or that cannot happen to them.
func (f *flags) checkProxyFault(fault worker.Fault) error {
	p := &f.run.Proxies
	switch {
	case !f.proxied():
		return errors.New("want --proxies beside it: without, there is none to hit")
	case fault.Workers.Share == 0 && fault.Workers.Last >= p.Number:
		return fmt.Errorf("want proxies from 0 to %d", p.Number-1)
	case fault.Kind == "drop" && !p.Waits:
		return errors.New("want --proxy-waits beside it: else the worker answers, and a proxy has no answer to lose")
	case (fault.Kind == "slow" || fault.Kind == "cold") && p.Work.Mean() == 0:
		return errors.New("want a --proxy-work above 0s beside it: what takes no time gets no slower")
	}
	return nil
}

// faultsAt are the faults at the workers, or at the proxies.
func (f *flags) faultsAt(proxies bool) []worker.Fault {
	return slices.DeleteFunc(slices.Clone(f.run.Faults), func(fault worker.Fault) bool { return fault.Proxies != proxies })
}

// passing is how long all requests are at proxies one after the other, at most, in seconds.
func (f *flags) passing() float64 {
	if !f.proxied() {
		return 0
	}
	return f.most() * f.longest(f.run.Proxies.Work.Mean().Seconds()) * float64(f.run.Tries())
}

// remarkProxies names a choice of one.
func (f *flags) remarkProxies() {
	if f.run.Proxies.Number == 1 && f.given("proxy-strategy") && f.run.Proxies.Strategy != "pull" {
		f.note("--proxy-strategy=%s changes nothing: there is one proxy to pick", f.run.Proxies.Strategy)
	}
}

// proxyTitle tells of the proxies in one line.
func (f *flags) proxyTitle() []string {
	p := &f.run.Proxies
	if !f.proxied() {
		return nil
	}
	parts := []string{"1 proxy"}
	if p.Number > 1 {
		parts = []string{fmt.Sprintf("%d proxies", p.Number)}
	}
	if p.Waits {
		parts[0] += " that wait"
	}
	for _, name := range strings.Fields("proxy-strategy proxy-weights proxy-concurrency proxy-queue proxy-work") {
		if f.given(name) {
			parts = append(parts, strings.ReplaceAll(name, "-", " ")+" "+f.flag(name).String())
		}
	}
	return parts
}
