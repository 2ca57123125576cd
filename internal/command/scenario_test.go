package command

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/internal/scenario"
)

// setting is the value of a flag in the configuration that the report shows.
func (c Command) setting(name string) any {
	for _, s := range c.Settings {
		if s.Name == name {
			return s.Value
		}
	}
	return "no such flag"
}

func TestAScenarioIsAnswersAsIfItsFlagsWereTyped(t *testing.T) {
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			named, err := Parse([]string{"-scenario=" + s.Name})
			require.NoError(t, err)
			typed, err := Parse(s.Words())
			require.NoError(t, err)
			assert.Equal(t, typed.Settings, named.Settings)
			assert.Equal(t, typed.Notes, named.Notes)
			assert.Equal(t, "waza -scenario="+s.Name, named.Line)
			assert.Equal(t, s.Name, named.Scenario.Name)
			assert.Equal(t, "scenario "+s.Name+", "+typed.Title, named.Title)

			whole, err := Parse(named.Whole[1:])
			require.NoError(t, err, "what is shown can be typed")
			assert.Equal(t, named.Settings, whole.Settings)
			assert.Nil(t, whole.Scenario)
		})
	}
}

func TestWhatStandsBesideAScenarioWins(t *testing.T) {
	for _, row := range []struct {
		says, args, flag string
		want             any
	}{
		{"its own", "-scenario=one-slow-worker", "fault", "slow:worker=3,factor=5"},
		{"a value in the place of its own", "-scenario=waza -requests=77", "requests", 77},
		{"before the name, too", "-requests=77 -scenario=waza", "requests", 77},
		{"a flag that it has not", "-scenario=waza -workers=7", "workers", 7},
		{"a fault in the place of all of its own", "-scenario=one-slow-worker -fault=flaky:p=0.5", "fault", "flaky:worker=all,p=0.5"},
		{"each of several faults", "-scenario=one-slow-worker -fault=flaky:p=0.5 -fault=flaky:p=0.1", "fault", "flaky:worker=all,p=0.5 flaky:worker=all,p=0.1"},
		{"a rate takes the place of its load", "-scenario=one-slow-worker -rate=100", "load", nil},
		{"a load that of its default", "-scenario=baseline -load=0.5", "load", 0.5},
		{"no scenario", "-scenario=none", "workers", 10},
		{"none of its faults", "-scenario=one-slow-worker -fault=none", "fault", nil},
		{"none of its regulators", "-scenario=qpool-cpu -regulator=none", "regulator", nil},
		{"none where there is none", "-resize=none", "resize", nil},
	} {
		t.Run(row.says, func(t *testing.T) {
			c, err := Parse(words(row.args))
			require.NoError(t, err)
			assert.Equal(t, row.want, c.setting(row.flag))
		})
	}
}

func TestWhatMakesAScenarioAnother(t *testing.T) {
	for _, row := range []struct{ says, args, want string }{
		{"nothing", "-scenario=baseline", ""},
		{"a value in the place of its own", "-scenario=stale-signal -stale=100ms", "--stale=100ms"},
		{"none of its faults", "-scenario=one-slow-worker -fault=none", "--fault=none"},
		{"flags that it has not, in order of declaration", "-scenario=baseline -retries=1 -timeout=50ms", "--timeout=50ms --retries=1"},
		{"a load in the place of its rate, also the usual one", "-scenario=slow-uploads -load=0.8", "--load=0.8"},
		{"what it says itself, in other words", "-scenario=stale-signal -stale=1000ms -load=.7", ""},
		{"what it leaves as it is", "-scenario=one-slow-worker -workers=10", ""},
		{"who plays it, how often, and what is shown", "-scenario=baseline -strategy=all -seed=3 -replications=5 -plots= -format=json", ""},
		{"a sweep", "-scenario=baseline -sweep=load=0.5,0.8", "--sweep=load=0.5,0.8"},
		{"a search", "-scenario=baseline -find=workers -slo=p99:60ms", "--find=workers"},
	} {
		t.Run(row.says, func(t *testing.T) {
			c, err := Parse(words(row.args))
			require.NoError(t, err)
			assert.Equal(t, row.want, strings.Join(c.Changed, " "))
		})
	}
}

func TestWhatCannotStandBesideAScenarioIsRefused(t *testing.T) {
	const anyScenario = "want none, or a name that --scenarios lists"
	for _, r := range []badRow{
		{"a name is misspelt", words("--scenario=wazza"), "--scenario=wazza: " + anyScenario + "; did you mean waza?"},
		{"a name is like no other", words("--scenario=qqqqqqqqqq"), "--scenario=qqqqqqqqqq: " + anyScenario},
		{"a name is that of several", words("--scenario=adaptive"),
			"--scenario=adaptive: " + anyScenario + ", such as adaptive-pool, adaptive-pool-burst or adaptive-pool-starved"},
		{"none of its faults, on which another flag of it depends", words("--scenario=streams-zombie --fault=none"),
			"--fault=none: contradicts --scenario=streams-zombie: --claim=2s: want --fault=crash:… or stall:… beside it: without, every worker beats"},
		{"no fault and one", words("--fault=none --fault=flaky:p=0.5"), "--fault=flaky:p=0.5: want none to stand alone, and --fault=none stands there already"},
		{"a fault and none", words("--fault=flaky:p=0.5 --fault=none"), "--fault=none: want none to stand alone, and --fault=flaky:p=0.5 stands there already"},
		{"two of them", words("--scenario=waza --scenario=baseline"), "--scenario=baseline: want it once, and --scenario=waza stands there already"},
		{"a load in a closed loop", words("--scenario=waza --load=0.5 --seed=2"),
			"--load=0.5: contradicts --scenario=waza: want no load with --arrivals=closed: there requests follow from answers"},
		{"what a flag of the scenario does not allow", words("--workers=3 --scenario=one-slow-worker"),
			"--workers=3: contradicts --scenario=one-slow-worker: --fault=slow:worker=3,factor=5: want workers from 0 to 2"},
		{"a flag that no parser takes", words("--scenario=waza --workers=0"), "--workers=0: want a whole number from 1 to 100,000"},
		{"two flags that it does not go with", words("--scenario=waza --load=2 --rate=3"),
			"--load=2: beside --scenario=waza want no load with --arrivals=closed: there requests follow from answers"},
		{"a flag and another that makes it worse", words("--scenario=rolling-restart --workers=3 --speeds=1,2,3"),
			"--fault=crash:worker=3,at=20s,for=2s: beside --scenario=rolling-restart want workers from 0 to 2"},
		{"what contradicts itself without it, too", words("--scenario=one-slow-worker --retries=1 --backoff=none --load=0.5 --rate=5"),
			"--load=0.5: want only one of --load and --rate"},
	} {
		r.check(t)
	}
}

func TestTheListOfScenarios(t *testing.T) {
	_, err := Parse(words("--scenario=waza --scenarios"))
	var answer Answer
	require.ErrorAs(t, err, &answer)
	checkList(t, "scenarios.txt", answer)
}

func TestScenariosAreData(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range scenario.All() {
		assert.Regexp(t, "^[a-z][a-z0-9-]*$", s.Name)
		assert.False(t, seen[s.Name], "%s stands there twice", s.Name)
		seen[s.Name] = true
		assert.Regexp(t, `^[A-Z].*\.$`, s.Says, s.Name)
		assert.Regexp(t, `^[a-z].*\.$`, s.LookFor, s.Name)
		assert.True(t, option.IsPlain(s.Says+s.LookFor+s.Flags), s.Name)
		for _, word := range s.Words() {
			assert.Regexp(t, "^--[a-z-]+=.+$", word, "%s: one word for each flag: what stands beside it could not be told from it otherwise", s.Name)
		}
	}
}
