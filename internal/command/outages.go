package command

import (
	"fmt"
	"slices"

	"waza/strategy"
	"waza/worker"
)

// checkOutages refuses faults under which a worker, or a proxy, hardly ever works: several that come and go by themselves seldom are all away.
func (f *flags) checkOutages() error {
	if err := f.checkOutagesOf("worker", false, f.run.Workers, max(1, len(f.run.Parameters.Delays))); err != nil {
		return err
	}
	return f.checkOutagesOf("proxy", true, f.run.Proxies.Number, 1)
}

func (f *flags) checkOutagesOf(one string, proxies bool, n, zones int) error {
	const least = 0.001
	for id := range n {
		works, last := 1.0, 0
		for i, fault := range f.run.Faults {
			if fault.Proxies == proxies && (fault.Kills() || fault.Stops()) && fault.MTBF > 0 && fault.Hits(id, n, zones) {
				works *= fault.MTBF.Seconds() / (fault.MTBF + fault.MTTR).Seconds()
				last = i
			}
		}
		if works < least {
			return wrong("fault", f.flag("fault").typed[last], fmt.Sprintf("want %s %d to work a thousandth of the time at least, and all its crashes and stalls leave it %s", one, id, figure(works)))
		}
	}
	return nil
}

// checkForsaken refuses health checks that find all workers down, for ever, that some request may be sent to, where nothing ends its wait in the
// backlog.
func (f *flags) checkForsaken() error {
	c := f.run
	swallowed := !f.ends() && !f.isClosed() && slices.ContainsFunc(c.Faults, worker.Fault.Swallows) // what is left of such a run is cut
	if !f.checked() || f.endsAreKnown() || swallowed || !f.forsakes() {
		return nil
	}
	return f.wrong("health", "want --timeout or --deadline beside it, propagated: some requests would wait for ever for workers that are down for ever")
}

// forsakes tells whether all workers that a request may be sent to, or all proxies, may be down for ever.
func (f *flags) forsakes() bool {
	c := f.run
	least := c.Workers
	if f.pooled() {
		least = max(1, c.Pool.Least) // those who do not work are not busy, so no other starts
	}
	return f.allDown(f.faultsAt(false), c.Workers, least, max(1, len(c.Parameters.Delays)), c.Strategies) ||
		f.proxied() && f.allDown(f.faultsAt(true), c.Proxies.Number, c.Proxies.Number, 1, []string{c.Proxies.Strategy})
}

// allDown tells whether as many as are there at least may be dead or holes for ever, and members all the same, where there is no panic; or all of
// a shard, with so many others that there is none.
func (f *flags) allDown(faults []worker.Fault, n, least, zones int, strategies []string) bool {
	down, members := 0, n
	for id := range n {
		switch dead := forEver(faults, worker.Fault.Kills, id, n, zones); {
		case dead && f.run.Beating():
			members--
		case dead || forEver(faults, worker.Fault.Engulfs, id, n, zones):
			down++
		}
	}
	shard := n + 1
	if slices.Contains(strategies, "shuffle-shard") {
		shard = strategy.ShardSize.In(f.run.Parameters.Set)
	}
	if slices.Contains(strategies, "subset") {
		shard = min(shard, strategy.SubsetSize.In(f.run.Parameters.Set))
	}
	share := f.run.Panic
	return down > 0 && (down >= min(least, members) && share == 0 || down >= shard && float64(members-down) >= share*float64(members))
}

// forEver tells whether a worker, or a proxy, of so many has a fault of that sort without an end.
func forEver(faults []worker.Fault, sort func(worker.Fault) bool, id, n, zones int) bool {
	return slices.ContainsFunc(faults, func(fault worker.Fault) bool {
		return sort(fault) && fault.For == 0 && fault.MTBF == 0 && fault.Hits(id, n, zones)
	})
}

// withOutages adds to a time, in seconds, that in which workers may be dead or stand still meanwhile.
func (f *flags) withOutages(length float64) float64 {
	all := length
	for _, fault := range f.run.Faults {
		if !fault.Kills() && !fault.Stops() {
			continue
		}
		all += (fault.At + fault.For).Seconds()
		if fault.MTBF > 0 {
			all += length * fault.MTTR.Seconds() / fault.MTBF.Seconds()
		}
	}
	return all
}
