package simulation

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// drawProxies draws a tier of proxies in every other configuration, few slots and places each, so that they fill; and lets some of the
// faults happen there.
func drawProxies(t *rapid.T, c *Config) {
	if !rapid.Bool().Draw(t, "has proxies") {
		return
	}
	names := slices.DeleteFunc(severable(strategy.Names(), c.Balancers), func(name string) bool {
		kind, _ := strategy.Find(name)
		return kind.Heeds("zones") || kind.Heeds("tiers")
	})
	c.Proxies = Proxies{
		Number: rapid.IntRange(1, 4).Draw(t, "proxies"), Strategy: rapid.SampledFrom(names).Draw(t, "proxy strategy"),
		Concurrency: rapid.IntRange(1, 4).Draw(t, "proxy concurrency"), Queue: rapid.IntRange(0, 5).Draw(t, "proxy queue"),
		Work: rapid.SampledFrom([]requester.Distribution{
			requester.Constant(0), requester.Constant(time.Millisecond), requester.Exponential(5 * time.Millisecond),
		}).Draw(t, "proxy work"),
		Waits: rapid.Bool().Draw(t, "proxies wait"),
	}
	for i := range c.Faults {
		f := &c.Faults[i]
		endless := f.Kind == "blackhole" && f.For+f.MTBF == 0 // of all there are few: down for ever, they would let everybody wait for ever
		f.Proxies = (f.Kind != "drop" || c.Proxies.Waits) && !endless && rapid.Bool().Draw(t, "at proxies")
		if f.Proxies && f.Swallows() && c.Arrivals == Closed && c.Timeout+c.Deadline == 0 {
			c.Timeout = time.Second
		}
	}
}

// mayAbandon tells whether proxies may die while they wait for an answer, which is then nobody's.
func mayAbandon(c Config) bool {
	return c.Proxies.Waits && slices.ContainsFunc(c.faultsAt(true), worker.Fault.Kills)
}
