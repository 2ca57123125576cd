package command

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
)

var countingStrategies = option.Either(counting())

const anyStrategy = "want all, or some of the names that --strategies lists"

const (
	anyLength = "want a duration above 0s and at most 1000h, such as 10ms, or none"
	anyHedge  = "want a percentile above p0 and below p100, such as p95, or a duration above 0s and at most 1000h, such as 10ms, or none"
	anyWork   = "want a distribution such as 10ms, constant:10ms, exponential:10ms, uniform:5ms,15ms, " +
		"lognormal:10ms,cv=2, pareto:10ms,alpha=1.5,max=10s or bimodal:9ms,110ms,p=0.01"
	anyBackoff  = "want none, constant:BASE, or BASE,LONGEST after exponential:, full-jitter:, equal-jitter: or decorrelated:"
	anyArrivals = "want poisson, constant, closed, trace, ramp:from=0.5,to=1.5, spike:factor=2,at=10s,for=5s, " +
		"diurnal:amplitude=0.5,period=1m, bursty:factor=3,on=1s,off=2s or gaps:uniform:10ms,60ms"
	anySpeeds = "want one speed for all workers, or a list such as 8x1,2x0.25, each a number from 0.001 to 1,000"
)

// A badRow is what must be refused: why, the arguments, and the message.
type badRow struct {
	because string
	args    []string
	message string
}

func (r badRow) check(t *testing.T) {
	t.Run(r.because, func(t *testing.T) {
		_, err := Parse(r.args)
		assert.EqualError(t, err, r.message)
	})
}

// words splits where no argument has a space in it.
func words(s string) []string { return strings.Fields(s) }

func TestNamesThatDoNotExistAreRefused(t *testing.T) {
	for _, r := range []badRow{
		{"a flag is misspelt", words("--lod=0.5"), "--lod: want a flag that --help lists; did you mean --load?"},
		{"a flag with one dash is misspelt", words("-stratgey=random"), "--stratgey: want a flag that --help lists; did you mean --strategy?"},
		{"a flag has a capital letter", words("-Load=5"), "-Load: want a flag that --help lists; did you mean --load?"},
		{"a flag is not built yet", words("--matrix"), "--matrix: want a flag that --help lists"},
		{"a letter is no flag", words("-x"), "-x: want a flag that --help lists"},
		{"a negative number is no flag", words("-1"), "-1: want a flag that --help lists"},
		{"a flag has no name", words("--=5"), "--=5: want --flag=value"},
		{"a flag has three dashes", words("---load=1"), "---load=1: want --flag=value"},
		{"a word stands alone", words("least-loaded"), "least-loaded: want flags only, such as --strategy=random"},
		{"a dash stands alone", words("-"), "-: want flags only, such as --strategy=random"},
		{"a switch does not take the next argument", words("--quiet false"), "false: want flags only; a switch takes its value as in --quiet=false"},
		{"nothing is a flag after two dashes", words("-- -load=5"), "-load=5: want flags only, such as --strategy=random"},
		{"a clock that tells so little apart cannot go on for so long", words("--work=100h --rate=0.001 --requests=300 --timeout=1us --requesters=100000"),
			"--work=100h: want at most 15h15m32s of arrivals, work, backoffs and grace in all where 1µs has to be told apart among so many requesters and workers, not 30083h20m5s"},
		{"nor tell what is shorter than its ticks", words("--work=1ns --speeds=1000 --requests=1000000 --rate=1"),
			"--work=1ns: want at most 54s of arrivals, work, backoffs and grace in all where 0.001ns has to be told apart among so many requesters and workers, not 277h46m45s"},
		{"a service that the clock would cut", words("--work=200h --speeds=0.001 --workers=1 --requests=1 --rate=0.001"),
			"--work=200h: want lengths of at most 100h each, where the clock of the run cuts them, on the slowest worker and with every fault"},
		{"a strategy is misspelt", words("--strategy=leastloaded"), "--strategy=leastloaded: " + anyStrategy + "; did you mean least-loaded?"},
		{"a strategy in a list is misspelt", words("--strategy=pull,rand0m"), "--strategy=pull,rand0m: " + anyStrategy + "; did you mean random?"},
		{"there is no strategy", words("--strategy="), "--strategy=: " + anyStrategy},
		{"a strategy stands twice", words("-strategy=random,random"), "--strategy=random,random: want each strategy once, and random stands there twice"},
		{"all is misspelt", words("-strategy=alll"), "--strategy=alll: " + anyStrategy + "; did you mean all?"},
		{"all stands alone", words("-strategy=all,random"), "--strategy=all,random: want all by itself, or some of the names that --strategies lists"},
		{"a tie rule is misspelt", words("--tie=frist"), "--tie=frist: want round-robin, first or random; did you mean first?"},
		{"a shape is misspelt", words("--arrivals=rmap:from=0.5"), "--arrivals=rmap:from=0.5: " + anyArrivals + "; did you mean ramp?"},
		{"constant arrivals have no keys", words("--arrivals=constant:3"), "--arrivals=constant:3: " + anyArrivals + "; did you mean constant?"},
		{"a clock is misspelt", words("--clock=simulatd"), "--clock=simulatd: want simulated or wall; did you mean simulated?"},
		{"a format is not built", words("--format=xml"), "--format=xml: want text, json, csv, prometheus or none"},
		{"a picture is not built", words("--plot-format=jpg"), "--plot-format=jpg: want png or svg"},
		{"a full backlog does one of two things", words("--when-full=drop"), "--when-full=drop: want block or reject"},
		{"a switch is true or false", words("--quiet=maybe"), "--quiet=maybe: want true or false"},
		{"and not 1 or 0", words("--events=1"), "--events=1: want true or false"},
	} {
		r.check(t)
	}
}

func TestNumbersOutOfRangeAreRefused(t *testing.T) {
	for _, r := range []badRow{
		{"a value is missing", words("--load"), "--load: want a number above 0 and at most 2"},
		{"a value is empty", words("--load="), "--load=: want a number above 0 and at most 2"},
		{"a negative value is the value", words("-load -0.5"), "--load=-0.5: want a number above 0 and at most 2"},
		{"a flag may be the value", words("--load -seed"), "--load=-seed: want a number above 0 and at most 2"},
		{"a load is absurd", words("--load=1e9"), "--load=1e9: want a number above 0 and at most 2"},
		{"a load overflows", words("--load=1e999"), "--load=1e999: want a number above 0 and at most 2"},
		{"a load is no number", words("--load=NaN"), "--load=NaN: want a number above 0 and at most 2"},
		{"a load is infinite", words("--load=Inf"), "--load=Inf: want a number above 0 and at most 2"},
		{"a load is hexadecimal", words("--load=0x1p-2"), "--load=0x1p-2: want a number above 0 and at most 2"},
		{"a rate is nothing", words("--rate=0"), "--rate=0: want a number above 0 and at most 1,000,000,000"},
		{"workers are hexadecimal", words("--workers=0x10"), "--workers=0x10: want a whole number from 1 to 100,000"},
		{"workers are not whole", words("--workers=1.5"), "--workers=1.5: want a whole number from 1 to 100,000"},
		{"workers are none", words("-workers 0"), "--workers=0: want a whole number from 1 to 100,000"},
		{"workers overflow", words("--workers=99999999999999999999"), "--workers=99999999999999999999: want a whole number from 1 to 100,000"},
		{"requesters are too many", words("--requesters=1000001"), "--requesters=1000001: want a whole number from 1 to 100,000"},
		{"requests are too many", words("--requests=1e10"), "--requests=1e10: want a whole number from 1 to 1,000,000,000"},
		{"a seed is negative", words("--seed=-1"), "--seed=-1: want a whole number from 0 to 18446744073709551615"},
		{"retries are too many", words("--retries=101"), "--retries=101: want a whole number from 0 to 100"},
		{"a hedge has a unit, or is a percentile", words("--hedge=95"), "--hedge=95: " + anyHedge},
		{"no percentile is above all", words("--hedge=p100"), "--hedge=p100: " + anyHedge},
		{"nor below all", words("--hedge=p0"), "--hedge=p0: " + anyHedge},
		{"a percentile is a number", words("--hedge=pp"), "--hedge=pp: " + anyHedge},
		{"a hedge is not the attempt", words("--hedge=0s"), "--hedge=0s: " + anyHedge},
		{"a budget of nothing is none", words("--retries=1 --retry-budget=0"), "--retry-budget=0: want a number above 0 and at most 100, or none"},
		{"a budget is not negative", words("--retries=1 --retry-budget=0.2 --min-retries-per-second=-1"),
			"--min-retries-per-second=-1: want a number from 0 to 1,000,000,000"},
		{"a choice needs a worker", words("--choices=0"), "--choices=0: want a whole number from 1 to 100"},
		{"a queue is negative", words("--queue=-1"), "--queue=-1: want a whole number from 0 to 1,000,000"},
		{"a backlog is negative", words("--backlog=-1"), "--backlog=-1: want a whole number from 0 to 1,000,000,000, or none"},
		{"a jitter is too wide", words("--jitter=11"), "--jitter=11: want a number from 0 to 10"},
		{"a warm-up is not a share", words("--warmup=5"), "--warmup=5: want a share from 0% to below 100%, such as 10% or 0.1, a duration such as 5s, or mser"},
		{"a warm-up has another word", words("--warmup=msr"), "--warmup=msr: want a share from 0% to below 100%, such as 10% or 0.1, a duration such as 5s, or mser; did you mean mser?"},
		{"a warm-up is negative", words("--warmup=-5s"), "--warmup=-5s: want a share from 0% to below 100%, such as 10% or 0.1, a duration such as 5s, or mser"},
		{"a warm-up is as long as all arrivals", words("--warmup=125s"), "--warmup=125s: want less than the 125 s for which requests arrive"},
		{"a warm-up is as long as a closed loop", words("--arrivals=closed --duration=5s --warmup=5s"), "--warmup=5s: want less than the 5 s for which requests arrive"},
		{"a warm-up is found on the wall clock", words("--warmup=mser --clock=wall"),
			"--warmup=mser: want a share or a duration on the wall clock: the runs in which mser finds it would take as long as those that are measured"},
		{"a warm-up is found in few requests", words("--warmup=mser --requests=49"), "--warmup=mser: want --requests=50 or more beside mser, and these are 49"},
		{"a warm-up leaves nothing", words("--warmup=100%"), "--warmup=100%: want a share from 0% to below 100%, such as 10% or 0.1, a duration such as 5s, or mser"},
		{"a duration has no unit", words("--timeout=5"), "--timeout=5: " + anyLength},
		{"not even 0 has none", words("--timeout=0"), "--timeout=0: " + anyLength},
		{"a duration is negative", words("--deadline=-5ms"), "--deadline=-5ms: " + anyLength},
		{"a duration is too long", words("--duration=1001h"), "--duration=1001h: " + anyLength},
		{"a duration overflows", words("--timeout=9999999999h"), "--timeout=9999999999h: " + anyLength},
		{"a grace is negative", words("--grace=-1s"), "--grace=-1s: want a duration from 0s to 1000h, such as 10ms"},
		{"slots are too many in all", words("--workers=100000 --concurrency=100"),
			"--concurrency=100: want at most 1,000,000 in all, and --workers=100000 make it 10,000,000"},
		{"a message stays on its line", []string{"--load=1\n2"}, `--load="1\n2": want a number above 0 and at most 2`},
		{"a message does not repeat what is endless", []string{"--load=" + strings.Repeat("9", 1000)},
			"--load=" + strings.Repeat("9", 100) + "…: want a number above 0 and at most 2"},
	} {
		r.check(t)
	}
}

func TestFlagsThatDoNotGoTogetherAreRefused(t *testing.T) {
	for _, r := range []badRow{
		{"load and rate say the same", words("--load=0.5 --rate=100"), "--load=0.5: want only one of --load and --rate"},
		{"a closed loop makes its own load", words("--arrivals=closed --load=1"), "--load=1: want no load with --arrivals=closed: there requests follow from answers"},
		{"and its own rate", words("--arrivals=closed --rate=1"), "--rate=1: want no rate with --arrivals=closed: there requests follow from answers"},
		{"a trace is not closed", words("--arrivals=closed --trace=x.csv"), "--trace=x.csv: want no trace with --arrivals=closed: there requests follow from answers"},
		{"only closed requesters think", words("--think=5ms"), "--think=5ms: want --arrivals=closed beside it: other requesters do not think"},
		{"closed requesters think too long", words("--arrivals=closed --think=2h"),
			"--think=2h: want each requester to think for at most 1000h in all, not 2000h"},
		{"the arrivals of a trace need a trace", words("--arrivals=trace"), "--arrivals=trace: want --trace=FILE beside it"},
		{"a trace has its own arrivals", words("--arrivals=poisson --trace=x.csv"), "--arrivals=poisson: want no other arrivals than those of --trace"},
		{"a trace has its own work", words("--work=5ms --trace=x.csv"), "--work=5ms: want no work beside --trace: the trace says how much work there is"},
		{"the column of arrivals is a trace's", words("--trace-arrival=x"), "--trace-arrival=x: want --trace=FILE beside it"},
		{"so is that of work", words("--trace-work=x"), "--trace-work=x: want --trace=FILE beside it"},
		{"and its unit", words("--trace-work-unit=1ms"), "--trace-work-unit=1ms: want --trace=FILE beside it"},
		{"who does not retry does not wait for it", words("--backoff=constant:5ms"), "--backoff=constant:5ms: want --retries above 0 beside it"},
		{"who never tries again needs no budget", words("--retry-budget=0.2"),
			"--retry-budget=0.2: want --retries above 0 or --hedge beside it: nothing else asks the budget"},
		{"what a budget allows needs a budget", words("--retries=1 --min-retries-per-second=5"),
			"--min-retries-per-second=5: want --retry-budget beside it: without, there may be any number"},
		{"nobody waits for the hedge's attempt", words("--hedge=100ms --timeout=100ms"),
			"--hedge=100ms: want a length below --timeout=100ms: nobody waits for the attempt after that"},
		{"nor for the request", words("--hedge=100ms --deadline=50ms"),
			"--hedge=100ms: want a length below --deadline=50ms: nobody waits for the attempt after that"},
		{"an endless backlog rejects nothing", words("--when-full=reject"),
			"--when-full=reject: want --backlog=N beside it: a backlog without a limit is never full"},
		{"there is no end to propagate", words("--propagate-deadline=false"),
			"--propagate-deadline=false: want --timeout, --deadline or --hedge beside it: without, there is no end to propagate"},
		{"random does not care how much is pending", words("--strategy=random,round-robin --stale=1s"),
			"--stale=1s: want " + countingStrategies + " among the strategies: no other reads counts that may be old"},
		{"old or fresh", words("--strategy=pull --refresh=1s"),
			"--refresh=1s: want " + countingStrategies + " among the strategies: no other reads counts that may be old"},
		{"counts are old in one way", words("--stale=1s --refresh=1s"), "--stale=1s: want only one of --stale and --refresh"},
		{"nobody remembers so much", words("--requests=10000000 --stale=1h"), "--stale=1h: want a time in which at most 1,000,000 attempts come, not 2.88e+06"},
		{"nor with retries", words("--requests=1000000 --refresh=10m --retries=2 --rate=1000"), "--refresh=10m: want a time in which at most 1,000,000 attempts come, not 1.8e+06"},
		{"one queue has one owner", words("--strategy=random,pull --balancers=2"), "--balancers=2: want 1 beside pull: one queue has one owner"},
		{"a balancer without a requester does nothing", words("--requesters=3 --balancers=4"),
			"--balancers=4: want at most --requesters=3: each requester asks one balancer, and the others would have nothing to do"},
		{"balancers know too much", words("--requesters=1000 --balancers=1000 --workers=1001"),
			"--balancers=1000: want balancers that know at most 1,000,000 workers in all, and --workers=1001 make it 1,001,000"},
		{"no plots have no format", words("--plots= --plot-format=svg"), "--plot-format=svg: want a directory in --plots: without, nothing is plotted"},
		{"events are not quiet", words("--quiet --events"), "--events=true: want no --quiet beside it: that leaves only errors"},
		{"a log has a name", words("--requests-log --quiet"),
			"--requests-log=--quiet: want a file, and what begins with a dash is a flag; one of that name is ./--quiet"},
		{"so has the directory of plots", words("-workers=2 -plots -quiet"),
			"--plots=-quiet: want a directory, and what begins with a dash is a flag; one of that name is ./-quiet"},
		{"and a trace", words("--trace --load=1"),
			"--trace=--load=1: want a CSV file with a header line, and what begins with a dash is a flag; one of that name is ./--load=1"},
		{"a seed is one", words("-seed=1 -seed=2"), "--seed=2: want it once, and --seed=1 stands there already"},
		{"even if it is the same", words("-seed=1 -seed=1"), "--seed=1: want it once, and --seed=1 stands there already"},
		{"a switch is switched once", words("-quiet -quiet=false"), "--quiet=false: want it once, and --quiet=true stands there already"},
		{"a column is for one thing", words("-trace=x.csv -trace-work=a -trace-arrival=a"),
			"--trace=x.csv: want another column for --trace-work than for --trace-arrival=a"},
		{"a unit is of a trace", words("--trace-arrival-unit=1ms"), "--trace-arrival-unit=1ms: want --trace=FILE beside it"},
		{"and so is its order", words("--trace-sort"), "--trace-sort=true: want --trace=FILE beside it"},
		{"a log is a file", words("--requests-log="), "--requests-log=: want a file"},
		{"a trace is a file", words("--trace="), "--trace=: want a CSV file with a header line"},
		{"a run is too long", words("--rate=1e-5"), "--rate=1e-5: want a run of at most 1000h, and 100,000 requests at 1e-05 per second take 2.778e+06h"},
		{"a run is too fast", words("--work=1ns"), "--work=1ns: want at most 1,000,000,000 requests per second, not 8e+09"},
		{"the work is too long", words("--rate=1e9 --work=1000h"),
			"--work=1000h: want at most 500000h of work in all, for the slowest worker and with every retry, not 1e+08h"},
		{"no request fits", words("--duration=1ns"), "--duration=1ns: want time for one request, at 800 per second"},
		{"too many requests fit", words("--duration=1000h --rate=1e9"),
			"--duration=1000h: want at most 1,000,000,000 requests, at 1e+09 per second"},
	} {
		r.check(t)
	}
}
