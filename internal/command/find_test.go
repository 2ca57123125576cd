package command

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestASearchBeginsWhereTheFlagStands(t *testing.T) {
	for _, row := range []struct {
		says, args     string
		from           float64
		whole, largest bool
		at             float64
		settings       string
		value          any
	}{
		{"a default", "-rate=800 -find=workers -slo=p99:50ms", 10, true, false, 12, "workers=12", 12.},
		{"what was given", "-rate=800 -workers=4 -find=workers -slo=p99:50ms", 4, true, false, 8, "workers=8", 8.},
		{"load", "-find=load -slo=p99:50ms", 0.8, false, true, 0.815, "load=0.815", 0.815},
		{"a length", "-timeout=20ms -find=timeout -slo=success:99%", 0.02, false, false, 0.01234, "timeout=12.34ms", 0.01234},
		{"a share", "-breaker=on -fault=flaky:p=0.1 -find=panic -slo=success:99%", 0.5, false, false, 0.25, "panic=25%", 0.25},
		{"no retries", "-timeout=20ms -find=retries -slo=success:99%", 0, true, false, 1, "retries=1", 1.},
		{"a key", "-fault=flaky:p=0.5,worker=3 -find=fault.p -slo=success:99%", 0.5, false, false, 0.25, "fault=flaky:worker=3,p=0.25", 0.25},
		{"of a scenario", "-scenario=one-slow-worker -find=load -slo=p99:50ms", 0.6, false, true, 0.4, "load=0.4", 0.4},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := parsed(t, row.args)
			find := c.Plan.Find
			require.NotNil(t, find)
			assert.InDelta(t, row.from, find.From, 1e-12)
			assert.Equal(t, []bool{row.whole, row.largest}, []bool{find.Whole, find.Largest})
			assert.Equal(t, 5, c.Plan.Replications)
			p, err := find.At(row.at)
			require.NoError(t, err)
			assert.Equal(t, row.settings, p.Settings[0].Flag+"="+p.Settings[0].Text)
			assert.Equal(t, row.value, p.Swept[0].Value)
			_, err = c.With(p.Settings)
			require.NoError(t, err)
		})
	}
	c := parsed(t, "-workers=4 -find=workers -slo=p99:50ms,success:99.9% -replications=7")
	assert.Equal(t, 7, c.Plan.Replications)
	assert.Nil(t, c.setting("workers"), "it has no one value")
	assert.Equal(t, "workers", c.setting("find"))
	assert.Equal(t, "p99:50ms,success:99.9%", c.setting("slo"))
	assert.Len(t, c.Notes, 1, "the load is a share of the workers")
	assert.NotContains(t, c.Single(), "--find=workers")
	_, err := c.Plan.Find.At(0)
	assert.EqualError(t, err, "want a whole number from 1 to 100,000")
}

func TestSearchesAndObjectivesThatAreRefused(t *testing.T) {
	const figures = "want none, or figures and their limits such as p99:50ms,success:99.9%; figures are " +
		"mean, p50, p90, p95, p99, p99.9, max, throughput, goodput, success, waste, utilisation"
	slo := " -slo=p99:50ms"
	for _, r := range []badRow{
		{"no objective", words("-find=load"), "--find=load: want --slo beside it, which says what is to be kept, as in p99:50ms"},
		{"a sweep", words("-find=load -sweep=workers=1,2" + slo), "--find=load: want no --sweep beside it: it chooses the values itself"},
		{"until", words("-find=load -until=p99:5%" + slo), "--find=load: want no --until beside it: each value has --replications seeds"},
		{"select", words("-find=load -strategy=pull,random -select=p99:5%" + slo), "--find=load: want no --select beside it: each strategy has a search of its own"},
		{"a part", words("-find=load -part=1/2 -format=json" + slo), "--find=load: want no --part beside it: what is to be played follows from what was played"},
		{"a warm-up that is found", words("-find=load -warmup=mser" + slo), "--find=load: want a share or a length as --warmup beside it: all values are to have the same"},
		{"events", words("-find=load -replications=1 -events" + slo), "--events=true: want no --find beside it: it tells of one run"},
		{"a log", words("-find=load -replications=1 -requests-log=x" + slo), "--requests-log=x: want no --find beside it: it has the requests of one run"},
		{"an exporter", words("-find=load -format=prometheus" + slo), "--format=prometheus: want text, json or csv beside --find: an exporter tells of one system"},
		{"no such flag", words("-find=lod" + slo), "--find=lod: want a flag that --help lists; did you mean load?"},
		{"a flag of output", words("-find=format" + slo), "--find=format: want a flag that shapes a run, and --format does not"},
		{"words", words("-find=arrivals" + slo), "--find=arrivals: want a number, a length or a share above 0, where the search begins, and --arrivals is poisson, which is no number"},
		{"a word that was given", words("-find=when-full -when-full=reject" + slo),
			"--find=when-full: want a number, a length or a share above 0, where the search begins, and --when-full is reject, which is no number"},
		{"a distribution", words("-find=work -work=exponential:10ms" + slo),
			"--find=work: want a number, a length or a share above 0, where the search begins, and --work is exponential:10ms, which is no number"},
		{"nothing of what can be doubled", words("-find=jitter -jitter=0" + slo),
			"--find=jitter: want a number, a length or a share above 0, where the search begins, and --jitter is 0"},
		{"a key that is no number", words("-fault=slow:worker=0-1,factor=2 -find=fault.worker" + slo),
			"--find=fault.worker: want a number, a length or a share above 0, where the search begins, and --fault.worker is 0-1, which is no number"},
		{"how much is measured", words("-find=requests" + slo), "--find=requests: want a flag of what is measured, and --requests says how it is measured"},
		{"how long it is measured", words("-duration=5s -find=duration" + slo), "--find=duration: want a flag of what is measured, and --duration says how it is measured"},
		{"the warm-up", words("-find=warmup" + slo), "--find=warmup: want a flag of what is measured, and --warmup says how it is measured"},
		{"the seed", words("-find=seed" + slo), "--find=seed: want another flag: --replications plays several seeds"},
		{"the seeds", words("-find=replications" + slo), "--find=replications: want a flag that shapes a run, and --replications does not"},
		{"a length without a beginning", words("-find=timeout" + slo),
			"--find=timeout: want --timeout=… beside it, where the search begins: a number, a length or a share above 0"},
		{"a key without a beginning", words("-fault=crash:worker=1 -find=fault.p" + slo),
			"--find=fault.p: want --fault with p=…, where the search begins: a number, a length or a share above 0"},
		{"the other of load and rate", words("-rate=5 -find=load" + slo), "--find=load: want no --rate beside it"},
		{"a beginning that is wrong by itself", words("-balancers=2 -strategy=pull -find=balancers" + slo), "--balancers=2: want 1 beside pull: one queue has one owner"},
		{"no figure", words("-slo=p98:1ms"), "--slo=p98:1ms: " + figures + "; did you mean p90?"},
		{"nothing", words("-slo="), "--slo=: " + figures},
		{"a latency without a unit", words("-slo=p99:1"), "--slo=p99:1: want behind p99: a duration above 0s and at most 1000h, such as 10ms"},
		{"more than all", words("-slo=success:101%"), "--slo=success:101%: want behind success: a share from 0% to 100%, such as 10% or 0.1"},
		{"no goodput", words("-slo=goodput:0"), "--slo=goodput:0: want behind goodput: a number above 0 and at most 1,000,000,000"},
		{"a figure twice", words("-slo=p99:1ms,p99:2ms"), "--slo=p99:1ms,p99:2ms: want each figure once, and p99 stands there twice"},
	} {
		r.check(t)
	}
}
