package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/strategy"
)

// A pair is two command lines that differ in one flag. What a look at them sees must differ, too.
type pair struct {
	says     string
	one, two string
	look     func(t *testing.T, args string) string
}

// pairs has an entry for each flag. Flags about what happens are looked at in the figures: the JSON without
// the lines that only repeat the flags.
var pairs = map[string]pair{
	"strategy":   {"random is worse than least-loaded", "-strategy=random", "-strategy=least-loaded", figuresWithoutNames},
	"scenario":   {"a set of flags is another run", "", "-scenario=waza", figures},
	"workers":    {"more workers wait less", "-workers=10", "-workers=11", figures},
	"requesters": {"others draw other arrivals", "-requesters=10", "-requesters=11", figures},
	"balancers":  {"two that know half each are worse than one", "-balancers=1", "-balancers=2", figures},
	"requests":   {"one request more", "-requests=1000", "-requests=1001", figures},
	"duration":   {"longer is more requests", "-duration=1s", "-duration=2s", figures},
	"clock":      {"on the wall nothing is to the nanosecond", "-requests=20", "-requests=20 -clock=wall", figures},
	"seed":       {"another seed is another run", "-seed=1", "-seed=2", figures},

	"load":     {"more load is more waiting", "-load=0.8", "-load=0.81", figures},
	"rate":     {"a higher rate, too", "-rate=800", "-rate=810", figures},
	"arrivals": {"constant arrivals wait less", "-arrivals=poisson", "-arrivals=constant", figures},
	"think":    {"who thinks longer asks later", "-arrivals=closed -think=10ms", "-arrivals=closed -think=20ms", figures},
	"work":     {"constant work waits less", "-work=10ms", "-work=exponential:10ms", figures},
	"jitter":   {"noise changes service times", "-jitter=0", "-jitter=0.1", figures},

	"trace":              {"a trace is another workload", "", "-trace=" + ours, figures},
	"trace-arrival":      {"another column, other arrivals", "-trace=TWO", "-trace=TWO -trace-arrival=also", figures},
	"trace-arrival-unit": {"another unit, other arrivals", "-trace=TWO", "-trace=TWO -trace-arrival-unit=10ms", figures},
	"trace-sort":         {"rows in any order", "-trace=TWO -trace-arrival=back", "-trace=TWO -trace-arrival=back -trace-sort", status},
	"trace-work":         {"another column, other work", "-trace=TWO", "-trace=TWO -trace-work=more", figures},
	"trace-work-unit":    {"another unit, other work", "-trace=TWO", "-trace=TWO -trace-work-unit=10ms", figures},

	"keys":          {"other keys, other workers", heeding + "-keys=uniform:1000", heeding + "-keys=zipf:1.1,1000", figures},
	"priorities":    {"the report tells them apart", "", "-priorities=0.5,0.5", figures},
	"priority-work": {"more work waits more", "-priorities=0.5,0.5", "-priorities=0.5,0.5 -priority-work=1ms/exponential:20ms", figures},
	"zones":         {"the report tells them apart", "", "-zones=0.5,0.3,0.2", figures},
	"zone-delay":    {"the network takes time", "-zones=0.5,0.5", "-zones=0.5,0.5 -zone-delay=1ms", figures},

	"upload":          {"a body holds a worker", "-load=0.4", "-load=0.4 -upload=10kB", figures},
	"bandwidth":       {"the slower it comes the longer", "-load=0.4 -upload=10kB", "-load=0.4 -upload=10kB -bandwidth=500kB/s", figures},
	"slow-requesters": {"of more requesters it holds more", "-load=0.4 -upload=10kB", "-load=0.4 -upload=10kB -slow-requesters=20%", figures},
	"buffer-uploads":  {"unless the balancer takes it first", "-load=0.4 -upload=10kB", "-load=0.4 -upload=10kB -buffer-uploads", figures},

	"weights":     {"who weighs more gets more", heeding, heeding + "-weights=5x1,5x3", figures},
	"speeds":      {"faster workers serve sooner", "-speeds=1 -rate=500", "-speeds=2 -rate=500", figures},
	"concurrency": {"two at a time wait less", "-rate=500", "-rate=500 -concurrency=2", figures},
	"queue":       {"most-loaded fills one queue before the next", "-strategy=most-loaded -queue=1", "-strategy=most-loaded -queue=5", figures},

	"min-workers":    {"fewer stay, and more wait", "-load=0.4 -idle-timeout=5ms -min-workers=5", "-load=0.4 -idle-timeout=5ms -min-workers=2", figures},
	"max-workers":    {"with more there is enough for all", "-load=1.2 -max-workers=11", "-load=1.2 -max-workers=20", figures},
	"scale-interval": {"who looks later starts later", "-load=1.2 -max-workers=20 -scale-interval=100ms", "-load=1.2 -max-workers=20 -scale-interval=1s", figures},
	"start-delay":    {"who starts later is there later", "-load=1.2 -max-workers=20", "-load=1.2 -max-workers=20 -start-delay=1s", figures},
	"idle-timeout":   {"who waits longer stays longer", "-load=0.4 -min-workers=2 -idle-timeout=5ms", "-load=0.4 -min-workers=2 -idle-timeout=20ms", figures},

	"linger":            {"who has nothing to do leaves", "-load=1.2 -max-workers=20 -idle-timeout=1s", "-load=1.2 -max-workers=20 -idle-timeout=1s -linger=2s", figures},
	"proxies":           {"what they take is waited for", "", "-proxies=2", figures},
	"proxy-strategy":    {"one that counts is better than chance", proxied + "-proxy-strategy=random", proxied + "-proxy-strategy=least-loaded", figures},
	"proxy-weights":     {"who weighs more gets more", proxied + "-proxy-strategy=weighted-random", proxied + "-proxy-strategy=weighted-random -proxy-weights=1,3", figures},
	"proxy-concurrency": {"with more places fewer wait", proxied + "-proxy-concurrency=1", proxied + "-proxy-concurrency=3", figures},
	"proxy-queue":       {"who has no room waits in front", proxied + "-proxy-strategy=random -proxy-concurrency=1 -proxy-queue=0", proxied + "-proxy-strategy=random -proxy-concurrency=1 -proxy-queue=5", figures},
	"proxy-work":        {"what takes longer is waited for longer", proxied + "-proxy-work=1ms", proxied + "-proxy-work=2ms", figures},
	"proxy-waits":       {"who waits holds a place", proxied, proxied + "-proxy-waits", figures},

	"tie":                {"the lowest id gets the most", "-tie=round-robin", "-tie=first", figures},
	"choices":            {"three choices are better than two", "-strategy=power-of-two", "-strategy=power-of-two -choices=3", figures},
	"backlog":            {"more room, fewer rejections", full + "-when-full=reject -backlog=1", full + "-when-full=reject -backlog=9", figures},
	"queues":             {"ten queues of one place are others than one of ten", "-load=1.2 -strategy=pull -priorities=cycle:10 -queues=1x10", "-load=1.2 -strategy=pull -priorities=cycle:10 -queues=10x1", figures},
	"discipline":         {"whoever came last goes first", full + "-backlog=50", full + "-backlog=50 -discipline=lifo", figures},
	"ageing":             {"who has waited goes before the important", full + aged + "none", full + aged + "10ms", figures},
	"codel":              {"who may wait longer is rejected less", full + "-discipline=codel", full + "-discipline=codel -codel=target=50ms", figures},
	"limit":              {"fewer are out at once", "-load=1.5", "-load=1.5 -limit=aimd:timeout=50ms", figures},
	"resize":             {"with fewer workers all wait more", "-load=0.5", "-load=0.5 -resize=7@50ms", figures},
	"stuck":              {"whoever stands still is passed by", stalled, stalled + "-stuck=50ms", figures},
	"regulator":          {"a bucket of few tokens lets fewer through", "", "-regulator=rate:700/s,burst=5", figures},
	"when-full":          {"who blocks does not reject", full + "-backlog=1", full + "-backlog=1 -when-full=reject", figures},
	"stale":              {"who sees old counts herds", "", "-stale=1s", figures},
	"refresh":            {"and so does who looks now and then", "-refresh=100ms", "-refresh=1s", figures},
	"timeout":            {"the impatient time out", "", "-timeout=20ms", figures},
	"deadline":           {"and retries end at the deadline", "-timeout=10ms -retries=5", "-timeout=10ms -retries=5 -deadline=30ms", figures},
	"propagate-deadline": {"unless told, workers finish for nobody", "-timeout=20ms", "-timeout=20ms -propagate-deadline=false", figures},
	"retries":            {"who tries again succeeds more often", "-timeout=20ms", "-timeout=20ms -retries=1", figures},
	"backoff":            {"later tries meet other queues", "-timeout=20ms -retries=1", "-timeout=20ms -retries=1 -backoff=none", figures},
	"hedge":              {"who tries twice at once keeps workers busier", "", "-hedge=20ms", figures},
	"retry-budget":       {"who may not try again times out", "-timeout=20ms -retries=3", "-timeout=20ms -retries=3 -retry-budget=0.01", figures},
	"min-retries-per-second": {"unless a few more are allowed", "-timeout=20ms -retries=3 -retry-budget=0.01 -min-retries-per-second=0",
		"-timeout=20ms -retries=3 -retry-budget=0.01 -min-retries-per-second=20", figures},
	"fault":             {"what is flaky fails", "", "-fault=flaky:p=0.1", figures},
	"claim":             {"what a dead worker held is served by others", dead, dead + "-claim=300ms", figures},
	"message-retry":     {"what is tried again succeeds, later", "-fault=flaky:p=0.1", "-fault=flaky:p=0.1 -message-retry=5ms", figures},
	"announcement-loss": {"until a sweep nobody hears of it", dead + "-claim=300ms", dead + "-claim=300ms -announcement-loss=1", figures},
	"heartbeat":         {"until it is silent for three of them it goes on being sent to", dead + "-heartbeat=100ms", dead + "-heartbeat=300ms", figures},
	"grace":             {"who waits sees work of 3 s finish", "-grace=0s", "-grace=10s", interrupted},
	"warmup":            {"the warm-up is not measured", "-warmup=10%", "-warmup=1s", figures},

	"find":             {"a search is several runs", "-slo=p99:100ms -replications=1", "-slo=p99:100ms -replications=1 -find=workers", figures},
	"slo":              {"a run that misses it fails", "", "-slo=mean:1ms", status},
	"sweep":            {"several loads are several runs", "", "-sweep=load=0.5,0.6", figures},
	"replications":     {"two seeds are not one", "", "-replications=2", figures},
	"until":            {"an interval that is to be narrower takes more seeds", "-until=mean:50% -requests=300", "-until=mean:4% -requests=300", figures},
	"max-replications": {"twelve seeds do not get there", "-until=mean:1% -requests=300 -max-replications=10", "-until=mean:1% -requests=300 -max-replications=12", figures},
	"select":           {"a race has ten seeds of each", "-strategy=random,pull -requests=300", "-strategy=random,pull -requests=300 -select=mean:50%", figures},
	"verify":           {"theory is asked", "-requests=100", "-verify -requests=100", status},
	"stories":          {"what was published is asked", "-requests=100", "-stories -requests=100", status},
	"baseline":         {"others are compared with another", compared, compared + "-baseline=pull", figures},

	"beta":            {"to choose more often is better", heeding + "-beta=0.2", heeding + "-beta=0.9", figures},
	"bound":           {"who may be given more is sent more at once", heeding + "-bound=1", heeding + "-bound=5", figures},
	"ewma-decay":      {"a short memory knows other costs", heeding + "-ewma-decay=1ms", heeding + "-ewma-decay=10s", figures},
	"failure-penalty": {"a failure that costs nothing attracts", heeding + failing + "-failure-penalty=1ns", heeding + failing + "-failure-penalty=5s", figures},
	"latency-alpha":   {"the newest alone is another signal", heeding + "-latency-alpha=0.01", heeding + "-latency-alpha=1", figures},
	"shard-size":      {"a larger shard has more room", heeding + "-shard-size=2", heeding + "-shard-size=4", figures},
	"subset-size":     {"a larger subset, too", heeding + "-subset-size=5", heeding + "-subset-size=8", figures},
	"ring-points":     {"another ring", heeding + "-ring-points=160", heeding + "-ring-points=7", figures},
	"hash-balance":    {"less may differ", heeding + "-hash-balance=1.05", heeding + "-hash-balance=3", figures},
	"table-size":      {"another table", heeding + "-table-size=65537", heeding + "-table-size=101", figures},
	"spill":           {"who spills later keeps to its zone", heeding + "-zones=0.7,0.3 -spill=1", heeding + "-zones=0.7,0.3 -spill=50", figures},
	"probes":          {"who asks more knows more", heeding + "-probes=1", heeding + "-probes=5", figures},
	"probe-pool":      {"who remembers less knows less", heeding + "-probe-pool=2", heeding + "-probe-pool=16", figures},
	"probe-age":       {"and so does who forgets at once", heeding + "-probe-age=2ms", heeding + "-probe-age=1s", figures},
	"hot-quantile":    {"all are hot: only counts matter", heeding + "-hot-quantile=0", heeding + "-hot-quantile=1", figures},
	"probe-delay":     {"answers are older", heeding + "-probe-delay=0s", heeding + "-probe-delay=50ms", figures},
	"tiers":           {"more workers for the highest", heeding + "-tiers=2x0,3x1,5x2", heeding + "-tiers=6x0,2x1,2x2", figures},

	"health":     {"who is down gets nothing", dying, dying + "-health=interval=100ms", figures},
	"outlier":    {"who fails is ejected", failing, failing + "-outlier=on", figures},
	"breaker":    {"or passed by", failing, failing + "-breaker=on", figures},
	"panic":      {"unless too many are", "-fault=flaky:p=1,worker=0-5 -breaker=on -panic=0%", "-fault=flaky:p=1,worker=0-5 -breaker=on", figures},
	"slow-start": {"who is back has less to do at first", heeding + failing + "-breaker=reset=200ms", heeding + failing + "-breaker=reset=200ms -slow-start=1s", figures},

	"part":  {"one half is not the other", "-strategy=random,pull -part=1/2", "-strategy=random,pull -part=2/2", pieces},
	"merge": {"what was played with other seeds is another whole", "-merge=seed1", "-merge=seed2", merged},

	"format":       {"JSON is not a table", "-format=text", "-format=json", stdout},
	"plots":        {"no directory, no plots", "", "-plots=", files},
	"plot-format":  {"SVG is not PNG", "-plot-format=png", "-plot-format=svg", files},
	"requests-log": {"there is a file more", "", "-requests-log=log.csv", files},
	"events":       {"there is something to read", "-requests=10", "-requests=10 -events", stderr},
	"quiet":        {"there is nothing", "-quiet=false", "-quiet", stderr},

	"strategies": {"a list and no run", "", "-strategies", stdout},
	"scenarios":  {"another list, and no run", "", "-scenarios", stdout},
	"faults":     {"another list, and no run", "", "-faults", stdout},
	"version":    {"a version and no run", "", "-version", stdout},
	"help":       {"help and no run", "", "-help", stdout},
}

// heeding chooses the strategies that heed the flag, whichever these are.
const heeding = "-strategy=HEEDING "

// compared are two strategies with two seeds each.
const compared = "-strategy=random,pull -replications=2 "

// failing is a worker that fails at once or nearly so: what it does is wrong, and fast.
const failing = "-fault=flaky:p=1,worker=3 -fault=slow:factor=0.1,worker=3 "

// aged is a run in which the most important go first, but for those that have waited for so long.
const aged = "-priorities=0.5,0.5 -discipline=priority -ageing="

// dead is a worker that dies, of which requesters hear nothing.
const dead = "-fault=crash:worker=3,at=500ms,notify=none "

// dying is a worker that dies, and no balancer hears that by itself.
const dying = "-fault=crash:worker=3,at=500ms -heartbeat=none "

// proxied is a run with proxies.
const proxied = "-strategy=pull -proxies=2 "

// full is a run in which more comes than the workers can do, and they have no queues.
const full = "-load=1.2 -queue=0 "

// stalled is a run in which one worker stands still for long, under a strategy that does not see it.
const stalled = "-strategy=random -load=0.5 -fault=stall:worker=0,at=100ms,for=500ms "

// TestEveryFlagIsGoodForSomething: one that is accepted and ignored cannot have a pair, and one without a pair
// fails here.
func TestEveryFlagIsGoodForSomething(t *testing.T) {
	t.Parallel()
	var known []string
	for _, match := range regexp.MustCompile(`(?m)^  (?:-., )?--([a-z-]+)`).FindAllStringSubmatch(succeeded(t, "-help").stdout, -1) {
		known = append(known, match[1])
	}
	require.Greater(t, len(known), 30, "the help lists the flags")
	for name := range pairs {
		assert.Contains(t, known, name, "this flag is gone: take its pair out of flags_test.go")
	}
	two := filepath.Join(t.TempDir(), "two.csv")
	require.NoError(t, os.WriteFile(two, []byte("arrival_seconds,work_seconds,also,more,back\n0,1,0,2,9\n1,1,3,4,5\n2,2,9,8,1\n"), 0o666))
	for _, name := range known {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, there := pairs[name]
			require.True(t, there, "give --%s a pair in flags_test.go, of runs that differ because of it", name)
			differs := regexp.MustCompile(`(^| )-` + name + `(=| |$)`).MatchString(p.one + " " + p.two)
			require.True(t, differs, "the pair is about another flag")
			skipIfShort(t, "two runs for each flag")
			fill := strings.NewReplacer("TWO", two, "HEEDING", strings.Join(strategy.Heeding(name), ","))
			one, other := p.look(t, fill.Replace(p.one)), p.look(t, fill.Replace(p.two))
			assert.False(t, one == other, "%s: waza %s and waza %s do the same", p.says, p.one, p.two)
		})
	}
}

// figures are all figures of a run of 1200 requests, if the arguments or a trace do not say how many.
func figures(t *testing.T, args string) string {
	if !regexp.MustCompile(`-(requests|trace)=`).MatchString(args) && !strings.Contains(args, "-duration=") {
		args = "-requests=1200 " + args
	}
	var document struct{ Runs json.RawMessage }
	decode(t, succeeded(t, "-format=json -plots= "+args).stdout, &document)
	return string(document.Runs)
}

func figuresWithoutNames(t *testing.T, args string) string {
	return regexp.MustCompile(`"strategy": "[a-z-]*"`).ReplaceAllString(figures(t, args), "")
}

// interrupted are the verdicts of a run with two requests of 3 s that is interrupted while they are served: long enough for
// a busy machine. Two, because an event is told once a later one comes.
func interrupted(t *testing.T, args string) string {
	c := start(t, "-clock=wall -requests=2 -rate=1000 -work=3s -events -format=json -plots= "+args)
	c.says(t, " begins ", 1)
	e := c.gets(t, 15*time.Second, syscall.SIGINT)
	require.Equal(t, onInterrupt, e.status, e.stderr)
	verdicts, err := json.Marshal(e.document(t).Runs[0].Requests)
	require.NoError(t, err)
	return string(verdicts)
}

// few are arguments that ask for 100 requests, unless they say how many.
func few(args string) string {
	if strings.Contains(args, "-requests=") {
		return args
	}
	return "-requests=100 " + args
}

func stdout(t *testing.T, args string) string {
	// The second line on: the first repeats the command.
	_, rest, _ := strings.Cut(succeeded(t, few("-plots= "+args)).stdout, "\n")
	return rest
}

// status is how the run ended.
func status(t *testing.T, args string) string {
	return strconv.Itoa(waza(t, "-plots= "+args).status)
}

// stderr without the last line, which tells the time that has passed.
func stderr(t *testing.T, args string) string {
	e := succeeded(t, few(args))
	return events(e)
}

// files are the names of those that the run wrote.
func files(t *testing.T, args string) string {
	return strings.Join(succeeded(t, few(args)).files(t), " ")
}
