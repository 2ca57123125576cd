package command

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/balancer"
	"waza/internal/option"
)

func TestFeaturesThatAreWrongAreRefused(t *testing.T) {
	const (
		outlier = ", as in failures=5,base=30s"
		breaker = ", as in failures=5,reset=30s"
		start   = "want no strategy beside it but weighted-least-loaded, weighted-round-robin or weighted-random: not "
		length  = "a duration above 0s and at most 1000h, such as 10ms"
	)
	for _, r := range []badRow{
		{"keys have names", words("--outlier=5"), "--outlier=5: want on alone, none, or keys with their values" + outlier},
		{"on stands alone", words("--outlier=on,base=1s"), "--outlier=on,base=1s: want on alone, none, or keys with their values" + outlier},
		{"and nothing is off", words("--breaker=off"), "--breaker=off: want on alone, none, or keys with their values" + breaker},
		{"a key is not known", words("--outlier=fail=3"),
			"--outlier=fail=3: want failures, deviation, interval, requests, workers, latency, base, longest or share and not fail" + outlier},
		{"a key stands twice", words("--breaker=failures=5,failures=6"), "--breaker=failures=5,failures=6: want failures once" + breaker},
		{"a key has no value", words("--breaker=reset="), "--breaker=reset=: want a value for reset" + breaker},
		{"one failure is the least", words("--outlier=failures=0"), "--outlier=failures=0: want as failures a whole number from 1 to 1,000,000" + outlier},
		{"no more than all", words("--outlier=share=110%"), "--outlier=share=110%: want as share a share from 0% to 100%, such as 10% or 0.1" + outlier},
		{"an ejection takes time", words("--outlier=base=-5s"), "--outlier=base=-5s: want as base " + length + outlier},
		{"and so does a reset", words("--breaker=reset=0s"), "--breaker=reset=0s: want as reset " + length + breaker},
		{"the first is no longer than the longest", words("--outlier=base=10m"),
			"--outlier=base=10m: want base <= longest, not base=10m and longest=5m" + outlier},
		{"intervals are not too short", words("--outlier=interval=1us"), "--outlier=interval=1us: want as interval a duration from 1ms to 1000h, such as 10ms" + outlier},
		{"nor too many", words("--outlier=interval=1ms --requests=1000000 --work=1s"),
			"--outlier=interval=1ms: want at most 100,000,000 rounds in all, and 312h30m have 1.125e+09"},
		{"of all workers", words("--health=interval=1ms --workers=1000 --requests=100000 --rate=1"),
			"--health=interval=1ms: want at most 100,000,000 rounds in all, and 28h3m20s have 1.01e+11"},
		{"a check is not passed once at least", words("--health=down=0"),
			"--health=down=0: want as down a whole number from 1 to 1,000,000, as in interval=1s,down=3,up=2"},
		{"a feature is given once", words("--outlier=on --outlier=on"), "--outlier=on: want it once, and --outlier=on stands there already"},
		{"a start has a length", words("--slow-start=on"), "--slow-start=on: want " + length},
		{"with a unit", words("--slow-start=5"), "--slow-start=5: want " + length},
		{"and weights", words("--slow-start=10s"), "--slow-start=10s: " + start + "least-loaded"},
		{"that are in no table", words("--slow-start=10s --strategy=weighted-random,ring-hash,pull"), "--slow-start=10s: " + start + "ring-hash, pull"},
		{"nobody panics where all are fit", words("--panic=60%"), "--panic=60%: want --health, --outlier, --breaker or --stuck beside it: without, no worker is ever unfit"},
		{"a slow start makes nobody unfit", words("--panic=60% --slow-start=1s --strategy=weighted-random"),
			"--panic=60%: want --health, --outlier, --breaker or --stuck beside it: without, no worker is ever unfit"},
		{"a share is one of a whole", words("--panic=101% --breaker=on"), "--panic=101%: want a share from 0% to 100%, such as 10% or 0.1"},
	} {
		r.check(t)
	}
}

func TestFeatures(t *testing.T) {
	all := option.Values{
		"failures": 5, "deviation": 1.9, "latency": time.Duration(0), "interval": 10 * time.Second, "requests": 100, "workers": 5,
		"base": 30 * time.Second, "longest": 300 * time.Second, "share": 0.1,
	}
	for _, row := range []struct {
		says, args string
		want       []balancer.Feature
	}{
		{"none", "-outlier=none", nil},
		{"on is all defaults", "-outlier=on", []balancer.Feature{{Kind: "outlier", Set: all}}},
		{"and so is a key that has its own", "-outlier=failures=5", []balancer.Feature{{Kind: "outlier", Set: all}}},
		{"they stand in the order of their table", "-slow-start=5s -breaker=failures=3 -strategy=weighted-random", []balancer.Feature{
			{Kind: "breaker", Set: option.Values{"failures": 3, "reset": 30 * time.Second}}, {Kind: "slow-start", Set: option.Values{"length": 5 * time.Second}}}},
		{"all strategies are those that can", "-slow-start=5s -strategy=all", []balancer.Feature{{Kind: "slow-start", Set: option.Values{"length": 5 * time.Second}}}},
	} {
		assert.ElementsMatch(t, row.want, parsed(t, row.args).Simulation.Features, row.says)
	}
	assert.Equal(t, []string{"weighted-least-loaded", "weighted-round-robin", "weighted-random"}, parsed(t, "-slow-start=5s -strategy=all").Simulation.Strategies)
	assert.Equal(t, 0.3, parsed(t, "-breaker=on -panic=30%").Simulation.Panic)
	assert.Equal(t, 0.5, parsed(t, "-breaker=on").Simulation.Panic)
}
