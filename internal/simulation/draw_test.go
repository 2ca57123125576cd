package simulation

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/balancer"
	"waza/internal/option"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// drawConfig draws a configuration such as internal/command lets through, with a mean work of 10 ms, of a minute, or of 1 µs, for which
// the clock of the run goes faster.
func drawConfig(t *rapid.T) Config {
	return drawInUnits(t, rapid.SampledFrom([]float64{1, 6000, micro}).Draw(t, "unit"))
}

// micro is the unit in which 10 ms are 1 µs.
const micro = 1e-4

// drawInUnits draws a configuration in which everything lasts so many times as long as the other functions here say.
func drawInUnits(t *rapid.T, factor float64) Config {
	c := inUnits(drawAll(t), factor)
	if factor < 1 {
		c.Regulators = slices.DeleteFunc(c.Regulators, looksAtASecond) // in which workers may die millions of times
	}
	if c.Trace != nil { // whose instants have been rounded
		c.Rate = float64(c.Requests-1) / c.Trace.Arrivals[c.Requests-1].Seconds()
	}
	return c
}

// drawWarmup draws a share or a length, which may be longer than the run, or one that the run is to find out.
func drawWarmup(t *rapid.T, c *Config) {
	c.Warmup = rapid.Float64Range(0, 0.5).Draw(t, "warmup")
	switch rapid.IntRange(0, 3).Draw(t, "kind of warmup") {
	case 0:
		c.WarmupTime = drawDuration(t, "time of warmup", 0, 2*time.Second)
	case 1:
		c.Warmup, c.FindWarmup = 0, true
	}
}

// looksAtASecond tells whether a regulator goes by the last second, in any unit.
func looksAtASecond(r balancer.Regulator) bool {
	return r.Kind == "backpressure" || r.Kind == "resource"
}

// drawAll draws with everything small enough that limits are reached: queues of 0 to 5 places fill, and a mean work of 10 ms meets
// timeouts of 1 to 100 ms.
func drawAll(t *rapid.T) Config {
	workers := drawWorkers(t)
	c := base(workers, rapid.IntRange(1, mostRequests()).Draw(t, "requests"), 1)
	c.Seed = rapid.Uint64().Draw(t, "seed")
	c.Requesters = rapid.IntRange(1, 30).Draw(t, "requesters")
	c.Concurrency = rapid.IntRange(1, 3).Draw(t, "concurrency")
	c.Speeds = rapid.SliceOfN(rapid.SampledFrom([]float64{0.25, 1, 3}), workers, workers).Draw(t, "speeds")
	drawParameters(t, workers, c.Parameters.Set)
	c.Parameters.Set["probe-delay"] = drawDuration(t, "probe delay", 0, 20*time.Millisecond)
	c.Queue = rapid.IntRange(0, 5).Draw(t, "queue")
	c.Backlog = rapid.SampledFrom([]int{balancer.Unlimited, 0, 1, 2, 3, 4, 5}).Draw(t, "backlog")
	drawOrder(t, &c)
	drawLimit(t, &c)
	c.Reject = c.Backlog != balancer.Unlimited && rapid.Bool().Draw(t, "reject")
	drawWarmup(t, &c)
	c.Jitter = rapid.SampledFrom([]float64{0, 0.5, 2}).Draw(t, "jitter")
	drawBalancers(t, &c)
	drawPool(t, &c)
	drawQueues(t, &c)
	drawUpload(t, &c)
	drawPatience(t, &c)
	drawWorkload(t, &c)
	drawFaults(t, &c)
	drawFeatures(t, &c)
	drawRegulators(t, &c)
	drawResizes(t, &c)
	drawTraits(t, &c)
	drawProxies(t, &c)
	refuseNothing(&c)
	return c
}

// mostRequests is how many a drawn run has at most. What is found is nearly always found with few: more take longer, and are played in the long form.
func mostRequests() int {
	switch {
	case *long:
		return 120
	case testing.Short():
		return 30
	}
	return 60
}

// drawWorkers draws how many there are: mostly few, for then each meets much; in the long form now and then up to a thousand.
func drawWorkers(t *rapid.T) int {
	most := rapid.SampledFrom([]int{20, 20, 20, 100}).Draw(t, "workers at most")
	if *long && most == 100 && rapid.IntRange(0, 4).Draw(t, "are there many") == 0 {
		most = 1000
	}
	return rapid.IntRange(1, most).Draw(t, "workers")
}

// drawParameters draws numbers for every strategy, small enough that tables are made fast and bounds are met.
func drawParameters(t *rapid.T, workers int, set option.Values) {
	set["tie"] = rapid.SampledFrom([]strategy.Tie{strategy.TieRoundRobin, strategy.TieFirst, strategy.TieRandom}).Draw(t, "tie")
	set["choices"] = rapid.IntRange(1, 4).Draw(t, "choices")
	set["beta"] = rapid.Float64Range(0, 1).Draw(t, "beta")
	set["bound"] = rapid.IntRange(1, 4).Draw(t, "bound")
	set["ewma-decay"] = drawDuration(t, "decay", time.Millisecond, time.Second)
	set["failure-penalty"] = drawDuration(t, "penalty", time.Millisecond, time.Second)
	set["latency-alpha"] = rapid.Float64Range(0.01, 1).Draw(t, "alpha")
	set["shard-size"] = rapid.IntRange(1, 30).Draw(t, "shard size")
	set["subset-size"] = rapid.IntRange(1, 30).Draw(t, "subset size")
	set["ring-points"] = rapid.IntRange(1, 30).Draw(t, "ring points")
	set["hash-balance"] = rapid.Float64Range(1.01, 3).Draw(t, "hash balance")
	sizes := []int{23, 101, 1009}
	set["table-size"] = rapid.SampledFrom(slices.DeleteFunc(sizes, func(size int) bool { return size <= workers })).Draw(t, "table size")
	set["spill"] = rapid.Float64Range(0.1, 5).Draw(t, "spill")
	set["probes"] = rapid.IntRange(1, 5).Draw(t, "probes")
	set["probe-pool"] = rapid.IntRange(2, 16).Draw(t, "probe pool")
	set["probe-age"] = drawDuration(t, "probe age", time.Millisecond, time.Second)
	set["hot-quantile"] = rapid.Float64Range(0, 1).Draw(t, "hot quantile")
}

// drawOrder draws the order of the backlog.
func drawOrder(t *rapid.T, c *Config) {
	var names []string
	for _, d := range balancer.Disciplines() {
		names = append(names, d.Name)
	}
	switch c.Discipline = rapid.SampledFrom(names).Draw(t, "discipline"); c.Discipline {
	case "priority":
		c.Ageing = drawDuration(t, "ageing", 0, 50*time.Millisecond)
	case "codel":
		c.CoDel = balancer.CoDel{
			Target: drawDuration(t, "target", 1, 10*time.Millisecond), Interval: drawDuration(t, "interval", 1, 50*time.Millisecond),
		}
	}
}

// drawLimit draws how many requests each balancer may have out.
func drawLimit(t *rapid.T, c *Config) {
	kind := rapid.SampledFrom([]string{"", "limit.aimd", "limit.gradient"}).Draw(t, "limit")
	if kind == "" {
		return
	}
	least := rapid.IntRange(1, 10).Draw(t, "least limit")
	start := rapid.IntRange(least, 30).Draw(t, "first limit")
	c.Features = append(c.Features, balancer.Feature{Kind: kind, Set: option.Values{
		"min": least, "start": start, "max": rapid.IntRange(start, 100).Draw(t, "greatest limit"),
		"backoff": rapid.Float64Range(0.01, 0.99).Draw(t, "backoff from the limit"),
		"timeout": drawDuration(t, "what takes too long", 1, 50*time.Millisecond),
	}})
}

// drawRegulators draws what limits what balancers send, such that it is met.
func drawRegulators(t *rapid.T, c *Config) {
	for _, kind := range rapid.SliceOfN(rapid.SampledFrom([]string{"rate", "breaker", "backpressure", "resource"}), 0, 2).Draw(t, "regulators") {
		set := option.Values{}
		switch kind {
		case "rate":
			set["rate"], set["burst"] = rapid.Float64Range(20, 2000).Draw(t, "tokens a second"), rapid.IntRange(1, 20).Draw(t, "burst of tokens")
		case "breaker":
			set["failures"], set["reset"] = rapid.IntRange(1, 5).Draw(t, "failures of all"), drawDuration(t, "reset of all", time.Millisecond, 100*time.Millisecond)
		case "backpressure":
			set["queue"], set["latency"] = rapid.IntRange(0, 10).Draw(t, "queues"), drawDuration(t, "mean latency", 10*time.Millisecond, 100*time.Millisecond)
		case "resource":
			set["utilisation"] = rapid.Float64Range(0.3, 1).Draw(t, "busy share")
		}
		c.Regulators = append(c.Regulators, balancer.Regulator{Kind: kind, Set: set})
	}
}

// drawResizes draws how many workers there are when, where there is no pool.
func drawResizes(t *rapid.T, c *Config) {
	if c.Pool.Interval > 0 || rapid.IntRange(0, 2).Draw(t, "is resized") > 0 {
		return
	}
	c.Pool.Start = rapid.IntRange(1, c.Workers).Draw(t, "workers at first")
	at := time.Duration(0)
	for range rapid.IntRange(1, 4).Draw(t, "resizes") {
		at += drawDuration(t, "to the next resize", time.Millisecond, 200*time.Millisecond)
		c.Resizes = append(c.Resizes, balancer.Resize{At: at, Workers: rapid.IntRange(1, c.Workers).Draw(t, "resized to")})
	}
}

// drawPatience draws when requesters give up, and whether they try again.
func drawPatience(t *rapid.T, c *Config) {
	if rapid.Bool().Draw(t, "has a timeout") {
		c.Timeout = drawDuration(t, "timeout", time.Millisecond, 100*time.Millisecond)
	}
	if rapid.Bool().Draw(t, "has a deadline") {
		c.Deadline = drawDuration(t, "deadline", time.Millisecond, 200*time.Millisecond)
	}
	c.Propagate = rapid.Bool().Draw(t, "propagate")
	c.Retries = rapid.IntRange(0, 3).Draw(t, "retries")
	c.Backoff = requester.Backoff{
		Kind: rapid.SampledFrom([]requester.BackoffKind{
			requester.NoBackoff, requester.ConstantBackoff, requester.ExponentialBackoff,
			requester.FullJitter, requester.EqualJitter, requester.DecorrelatedJitter,
		}).Draw(t, "backoff"),
		Base: time.Millisecond, Cap: 20 * time.Millisecond,
	}
	switch rapid.IntRange(0, 3).Draw(t, "hedges") {
	case 1:
		c.Hedge.After = drawDuration(t, "hedge", 1, 50*time.Millisecond)
	case 2:
		c.Hedge.Percentile = rapid.Float64Range(1, 99).Draw(t, "percentile")
		c.Requesters = rapid.IntRange(1, 3).Draw(t, "requesters that answer a hundred") // of up to 400
		c.Balancers = min(c.Balancers, c.Requesters)
	}
	if rapid.Bool().Draw(t, "has a budget") {
		c.RetryBudget = rapid.Float64Range(0.01, 1).Draw(t, "budget")
		c.MinRetries = rapid.SampledFrom([]float64{0, 1, 20}).Draw(t, "minimum")
	}
}

func drawFaults(t *rapid.T, c *Config) {
	var kinds []string
	for _, k := range worker.FaultKinds() {
		kinds = append(kinds, k.Name)
	}
	for range rapid.IntRange(0, 3).Draw(t, "faults") {
		f := worker.Fault{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Zone: worker.AnyZone, Set: option.Values{
			"p": rapid.Float64Range(0.01, 1).Draw(t, "p"), "factor": rapid.Float64Range(0.1, 10).Draw(t, "factor"),
			"after": drawDuration(t, "after", 0, 20*time.Millisecond), "ramp": drawDuration(t, "ramp", 1, time.Second),
			"notify": rapid.SampledFrom([]requester.Verdict{requester.Failed, requester.Lost}).Draw(t, "notify"),
		}}
		if f.Kind == "drop" {
			f.Set["delay"] = drawDuration(t, "longer way", 0, 20*time.Millisecond)
		}
		f.Workers.Share = rapid.Float64Range(0.01, 1).Draw(t, "share")
		switch {
		case f.Kind == "cold":
			f.At = drawDuration(t, "at", 0, time.Second)
		case rapid.Bool().Draw(t, "comes and goes"):
			f.MTBF = drawDuration(t, "mtbf", leastLife(c), time.Second)
			f.MTTR = drawDuration(t, "mttr", leastLife(c), time.Second)
		default:
			f.At = drawDuration(t, "at", 0, time.Second)
			if f.Stops() || rapid.Bool().Draw(t, "ends") {
				f.For = drawDuration(t, "for", 1, time.Second)
			}
		}
		if f.Kills() || f.Stops() {
			f.MTTR = min(f.MTTR, 3*f.MTBF) // else several together leave no time to work, which is refused
		}
		if f.Swallows() && c.Arrivals == Closed && c.Timeout+c.Deadline == 0 {
			c.Timeout = time.Second // else its requester would wait for ever, which is refused
		}
		c.Faults = append(c.Faults, f)
	}
	if c.Hedge.On() && rapid.Bool().Draw(t, "losers fall into holes") {
		hole := worker.Fault{Kind: "blackhole", Zone: worker.AnyZone, Set: option.Values{}, Workers: worker.Selection{Share: rapid.Float64Range(0.01, 1).Draw(t, "holes")}}
		if rapid.Bool().Draw(t, "that come and go") {
			hole.MTBF, hole.MTTR = drawDuration(t, "mtbf", leastLife(c), 100*time.Millisecond), drawDuration(t, "mttr", leastLife(c), 100*time.Millisecond)
		}
		if c.Arrivals == Closed && c.Timeout+c.Deadline == 0 {
			c.Timeout = time.Second
		}
		c.Faults = append(c.Faults, hole)
	}
	if rapid.Bool().Draw(t, "workers try again") {
		c.Persist = worker.Retry{Interval: drawDuration(t, "before a worker tries again", 1, 30*time.Millisecond), Attempts: rapid.IntRange(2, 4).Draw(t, "tries")}
	}
	if rapid.Bool().Draw(t, "workers beat") {
		c.Heartbeat = drawDuration(t, "heartbeat", 10*time.Millisecond, 200*time.Millisecond) // millions of beats find no more
		if rapid.Bool().Draw(t, "what the dead hold is claimed") {
			c.Claim = drawDuration(t, "lease", c.Heartbeat+1, 3*c.Heartbeat)
			c.Unheard = rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "announcements that are lost")
			for i := range c.Faults {
				c.Faults[i].Set["notify"] = requester.Lost
			}
		}
	}
	c.Grace = drawDuration(t, "grace", 0, 200*time.Millisecond)
}

// leastLife is how long workers are well at least, in the mean, and how long not. Many that die each millisecond take minutes, and find no more than few.
func leastLife(c *Config) time.Duration {
	if c.Workers > 100 {
		return 50 * time.Millisecond
	}
	return time.Millisecond
}

// refuseNothing lets some worker live on, and be sent requests, where the command line demands it: else some would wait for ever.
func refuseNothing(c *Config) {
	if (c.Arrivals == Closed || c.Claim > 0) && noneServes(c) {
		for i := range c.Faults {
			if c.Faults[i].Kills() {
				c.Faults[i].For = max(c.Faults[i].For, time.Second)
			}
		}
	}
	if c.Claim > 0 && slices.ContainsFunc(c.Faults, func(f worker.Fault) bool { return f.Kills() && f.MTBF > 0 }) {
		c.Deadline, c.Propagate = max(c.Deadline, 50*time.Millisecond), true // else what is longer than any life is claimed for ever
	}
	if c.Arrivals == Closed && c.Starves() {
		c.Panic = 0.5
	}
}

// noneServes tells whether in some tier there comes a time from which on nobody lives: what is not answered by then is cut, and lost.
func noneServes(c *Config) bool {
	return slices.ContainsFunc(c.tiers(), func(tier *Config) bool {
		return worker.NoneServes(tier.Faults, tier.Staying(), tier.Workers, tier.zones())
	})
}

// drawFeatures draws what balancers do about failures, soon and for as long as a few requests take. Slow start is no strategy's that makes
// tables of weights.
func drawFeatures(t *rapid.T, c *Config) {
	length := func(what string) time.Duration { return drawDuration(t, what, time.Millisecond, 300*time.Millisecond) }
	c.Panic = rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "panic")
	if rapid.Bool().Draw(t, "ejects outliers") {
		c.Features = append(c.Features, balancer.Feature{Kind: "outlier", Set: option.Values{
			"failures": rapid.IntRange(1, 5).Draw(t, "failures"), "deviation": rapid.Float64Range(0, 2).Draw(t, "deviation"),
			"interval": length("interval"), "requests": rapid.IntRange(1, 10).Draw(t, "requests of an interval"), "workers": rapid.IntRange(1, 5).Draw(t, "compared"),
			"base": length("base"), "longest": length("longest"), "share": rapid.Float64Range(0, 1).Draw(t, "share that is out"),
			"latency": rapid.SampledFrom([]time.Duration{0, 5 * time.Millisecond, 30 * time.Millisecond}).Draw(t, "latency that ejects"),
		}})
	}
	if rapid.Bool().Draw(t, "checks health") {
		c.Features = append(c.Features, balancer.Feature{Kind: "health", Set: option.Values{
			"interval": length("between checks"), "down": rapid.IntRange(1, 3).Draw(t, "down"), "up": rapid.IntRange(1, 3).Draw(t, "up"),
		}})
	}
	if rapid.Bool().Draw(t, "breaks circuits") {
		c.Features = append(c.Features, balancer.Feature{Kind: "breaker", Set: option.Values{
			"failures": rapid.IntRange(1, 5).Draw(t, "failures"), "reset": length("reset"),
		}})
	}
	if rapid.Bool().Draw(t, "finds workers stuck") {
		c.Features = append(c.Features, balancer.Feature{Kind: "stuck", Set: option.Values{"length": length("silence")}})
	}
	if rapid.Bool().Draw(t, "starts slowly") {
		c.Features = append(c.Features, balancer.Feature{Kind: "slow-start", Set: option.Values{"length": length("slow start")}})
		c.Strategies = strategy.Heeding("slow-start")
	}
}

// drawWorkload draws when requests begin and how much work they are. Its load is from 0.2 to 2, whatever the shape.
func drawWorkload(t *rapid.T, c *Config) {
	const mean = 10 * time.Millisecond
	pareto, err := requester.BoundedPareto(mean, 1.5, time.Second)
	require.NoError(t, err)
	c.Work = rapid.SampledFrom([]requester.Distribution{
		requester.Constant(mean), requester.Exponential(mean), requester.Uniform(0, 2*mean),
		requester.Lognormal(mean, 2), pareto, requester.Bimodal(9*time.Millisecond, 110*time.Millisecond, 0.01),
	}).Draw(t, "work")
	capacity := 0.0
	for _, speed := range c.Speeds {
		capacity += speed * float64(c.Concurrency)
	}
	c.Rate = rapid.Float64Range(0.2, 2).Draw(t, "load") * capacity / mean.Seconds()
	switch c.Arrivals = rapid.SampledFrom([]Arrivals{Poisson, Constant, Closed, Trace, Gaps}).Draw(t, "arrivals"); c.Arrivals {
	case Closed:
		c.Rate = 0
		c.Think = rapid.SampledFrom([]requester.Distribution{
			requester.Constant(0), requester.Constant(mean), requester.Exponential(mean),
		}).Draw(t, "think")
	case Trace:
		drawTrace(t, c, mean)
	case Gaps:
		gap := time.Duration(float64(time.Second) / c.Rate)
		c.Gap = rapid.SampledFrom([]requester.Distribution{
			requester.Constant(gap), requester.Exponential(gap), requester.Uniform(0, 2*gap), requester.Bimodal(0, 2*gap, 0.5),
		}).Draw(t, "gaps")
	case Poisson:
		drawShape(t, c)
	}
}

// drawShape draws how the rate of the arrivals changes, in a run of some milliseconds to some seconds.
func drawShape(t *rapid.T, c *Config) {
	some := func(what string, most time.Duration) time.Duration {
		return drawDuration(t, what, time.Microsecond, max(time.Microsecond, most))
	}
	switch kind := rapid.SampledFrom([]string{"", "ramp", "spike", "diurnal", "bursty"}).Draw(t, "shape"); kind {
	case "ramp":
		c.Shape = shaped(t, kind, option.Values{"from": rapid.Float64Range(0, 2).Draw(t, "from")})
	case "spike":
		c.Shape = shaped(t, kind, option.Values{
			"at": some("spike at", 2*c.length()), "for": some("spike for", c.length()/2), "factor": rapid.Float64Range(0, 2).Draw(t, "spike factor"),
		})
	case "diurnal":
		c.Shape = shaped(t, kind, option.Values{
			"amplitude": rapid.Float64Range(0, 1).Draw(t, "amplitude"), "period": some("period", 4*c.length()),
		})
	case "bursty":
		on, off := drawDuration(t, "on", time.Millisecond, time.Second), drawDuration(t, "off", time.Millisecond, time.Second)
		most := float64(on+off) / float64(on)
		c.Shape = shaped(t, kind, option.Values{"on": on, "off": off, "factor": rapid.Float64Range(0.001, most).Draw(t, "burst factor")})
	}
}

// drawTrace draws a trace with many requests at one instant, as real ones have, and some without work.
func drawTrace(t *rapid.T, c *Config, mean time.Duration) {
	c.Requests = max(2, c.Requests)
	gap := int64(math.Ceil(2 * float64(time.Second) / c.Rate)) // twice the mean: half of the gaps are nothing
	trace := &requester.Trace{}
	at := time.Duration(0)
	for range c.Requests {
		trace.Arrivals = append(trace.Arrivals, at)
		trace.Work = append(trace.Work, drawDuration(t, "row's work", 0, 2*mean))
		if rapid.Bool().Draw(t, "row has a gap") {
			at += time.Duration(gap)
		}
	}
	// At least one gap, or there would be no rate.
	trace.Arrivals[c.Requests-1] = max(at, time.Duration(gap))
	c.Trace, c.Work = trace, nil
	c.Rate = float64(c.Requests-1) / trace.Arrivals[c.Requests-1].Seconds()
}

func drawDuration(t *rapid.T, what string, from, to time.Duration) time.Duration {
	return time.Duration(rapid.Int64Range(int64(from), int64(to)).Draw(t, what))
}

// drawTraits draws what tells requests from one another. What is drawn for a workload without a trace may be in the trace.
func drawTraits(t *rapid.T, c *Config) {
	c.Mix.Keys = rapid.SampledFrom([]*requester.Keys{nil, requester.UniformKeys(10), requester.ZipfKeys(0.8, 100)}).Draw(t, "keys")
	c.Mix.Priorities, c.Mix.Zones = drawShares(t, "priorities"), drawShares(t, "zones")
	c.Mix.Cycle = c.Mix.Priorities != nil && rapid.Bool().Draw(t, "priorities take turns")
	c.Mix.ByPriority, c.Mix.ByZone = rapid.Bool().Draw(t, "by priority"), rapid.Bool().Draw(t, "by zone")
	if c.Trace == nil && rapid.Bool().Draw(t, "each priority has its work") {
		for i := range c.Mix.Priorities {
			c.Mix.PriorityWork = append(c.Mix.PriorityWork, requester.Exponential(time.Duration(i+1)*5*time.Millisecond))
		}
	}
	if c.Trace != nil && rapid.Bool().Draw(t, "the trace has traits") {
		for i := range c.Requests {
			c.Trace.Keys = append(c.Trace.Keys, uint64(i%7))
			c.Trace.Priorities = append(c.Trace.Priorities, uint8(i%3))
			c.Trace.Zones = append(c.Trace.Zones, uint8(i*i%5))
		}
		c.Mix.Zones = slices.Repeat([]float64{0.2}, 5)
		c.Mix.Priorities = slices.Repeat([]float64{1.0 / 3}, 3)
	}
	for from := range c.Mix.Zones {
		delays := make([]time.Duration, len(c.Mix.Zones))
		for to := range delays {
			if to != from && rapid.Bool().Draw(t, "is far") {
				delays[to] = drawDuration(t, "delay", 0, 30*time.Millisecond)
			}
		}
		c.Parameters.Delays = append(c.Parameters.Delays, delays)
	}
	if rapid.Bool().Draw(t, "workers have weights and tiers") {
		c.Weights = rapid.SliceOfN(rapid.SampledFrom([]float64{0.5, 1, 2}), c.Workers, c.Workers).Draw(t, "weights")
		c.Tiers = Split(c.Workers, c.Mix.Priorities)
	}
}

// drawShares draws the shares of up to four classes; nil is one class.
func drawShares(t *rapid.T, what string) []float64 {
	parts := rapid.SliceOfN(rapid.IntRange(1, 5), 0, 4).Draw(t, what)
	sum := 0
	for _, part := range parts {
		sum += part
	}
	var shares []float64
	for _, part := range parts {
		shares = append(shares, float64(part)/float64(sum))
	}
	return shares
}
