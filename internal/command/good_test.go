package command

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/golden"
	"waza/internal/option"
	"waza/internal/simulation"
	"waza/report/document"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// parsed is Parse where the test knows that it works.
func parsed(t *testing.T, args string) Command {
	t.Helper()
	c, err := Parse(words(args))
	require.NoError(t, err)
	return c
}

func TestGoodInput(t *testing.T) {
	const ms = time.Millisecond
	for _, row := range []struct {
		says, args string
		got        func(Command) any
		want       any
	}{
		{"one dash is as good as two", "-workers=3", func(c Command) any { return c.Simulation.Workers }, 3},
		{"a value may be the next argument", "-workers 3 --seed 9", func(c Command) any { return c.Simulation.Seed }, uint64(9)},
		{"as many workers as have speeds", "-speeds=3x1,2x0.5", func(c Command) any { return c.Simulation.Workers }, 5},
		{"and they may have faults", "-speeds=3x1,9x0.5 -fault=slow:factor=2,worker=11", func(c Command) any { return c.Simulation.Workers }, 12},
		{"one worker with one speed", "-speeds=1x2", func(c Command) any { return c.Simulation.Workers }, 1},
		{"one speed for all leaves their number", "-speeds=2", func(c Command) any { return c.Simulation.Workers }, 10},
		{"time ends a closed loop", "-arrivals=closed -duration=5s", func(c Command) any { return c.Simulation.Duration }, 5 * time.Second},
		{"and nothing else does", "-arrivals=closed -duration=5s", func(c Command) any { return c.Simulation.Requests }, maxRequests},
		{"unless requests are given, too", "-arrivals=closed -duration=5s -requests=9", func(c Command) any { return c.Simulation.Requests }, 9},
		{"the wall clock has no other end then", "-arrivals=closed -duration=1s -clock=wall", func(c Command) any { return c.Simulation.Requests }, maxRequests},
		{"a closed loop may last long", "-arrivals=closed -duration=1000h -think=1h -work=1h -requesters=2", func(c Command) any { return c.Simulation.Duration }, 1000 * time.Hour},
		{"nobody knows how many requests it has", "-arrivals=closed -duration=5s", func(c Command) any { return c.Title },
			"10 workers, 100 requesters, up to 5s, closed, constant thinking of 100 ms, exponential work of 10 ms, seed 1"},
		{"all are all", "-strategy=all", func(c Command) any { return c.Simulation.Strategies }, strategy.Names()},
		{"a list keeps its order", "-strategy=random,pull", func(c Command) any { return c.Simulation.Strategies }, []string{"random", "pull"}},
		{"all has ties to break", "-strategy=all -tie=random", func(c Command) any { return c.Simulation.Parameters.Set["tie"] }, strategy.TieRandom},
		{"power-of-two may draw three", "-strategy=power-of-two -choices=3", func(c Command) any { return c.Simulation.Parameters.Set["choices"] }, 3},
		{"the default load is 80%", "", func(c Command) any { return c.Simulation.Rate }, 800.0},
		{"load counts speed and slots", "-load=0.5 -speeds=8x1,2x0.5 -concurrency=2 -work=10ms", func(c Command) any { return c.Simulation.Rate }, 900.0},
		{"a rate is a rate", "-rate=123", func(c Command) any { return c.Simulation.Rate }, 123.0},
		{"a duration says how many", "-duration=10s", func(c Command) any { return c.Simulation.Requests }, 8000},
		{"the smaller of two wins", "-duration=10s -requests=500", func(c Command) any { return c.Simulation.Requests }, 500},
		{"the other one wins too", "-duration=10s -requests=50000", func(c Command) any { return c.Simulation.Requests }, 8000},
		{"the wall clock runs for 10 s", "-clock=wall", func(c Command) any { return c.Simulation.Requests }, 8000},
		{"unless somebody says how many", "-clock=wall -requests=100", func(c Command) any { return c.Simulation.Requests }, 100},
		{"or how long", "-clock=wall -duration=2s", func(c Command) any { return c.Simulation.Requests }, 1600},
		{"100 clients who think 100 ms ask 10 s long", "-clock=wall -arrivals=closed", func(c Command) any { return c.Simulation.Requests }, 9091},
		{"arrivals have no shape", "", func(c Command) any { return c.Simulation.Shape }, requester.Shape{}},
		{"or one, which bends those of Poisson", "-arrivals=spike:for=3s,factor=4", func(c Command) any { return c.Simulation.Shape },
			requester.Shape{Kind: "spike", Set: option.Values{"factor": 4.0, "at": 10 * time.Second, "for": 3 * time.Second}}},
		{"and are Poisson's", "-arrivals=ramp", func(c Command) any { return c.Simulation.Arrivals }, simulation.Poisson},
		{"an end of a ramp follows from the other", "-arrivals=ramp:to=0.25", func(c Command) any { return c.Simulation.Shape.Set["from"] }, 1.75},
		{"a shape does not change the mean rate", "-arrivals=bursty", func(c Command) any { return c.Simulation.Rate }, 800.0},
		{"nor how many requests there are", "-arrivals=spike -duration=30s", func(c Command) any { return c.Simulation.Requests }, 24_000},
		{"the title tells of shapes", "-arrivals=diurnal -requests=9", func(c Command) any { return c.Title },
			"10 workers, 100 requesters, 9 requests, arrivals diurnal:amplitude=0.5,period=1m, load 0.8, exponential work of 10 ms, seed 1"},
		{"and the report, with every key", "-arrivals=bursty:factor=2", func(c Command) any {
			return c.Settings[slices.IndexFunc(c.Settings, func(s document.Setting) bool { return s.Name == "arrivals" })].Value
		}, "bursty:factor=2,on=1s,off=2s"},
		{"a closed loop has no rate", "-arrivals=closed", func(c Command) any { return c.Simulation.Rate }, 0.0},
		{"one may think of nothing", "-arrivals=closed -think=0s", func(c Command) any { return c.Simulation.Think.Mean() }, time.Duration(0)},
		{"one thinks 100 ms", "-arrivals=closed", func(c Command) any { return c.Simulation.Think.Mean() }, 100 * ms},
		{"fewer requests than requesters are fine", "-requests=5", func(c Command) any { return c.Simulation.Requests }, 5},
		{"one speed is for all", "-speeds=0.5 -workers=3", func(c Command) any { return c.Simulation.Speeds }, []float64{0.5, 0.5, 0.5}},
		{"a list needs no counts", "-speeds=1,2x4 -workers=3", func(c Command) any { return c.Simulation.Speeds }, []float64{1, 4, 4}},
		{"a backlog has no limit", "", func(c Command) any { return c.Simulation.Backlog }, balancer.Unlimited},
		{"or no room", "-backlog=0 -when-full=reject", func(c Command) any { return c.Simulation.Backlog }, 0},
		{"a full one rejects", "-backlog=5 -when-full=reject", func(c Command) any { return c.Simulation.Reject }, true},
		{"none is zero", "-timeout=none", func(c Command) any { return c.Simulation.Timeout }, time.Duration(0)},
		{"deadlines are propagated", "-timeout=5ms", func(c Command) any { return c.Simulation.Propagate }, true},
		{"or not", "-timeout=5ms -propagate-deadline=false", func(c Command) any { return c.Simulation.Propagate }, false},
		{"a backoff", "-retries=1 -backoff=decorrelated:5ms,2s", func(c Command) any { return c.Simulation.Backoff },
			requester.Backoff{Kind: requester.DecorrelatedJitter, Base: 5 * ms, Cap: 2 * time.Second}},
		{"a constant backoff is its own longest", "-retries=1 -backoff=constant:5ms", func(c Command) any { return c.Simulation.Backoff },
			requester.Backoff{Kind: requester.ConstantBackoff, Base: 5 * ms, Cap: 5 * ms}},
		{"no backoff", "-retries=1 -backoff=none", func(c Command) any { return c.Simulation.Backoff }, requester.Backoff{}},
		{"a hedge after a length", "-hedge=300ms", func(c Command) any { return c.Simulation.Hedge }, requester.Hedge{After: 300 * ms}},
		{"or a percentile", "-hedge=p99.9", func(c Command) any { return c.Simulation.Hedge }, requester.Hedge{Percentile: 99.9}},
		{"whose loser may be served", "-hedge=p95 -propagate-deadline=false", func(c Command) any { return c.Simulation.Propagate }, false},
		{"every retry may have a hedge", "-hedge=p95 -retries=2", func(c Command) any { return c.Simulation.Tries() }, 6},
		{"and even so they can be counted", "-hedge=p95 -retries=100", func(c Command) any { return c.Simulation.Tries() <= requester.MostAttempts }, true},
		{"a budget allows some more", "-retries=1 -retry-budget=0.2", func(c Command) any { return c.Simulation.MinRetries }, 10.0},
		{"or not", "-hedge=p95 -retry-budget=0.2 -min-retries-per-second=0", func(c Command) any { return c.Simulation.MinRetries }, 0.0},
		{"two faults", "-fault=slow:factor=3 -fault=flaky:p=0.1,worker=2-3,at=1s,for=5s", func(c Command) any { return c.Simulation.Faults }, []worker.Fault{
			{Kind: "slow", Zone: worker.AnyZone, Workers: worker.Selection{Share: 1}, Set: option.Values{"factor": 3.0}},
			{Kind: "flaky", Zone: worker.AnyZone, Workers: worker.Selection{First: 2, Last: 3}, At: time.Second, For: 5 * time.Second, Set: option.Values{"p": 0.1}},
		}},
		{"a fault that comes and goes", "-fault=slow:factor=3,worker=25%,mtbf=30s,mttr=5s", func(c Command) any { return c.Simulation.Faults }, []worker.Fault{
			{Kind: "slow", Zone: worker.AnyZone, Workers: worker.Selection{Share: 0.25}, MTBF: 30 * time.Second, MTTR: 5 * time.Second, Set: option.Values{"factor": 3.0}},
		}},
		{"workers weigh what they can do", "-speeds=8x1,2x0.5", func(c Command) any { return c.Simulation.Weights }, []float64{1, 1, 1, 1, 1, 1, 1, 1, 0.5, 0.5}},
		{"requests are alike", "", func(c Command) any { return c.Simulation.Mix }, simulation.Mix{}},
		{"or have priorities, which are told apart", "-priorities=0.4,0.6", func(c Command) any { return c.Simulation.Mix },
			simulation.Mix{Priorities: []float64{0.4, 0.6}, ByPriority: true}},
		{"or take turns", "-priorities=cycle:4", func(c Command) any { return c.Simulation.Mix },
			simulation.Mix{Priorities: []float64{0.25, 0.25, 0.25, 0.25}, Cycle: true, ByPriority: true}},
		{"and zones", "-zones=0.25,0.75", func(c Command) any { return c.Simulation.Mix }, simulation.Mix{Zones: []float64{0.25, 0.75}, ByZone: true}},
		{"which are one place until they have a delay", "-zones=0.25,0.75", func(c Command) any { return c.Simulation.Parameters.Delays },
			[][]time.Duration{{0, 0}, {0, 0}}},
		{"the same for all pairs", "-zones=0.25,0.75 -zone-delay=1ms", func(c Command) any { return c.Simulation.Parameters.Delays },
			[][]time.Duration{{0, ms}, {ms, 0}}},
		{"or not", "-zones=0.25,0.75 -zone-delay=0s,1ms/2ms,0s", func(c Command) any { return c.Simulation.Parameters.Delays },
			[][]time.Duration{{0, ms}, {2 * ms, 0}}},
		{"load counts the work of all priorities", "-load=0.5 -priorities=0.5,0.5 -priority-work=10ms/30ms", func(c Command) any { return c.Simulation.Rate }, 250.0},
		{"those who wait may go in another order", "-discipline=lifo -queue=5", func(c Command) any { return c.Simulation.Discipline }, "lifo"},
		{"also where a limit lets few out", "-discipline=edf -limit=aimd -deadline=1s", func(c Command) any { return c.Simulation.Discipline }, "edf"},
		{"who has waited too long follows from the work", "-discipline=codel -strategy=pull -work=20ms",
			func(c Command) any { return c.Simulation.CoDel }, balancer.CoDel{Target: 10 * time.Millisecond, Interval: 200 * time.Millisecond}},
		{"unless it is said", "-discipline=codel -strategy=pull -codel=interval=1s", func(c Command) any { return c.Simulation.CoDel },
			balancer.CoDel{Target: 5 * time.Millisecond, Interval: time.Second}},
		{"or the defaults are", "-discipline=codel -strategy=pull -codel=on", func(c Command) any { return c.Simulation.CoDel },
			balancer.CoDel{Target: 5 * time.Millisecond, Interval: 100 * time.Millisecond}},
		{"without codel none waits too long", "-discipline=lifo -strategy=pull", func(c Command) any { return c.Simulation.CoDel }, balancer.CoDel{}},
		{"a limit has defaults", "-limit=gradient:queue=2", func(c Command) any { return featureText(&c.Simulation.Features[0]) },
			"gradient:start=20,min=1,max=1000,tolerance=1.5,queue=2,smoothing=0.2"},
		{"and another one others", "-limit=aimd", func(c Command) any { return featureText(&c.Simulation.Features[0]) },
			"aimd:start=20,min=1,max=1000,backoff=0.9,timeout=5s"},
		{"the title tells of classes", "-priorities=0.4,0.6 -priority-work=1ms/exponential:3ms -discipline=priority -queue=5 -requests=9", func(c Command) any { return c.Title },
			"10 workers, 100 requesters, 9 requests, load 0.8, priorities 0.4,0.6, priority work constant:1ms/exponential:3ms, discipline priority, seed 1"},
		{"gaps say the rate", "-arrivals=gaps:uniform:10ms,30ms", func(c Command) any { return []any{c.Simulation.Rate, c.Simulation.Gap.Mean()} },
			[]any{50.0, 20 * ms}},
		{"and the requests of a time", "-arrivals=gaps:20ms -duration=10s", func(c Command) any { return c.Simulation.Requests }, 500},
		{"a load rescales them", "-arrivals=gaps:uniform:10ms,30ms -load=0.5 -work=100ms",
			func(c Command) any {
				return []any{c.Simulation.Rate, c.Simulation.Gap.Mean(), c.Simulation.Gap.Lengths()}
			},
			[]any{50.0, 20 * ms, []time.Duration{10 * ms, 30 * ms}}},
		{"so does a rate", "-arrivals=gaps:uniform:10ms,30ms -rate=100",
			func(c Command) any {
				return []any{c.Simulation.Rate, c.Simulation.Gap.Mean(), c.Simulation.Gap.Lengths()}
			},
			[]any{100.0, 10 * ms, []time.Duration{5 * ms, 15 * ms}}},
		{"the title tells of gaps, and what load they come to", "-arrivals=gaps:exponential:2ms -requests=9", func(c Command) any { return c.Title },
			"10 workers, 100 requesters, 9 requests, gaps exponential:2ms, load 0.5, exponential work of 10 ms, seed 1"},
		{"there is one balancer", "", func(c Command) any { return c.Simulation.Balancers }, 1},
		{"or there are several", "-balancers=3", func(c Command) any { return c.Simulation.Balancers }, 3},
		{"several balancers cannot have one queue", "-strategy=all -balancers=3", func(c Command) any { return slices.Contains(c.Simulation.Strategies, "pull") }, false},
		{"which is said", "-strategy=all -balancers=3", func(c Command) any { return c.Notes[0] },
			"--strategy=all leaves out pull, bounded-pull: one queue has one owner, and there are 3 balancers"},
		{"one can", "-strategy=pull", func(c Command) any { return c.Notes }, []string(nil)},
		{"who gets nothing is said", "-strategy=subset -subset-size=3", func(c Command) any { return c.Notes },
			[]string{"subset: at least 7 of 10 workers get nothing: 1 subset of --subset-size=3"}},
		{"of shards too", "-strategy=shuffle-shard -workers=1000 -requesters=3", func(c Command) any { return c.Notes },
			[]string{"shuffle-shard: at least 994 of 1000 workers get nothing: 3 requesters of --shard-size=2"}},
		{"with enough balancers everybody gets something", "-strategy=subset -subset-size=3 -balancers=4", func(c Command) any { return c.Notes }, []string(nil)},
		{"counts are fresh", "", func(c Command) any { return c.Simulation.Stale + c.Simulation.Refresh }, time.Duration(0)},
		{"or old", "-stale=5ms", func(c Command) any { return c.Simulation.Stale }, 5 * ms},
		{"or taken now and then", "-stale=none -refresh=1s", func(c Command) any { return c.Simulation.Refresh }, time.Second},
		{"it is enough that one of them reads counts", "-strategy=random,power-of-two -stale=1s", func(c Command) any { return c.Simulation.Stale }, time.Second},
		{"a warm-up in percent", "-warmup=25%", func(c Command) any { return c.Simulation.Warmup }, 0.25},
		{"a warm-up as a number", "-warmup=0", func(c Command) any { return c.Simulation.Warmup }, 0.0},
		{"a warm-up of a length", "-warmup=5s", func(c Command) any { return warmupOf(c) }, warmup{0, 5 * time.Second, false}},
		{"a warm-up of no length", "-warmup=0s", func(c Command) any { return warmupOf(c) }, warmup{}},
		{"a warm-up to be found out", "-warmup=mser", func(c Command) any { return warmupOf(c) }, warmup{0, 0, true}},
		{"the plan finds it out", "-warmup=mser", func(c Command) any { return c.Plan.Pilots() }, 1},
		{"and not where it is known", "-warmup=5s", func(c Command) any { return c.Plan.Pilots() }, 0},
		{"no plots", "-plots=", func(c Command) any { return c.Plots }, ""},
		{"no plots, as other flags say it", "-plots=none", func(c Command) any { return c.Plots }, ""},
		{"plots in a directory of that name", "-plots=./none", func(c Command) any { return c.Plots }, "./none"},
		{"a log is kept if it is written", "-requests-log=x.csv", func(c Command) any { return c.Simulation.Log }, true},
		{"a rate has no load in the title", "-rate=5 -work=1s -seed=7", func(c Command) any { return c.Title },
			"10 workers, 100 requesters, 100,000 requests, 5 per second, constant work of 1 s, seed 7"},
		{"the title tells of several balancers and of what they know", "-balancers=2 -stale=1s", func(c Command) any { return c.Title },
			"10 workers, 2 balancers, 100 requesters, 100,000 requests, load 0.8, exponential work of 10 ms, stale 1 s, seed 1"},
		{"the usual title", "", func(c Command) any { return c.Title },
			"10 workers, 100 requesters, 100,000 requests, load 0.8, exponential work of 10 ms, seed 1"},
	} {
		t.Run(row.says, func(t *testing.T) {
			assert.Equal(t, row.want, row.got(parsed(t, row.args)))
		})
	}
}

func TestWorkIsReadAsItIsMeant(t *testing.T) {
	for given, canonical := range map[string]string{
		"10ms":                                "constant:10ms",
		"constant:0.5s":                       "constant:500ms",
		"exponential:60m":                     "exponential:1h",
		"uniform:0s,90s":                      "uniform:0s,1m30s",
		"lognormal:10ms,cv=2.0":               "lognormal:10ms,cv=2",
		"pareto:10ms,max=10000ms,alpha=1.5e0": "pareto:10ms,alpha=1.5,max=10s",
		"bimodal:9ms,110ms,p=.01":             "bimodal:9ms,110ms,p=0.01",
	} {
		d, err := distributions(0).Parse(given)
		require.NoError(t, err)
		assert.Equal(t, canonical, d.String())
	}
}

func TestTheReportTellsEveryFlagThatShapesTheRun(t *testing.T) {
	for name, args := range map[string]string{
		"defaults":  "",
		"balancers": "-strategy=all -balancers=3 -refresh=500ms",
		"closed":    "-arrivals=closed -think=exponential:50ms -workers=4 -requests=1000",
		"classes":   "-priorities=0.2,0.3,0.5 -priority-work=exponential:5ms/10ms/30ms -zones=0.5,0.25,0.25 -zone-delay=500us -discipline=priority -ageing=2s -queue=5",
		"limited":   "-discipline=codel -codel=target=1ms -limit=aimd:timeout=500ms",
		"everything": "-strategy=all -rate=500 -duration=20s -clock=wall -seed=18446744073709551615 -arrivals=constant " +
			"-work=pareto:10ms,alpha=1.5,max=10s -jitter=0.1 -speeds=8x1,2x0.25 -concurrency=2 -queue=0 -tie=first -choices=3 " +
			"-backlog=10 -when-full=reject -timeout=50ms -deadline=1s -propagate-deadline=false -retries=2 -backoff=constant:5ms " +
			"-hedge=p95 -retry-budget=0.2 " +
			"-fault=slow:factor=3 -fault=flaky:p=0.1,worker=7% -grace=0s -warmup=20%",
		"health": "-strategy=weighted-random -fault=flaky:p=0.1 -outlier=share=20% -breaker=on -panic=30% -slow-start=5s",
	} {
		t.Run(name, func(t *testing.T) {
			var text strings.Builder
			for _, s := range parsed(t, args).Settings {
				value, err := json.Marshal(s.Value)
				require.NoError(t, err)
				text.WriteString(s.Name + ": " + string(value) + "\n")
			}
			golden.Check(t, "settings-"+name+".txt", text.String())
		})
	}
}

// checkList compares what is printed where there is no terminal with a file, and holds that it fits terminals.
func checkList(t *testing.T, file string, list Answer) {
	t.Helper()
	golden.Check(t, file, list.Wrapped(100))
	for _, columns := range []int{80, 100, 120} {
		for line := range strings.Lines(list.Wrapped(columns)) {
			assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), columns, line)
		}
		assert.Equal(t, strings.Fields(string(list)), strings.Fields(list.Wrapped(columns)), "every word is whole")
	}
}

func TestHelp(t *testing.T) {
	for _, args := range []string{"--help", "-h", "-help", "--load=1 --help --no-such-flag"} {
		_, err := Parse(words(args))
		var answer Answer
		require.ErrorAs(t, err, &answer)
		checkList(t, "help.txt", answer)
	}
}

func TestTheStrategiesAreListedGroupByGroup(t *testing.T) {
	_, err := Parse(words("-strategies"))
	var answer Answer
	require.ErrorAs(t, err, &answer)
	checkList(t, "strategies.txt", answer)
	for _, name := range strategy.Names() {
		assert.Contains(t, string(answer), "\n  "+name+" ")
	}
}

func TestTheKindsOfFaultsAreListedWithTheirKeys(t *testing.T) {
	_, err := Parse(words("-faults"))
	var answer Answer
	require.ErrorAs(t, err, &answer)
	checkList(t, "faults.txt", answer)
	for _, k := range worker.FaultKinds() {
		assert.Contains(t, "\n"+string(answer), "\n"+k.Name+": ")
		_, err := parseFault(k.Example)
		assert.NoError(t, err)
	}
}

func TestVersion(t *testing.T) {
	_, err := Parse(words("-version"))
	assert.Equal(t, Answer("waza "+Version+"\n"), err)
}

func TestEveryFlagIsInTheHelp(t *testing.T) {
	f := declareFlags(newKnown())
	text := f.helpText()
	for _, s := range f.settings() {
		assert.Contains(t, text, "--"+s.Name)
	}
}
