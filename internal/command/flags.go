package command

import (
	"strings"
	"time"

	"github.com/spf13/pflag"

	"waza/balancer"
	"waza/internal/option"
	"waza/internal/simulation"
	"waza/requester"
	"waza/strategy"
)

// flags are the values of all flags.
type flags struct {
	groups []*group
	all    *pflag.FlagSet
	traitFlags

	strategy value[[]string]
	set      option.Values // the parameters of strategies that were given
	tiers    value[perWorker[int]]

	workers, requesters, requests value[int]
	balancers                     value[int]
	duration                      value[time.Duration]
	stale, refresh                value[time.Duration]

	clock value[string]
	seed  value[uint64]

	load, rate                     value[float64]
	arrivals                       value[simulation.Arrivals]
	think, work                    value[distribution]
	jitter                         value[float64]
	trace, traceArrival, traceWork value[string]
	traceWorkUnit                  value[time.Duration]
	speeds, weights                value[perWorker[float64]]
	concurrency, queue, backlog    value[int]
	discipline                     value[string]
	whenFull                       value[string]
	timeout, deadline              value[time.Duration]
	propagate                      value[bool]
	retries                        value[int]
	backoff                        value[requester.Backoff]
	fault                          faultList
	grace                          value[time.Duration]
	warmup                         value[float64]
	format, plots, plotFormat, log value[string]
	events, quiet                  value[bool]
}

// declareFlags makes every flag, with its default, in the order in which help and the report show them.
func declareFlags() *flags {
	f := &flags{all: pflag.NewFlagSet("waza", pflag.ContinueOnError)}
	f.all.SortFlags = false
	f.declareRun(f.group("what to run", true))
	f.declareSize(f.group("size", true))
	f.declareClock(f.group("clock", true))
	f.declareLoad(f.group("load", true))
	f.declareTrace(f.group("trace", true))
	f.declareTraits(f.group("keys, priorities and zones", true))
	f.declareWorkers(f.group("workers", true))
	f.declareBalancer(f.group("balancer", true))
	f.declareParameters(f.group("parameters of strategies", true))
	f.declareRequester(f.group("requester", true))
	f.declareFaults(f.group("faults and the end", true))
	f.declareStatistics(f.group("statistics", true))
	f.declareOutput(f.group("output", false))
	f.declareHelp(f.group("help", false))
	for _, g := range f.groups {
		f.all.AddFlagSet(g.set)
	}
	return f
}

func (f *flags) group(title string, shapes bool) *group {
	g := &group{title, shapes, pflag.NewFlagSet(title, pflag.ContinueOnError)}
	g.set.SortFlags = false
	f.groups = append(f.groups, g)
	return g
}

func (f *flags) declareRun(g *group) {
	names := strategy.Names()
	declare(g, &f.strategy, strategies(names), "strategy", "least-loaded",
		"one, a comma list, or all of\n"+fold(strings.Join(names, ", "), 61))
}

func (f *flags) declareSize(g *group) {
	declare(g, &f.workers, option.Whole(1, maxWorkers), "workers", "10", "how many workers")
	declare(g, &f.requesters, option.Whole(1, maxRequesters), "requesters", "100", "how many requesters")
	declare(g, &f.balancers, option.Whole(1, maxBalancers), "balancers", "1",
		"how many balancers over the same workers: each hears some\nof the requesters, and knows what it has sent itself")
	declare(g, &f.requests, option.Whole(1, maxRequests), "requests", "100000", "how many requests, of all requesters together")
	declare(g, &f.duration, option.LengthOrNone(), "duration", "none",
		"how long requests arrive; beside --requests, what is over\nfirst. On the wall clock 10s unless --requests is given")
}

func (f *flags) declareClock(g *group) {
	declare(g, &f.clock, option.Word("simulated", "wall"), "clock", "simulated", "simulated or wall")
	declare(g, &f.seed, option.Seed(), "seed", "1", "of all randomness: the same seed gives the same run")
}

func (f *flags) declareLoad(g *group) {
	declare(g, &f.load, option.Above(0, maxLoad), "load", "0.8", "share of the workers' capacity that is asked for, up to 2")
	declare(g, &f.rate, option.Above(0, maxRate), "rate", "", "`R` requests per second, instead of --load")
	declare(g, &f.arrivals, option.OneOf(
		option.Choice[simulation.Arrivals]{Name: "poisson", Is: simulation.Poisson},
		option.Choice[simulation.Arrivals]{Name: "constant", Is: simulation.Constant},
		option.Choice[simulation.Arrivals]{Name: "closed", Is: simulation.Closed},
		option.Choice[simulation.Arrivals]{Name: "trace", Is: simulation.Trace},
	), "arrivals", "poisson", "poisson, constant, closed (each requester asks, waits\nand thinks) or trace (follows from --trace)")
	declare(g, &f.think, distributions(0), "think", "100ms", "between the requests of a closed requester; as for --work")
	declare(g, &f.work, distributions(1), "work", "exponential:10ms",
		"of a request, on a worker of speed 1: 10ms, constant:10ms,\nexponential:10ms, uniform:5ms,15ms, lognormal:10ms,cv=2,\n"+
			"pareto:10ms,alpha=1.5,max=10s or bimodal:9ms,110ms,p=0.01")
	declare(g, &f.jitter, option.Number(0, maxJitter), "jitter", "0", "coefficient of variation of noise on each service")
}

func (f *flags) declareTrace(g *group) {
	declare(g, &f.trace, option.Text("a CSV file with a header line"), "trace", "",
		"CSV `FILE` of arrivals and work, instead of --work; --load\nor --rate, if given, rescales its time. Columns key,\npriority (from 0, the highest) and zone are used, if there")
	declare(g, &f.traceArrival, option.Text("the name of a column"), "trace-arrival", "arrival_seconds", "its column of seconds or timestamps")
	declare(g, &f.traceWork, option.Text("the name of a column"), "trace-work", "work_seconds", "its column of work")
	declare(g, &f.traceWorkUnit, option.Length(1), "trace-work-unit", "1s", "what one unit of work takes at speed 1")
}

func (f *flags) declareWorkers(g *group) {
	declare(g, &f.speeds, perWorkers("speed", "8x1,2x0.25", option.Number(minSpeed, maxSpeed)), "speeds", "1",
		"one speed for all, or a list such as 8x1,2x0.25")
	declare(g, &f.weights, perWorkers("weight", "8x1,2x0.25", option.Number(minSpeed, maxSpeed)), "weights", "",
		"`WEIGHTS` that strategies believe in, as for --speeds;\nwithout, they know the speeds")
	declare(g, &f.concurrency, option.Whole(1, maxConcurrency), "concurrency", "1", "requests that a worker serves at the same time")
	declare(g, &f.queue, option.Whole(0, maxQueue), "queue", "1024", "requests that wait at a worker beside those")
}

func (f *flags) declareBalancer(g *group) {
	declare(g, &f.backlog, option.OrNone(option.Whole(0, maxBacklog), balancer.Unlimited), "backlog", "none",
		"requests that wait in the balancer; none: any number")
	declare(g, &f.discipline, option.Word(disciplines()...), "discipline", "fifo", "the order of the backlog: fifo, lifo or priority (the highest\nfirst; inside it fifo). Requests wait there only where workers\nhave no room: under pull, bounded-pull, or a small --queue")
	declare(g, &f.whenFull, option.Word("block", "reject"), "when-full", "block", "when the backlog is full: block, or reject who comes,\nwhatever its priority")
	declare(g, &f.stale, option.LengthOrNone(), "stale", "none", "how old the pending counts are that strategies see")
	declare(g, &f.refresh, option.LengthOrNone(), "refresh", "none", "time between snapshots of the pending counts, which are all\nthat strategies see")
}

func (f *flags) declareRequester(g *group) {
	declare(g, &f.timeout, option.LengthOrNone(), "timeout", "none", "of each attempt, from its start")
	declare(g, &f.deadline, option.LengthOrNone(), "deadline", "none", "of the request, from its intended start")
	declareSwitch(g, &f.propagate, "propagate-deadline", "true", "skip work that nobody waits for")
	declare(g, &f.retries, option.Whole(0, maxRetries), "retries", "0", "more attempts at most, after the first")
	declare(g, &f.backoff, backoffs(), "backoff", "full-jitter:10ms,1s",
		"before a retry: none, constant:10ms, or base,longest after\nexponential:, full-jitter:, equal-jitter:, decorrelated:")
}

func (f *flags) declareFaults(g *group) {
	g.set.VarP(&f.fault, "fault", "", "`FAULT` is "+fold(faultExamples()+", with worker=ID,", 53)+"\n"+
		"ID-ID, N% or all, and at=1s,for=5s or mtbf=30s,mttr=5s;\nrepeatable")
	declare(g, &f.grace, option.Length(0), "grace", "5s", "for what is in flight, after an interruption")
}

func (f *flags) declareStatistics(g *group) {
	declare(g, &f.warmup, option.Share(), "warmup", "10%", "share of the run that is not measured")
}

func (f *flags) declareOutput(g *group) {
	declare(g, &f.format, option.Word("text", "json", "csv"), "format", "text", "text, json or csv")
	declare(g, &f.plots, option.OptionalText("a directory"), "plots", "plots", "directory for the plots; empty: none")
	declare(g, &f.plotFormat, option.Word("png", "svg"), "plot-format", "png", "png or svg")
	declare(g, &f.log, option.Text("a file"), "requests-log", "", "`FILE` for one line per request")
	declareSwitch(g, &f.events, "events", "false", "tell what happens, line by line, on stderr")
	declareSwitch(g, &f.quiet, "quiet", "false", "errors only on stderr")
}

func (f *flags) declareHelp(g *group) {
	declareAnswer(g, "strategies", "list the strategies, one line each", strategyList)
	declareAnswer(g, "faults", "list the kinds of faults, and the keys that each takes", listFaults)
	declareAnswer(g, "version", "print the version, "+Version, func() string { return "waza " + Version + "\n" })
	declareAnswer(g, "help", "print this", f.helpText).Shorthand = "h"
}

// declareAnswer adds a switch that ends the parsing with an Answer.
func declareAnswer(g *group, name, usage string, answer func() string) *pflag.Flag {
	k := option.Truth()
	k.Parse = func(s string) (bool, error) {
		asked, err := option.Truth().Parse(s)
		if asked {
			err = Answer(answer())
		}
		return false, err
	}
	flag := declare(g, new(value[bool]), k, name, "false", usage)
	flag.NoOptDefVal = "true"
	return flag
}

// disciplines are the names of all orders of the backlog.
func disciplines() []string {
	var names []string
	for _, d := range balancer.Disciplines() {
		names = append(names, d.Name)
	}
	return names
}
