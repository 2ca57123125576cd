package command

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// walked are the settings of all points, and the values that are told of them.
func walked(t *testing.T, args string) (settings, told []string) {
	t.Helper()
	for _, p := range parsed(t, args).Plan.Points {
		var at, says []string
		for _, s := range p.Settings {
			at = append(at, s.Flag+"="+s.Text)
		}
		for _, s := range p.Swept {
			says = append(says, fmt.Sprintf("%s %v %T", s.Flag, s.Value, s.Value))
		}
		settings, told = append(settings, strings.Join(at, " ")), append(told, strings.Join(says, ", "))
	}
	return settings, told
}

func TestTheValuesOfASweep(t *testing.T) {
	for _, row := range []struct{ says, args, settings, last string }{
		{"a range is exact", "-sweep=load=0.1:0.4:0.1", "load=0.1;load=0.2;load=0.3;load=0.4", "load 0.4 float64"},
		{"it ends before its end where no step meets that", "-sweep=load=0.1:0.35:0.1", "load=0.1;load=0.2;load=0.3", "load 0.3 float64"},
		{"it may go down", "-sweep=load=0.3:0.1:-0.1", "load=0.3;load=0.2;load=0.1", "load 0.1 float64"},
		{"lengths have their units", "-sweep=timeout=500ms:1s:250ms", "timeout=500ms;timeout=750ms;timeout=1s", "timeout 1 float64"},
		{"percentages, too", "-sweep=panic=10%:30%:10% -breaker=on -fault=flaky:p=0.1", "panic=10%;panic=20%;panic=30%", "panic 0.3 float64"},
		{"a progression", "-sweep=rate=1:1000:x4", "rate=1;rate=10;rate=100;rate=1000", "rate 1000 float64"},
		{"one of lengths", "-sweep=timeout=10ms:1s:x3", "timeout=10ms;timeout=100ms;timeout=1s", "timeout 1 float64"},
		{"with four digits", "-sweep=load=0.1:0.9:x3", "load=0.1;load=0.3;load=0.9", "load 0.9 float64"},
		{"of whole numbers", "-sweep=workers=1:10:x5", "workers=1;workers=2;workers=3;workers=6;workers=10", "workers 10 float64"},
		{"a list of words", "-sweep=arrivals=poisson,constant", "arrivals=poisson;arrivals=constant", "arrivals constant string"},
		{"none is a word", "-sweep=timeout=10ms,none", "timeout=10ms;timeout=none", "timeout none string"},
		{"texts with colons", "-sweep=work=exponential:10ms,constant:10ms", "work=exponential:10ms;work=constant:10ms", "work constant:10ms string"},
		{"a key takes the place of what was given", "-fault=flaky:p=0.5,worker=3 -sweep=fault.p=0.1,0.2",
			"fault=flaky:worker=3,p=0.1;fault=flaky:worker=3,p=0.2", "fault.p 0.2 float64"},
		{"one of several", "-fault=flaky:p=0.5 -fault=slow:factor=2 -sweep=fault[2].factor=3,4",
			"fault=flaky:p=0.5 fault=slow:factor=3;fault=flaky:p=0.5 fault=slow:factor=4", "fault[2].factor 4 float64"},
		{"a key of a flag that was not given", "-fault=flaky:p=0.5 -sweep=outlier.failures=2,3", "outlier=failures=2;outlier=failures=3", "outlier.failures 3 float64"},
		{"a grid", "-sweep=load=0.1,0.2 -sweep=timeout=1s,2s", "load=0.1 timeout=1s;load=0.1 timeout=2s;load=0.2 timeout=1s;load=0.2 timeout=2s",
			"load 0.2 float64, timeout 2 float64"},
		{"the value that stands without a key", "-regulator=rate:600/s,burst=5 -sweep=regulator.rate=500/s,700/s",
			"regulator=rate:burst=5,rate=500/s;regulator=rate:burst=5,rate=700/s", "regulator.rate 700/s string"},
		{"two keys of one fault", "-fault=flaky:p=0.5 -sweep=fault.p=0.1,0.2 -sweep=fault.at=1s", "fault=flaky:p=0.1,at=1s;fault=flaky:p=0.2,at=1s",
			"fault.p 0.2 float64, fault.at 1 float64"},
		{"beside a scenario", "-scenario=one-slow-worker -sweep=rate=100,200", "rate=100;rate=200", "rate 200 float64"},
	} {
		t.Run(row.says, func(t *testing.T) {
			settings, told := walked(t, row.args)
			assert.Equal(t, row.settings, strings.Join(settings, ";"))
			assert.Equal(t, row.last, told[len(told)-1])
		})
	}
}

// Values of a progression that rounding makes equal are one, which a remark says; none lies beyond the ends.
func TestValuesThatMerge(t *testing.T) {
	for _, row := range []struct{ says, args, settings, note string }{
		{"whole numbers", "-sweep=workers=1:4:x9", "workers=1;workers=2;workers=3;workers=4",
			"--sweep=workers=1:4:x9: 5 of the values are equal to others once rounded, so that there are 4"},
		{"down", "-sweep=workers=4:1:x9", "workers=4;workers=3;workers=2;workers=1",
			"--sweep=workers=4:1:x9: 5 of the values are equal to others once rounded, so that there are 4"},
		{"ends of more digits than are rounded to", "-sweep=load=0.12341:0.12349:x5", "load=0.12341;load=0.12349",
			"--sweep=load=0.12341:0.12349:x5: 3 of the values are equal to others once rounded, so that there are 2"},
		{"none", "-sweep=rate=1:1000:x4", "rate=1;rate=10;rate=100;rate=1000", ""},
	} {
		t.Run(row.says, func(t *testing.T) {
			settings, _ := walked(t, row.args)
			assert.Equal(t, row.settings, strings.Join(settings, ";"))
			notes := strings.Join(parsed(t, row.args).Notes, "\n")
			if row.note == "" {
				assert.NotContains(t, notes, "--sweep")
			} else {
				assert.Contains(t, notes, row.note)
			}
		})
	}
}

func TestAPointIsACommandOfItsOwn(t *testing.T) {
	c := parsed(t, "-strategy=all -sweep=balancers=1,2 -requests=100")
	assert.Contains(t, c.Plan.Points[0].Strategies, "pull")
	assert.NotContains(t, c.Plan.Points[1].Strategies, "pull", "one queue has one owner")
	at, err := c.With(c.Plan.Points[1].Settings)
	require.NoError(t, err)
	assert.Equal(t, []int{1, 2}, []int{c.Simulation.Balancers, at.Balancers})
	assert.Nil(t, c.setting("balancers"), "it is not the same in all")
	assert.Equal(t, "balancers=1,2", c.setting("sweep"))

	scenic := parsed(t, "-scenario=one-slow-worker -sweep=load=0.2,0.3")
	again, err := Parse(scenic.Whole[1:])
	require.NoError(t, err, "what is shown can be typed")
	assert.Equal(t, scenic.Settings, again.Settings)
}

func TestSweepsThatAreRefused(t *testing.T) {
	for _, r := range []badRow{
		{"no values", words("-sweep=load"), "--sweep=load: want FLAG=from:to:step, FLAG=from:to:xN or FLAG=a,b,c"},
		{"a value that the flag does not take", words("-sweep=load=1,3"), "--sweep=load=1,3: at load=3 want a number above 0 and at most 2"},
		{"one that does not go with another flag", words("-sweep=balancers=1,2 -strategy=pull"),
			"--sweep=balancers=1,2: at balancers=2 want 1 beside pull: one queue has one owner"},
		{"what is wrong without it, too", words("-sweep=load=0.1,0.2 -zone-delay=1ms"), mustFail("-zone-delay=1ms")},
		{"a step of 0", words("-sweep=load=0.1:0.9:0"), "--sweep=load=0.1:0.9:0: want a step other than 0"},
		{"an empty range", words("-sweep=load=0.9:0.1:0.1"), "--sweep=load=0.9:0.1:0.1: want a step that leads from 0.9 to 0.1: the range is empty"},
		{"no step", words("-sweep=load=0.1:0.9"), "--sweep=load=0.1:0.9: want from:to:step, or from:to:xN for N values in geometric progression"},
		{"ends of two kinds", words("-sweep=timeout=1s:2:1s"), "--sweep=timeout=1s:2:1s: want numbers, lengths or percentages from and to, both of one kind, not 1s and 2"},
		{"a progression from 0", words("-sweep=queue=0:9:x3"), "--sweep=queue=0:9:x3: want ends above 0: between others there is no geometric progression"},
		{"too many values", words("-sweep=rate=1:2:0.000001"), "--sweep=rate=1:2:0.000001: want at most 100,000 values"},
		{"too many runs", words("-sweep=rate=1:1001:1 -replications=100"),
			"--sweep=rate=1:1001:1: want at most 100,000 runs, of all values, strategies and replications"},
		{"too many runs without a sweep", words("-strategy=all -replications=10000"), "--replications=10000: want at most 100,000 runs, of all strategies and replications"},
		{"a value twice", words("-sweep=load=0.5,0.50"), "--sweep=load=0.5,0.50: want each value once, and 0.50 stands there twice"},
		{"the flag beside it", words("-load=0.5 -sweep=load=0.1,0.2"), "--sweep=load=0.1,0.2: want no --load beside it: the sweep says its values"},
		{"its alternative beside it", words("-rate=5 -sweep=load=0.1,0.2"), "--sweep=load=0.1,0.2: want no --rate beside it"},
		{"one flag twice", words("-sweep=load=0.1 -sweep=load=0.2"), "--sweep=load=0.2: want another flag: the first sweep is of --load, too"},
		{"three sweeps", words("-sweep=load=0.1 -sweep=queue=1 -sweep=workers=2"), "--sweep=workers=2: want at most two sweeps, and --sweep=queue=1 is the second"},
		{"no such flag", words("-sweep=lod=0.1"), "--sweep=lod=0.1: want a flag that --help lists; did you mean load?"},
		{"a flag of output", words("-sweep=format=json"), "--sweep=format=json: want a flag that shapes a run, and --format does not"},
		{"one of the plan", words("-sweep=replications=2,3"), "--sweep=replications=2,3: want a flag that shapes a run, and --replications does not"},
		{"strategies", words("-sweep=strategy=pull,random"), "--sweep=strategy=pull,random: want another flag: all strategies are played at each value"},
		{"a whole fault", words("-sweep=fault=slow,flaky"), "--sweep=fault=slow,flaky: want a key of --fault, as in fault.KEY"},
		{"a key of no fault", words("-sweep=fault.p=0.1"), "--sweep=fault.p=0.1: want --fault beside it, of which it sweeps a key"},
		{"a key of one of several", words("-fault=flaky:p=0.1 -fault=drop:p=0.1 -sweep=fault.p=0.1"),
			"--sweep=fault.p=0.1: want fault[1].p to fault[2].p: there are 2 of them"},
		{"a fault that is not there", words("-fault=flaky:p=0.1 -sweep=fault[2].p=0.1"), "--sweep=fault[2].p=0.1: want a number from 1 to 1: there are so many of --fault"},
		{"events", words("-events -sweep=load=0.1,0.2"), "--events=true: want no --sweep beside it: it tells of one run"},
		{"a log", words("-requests-log=x -sweep=load=0.1,0.2"), "--requests-log=x: want no --sweep beside it: it has the requests of one run"},
		{"an exporter", words("-format=prometheus -sweep=load=0.1,0.2"), "--format=prometheus: want text, json or csv beside --sweep: an exporter tells of one system"},
	} {
		r.check(t)
	}
}

// mustFail is the error of a command.
func mustFail(args string) string {
	_, err := Parse(words(args))
	return fmt.Sprint(err)
}
