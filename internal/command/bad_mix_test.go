package command

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/strategy"
)

const (
	anyDelay  = "want the duration of one way, from 0s to 1h, or one for each pair of zones, such as 0s,1ms/1ms,0s"
	anyShares = "want at most 10 shares above 0 that add up to 1, such as 0.2,0.3,0.5, or cycle:K, K a whole number from 1 to 10"
)

func TestMixesThatAreWrongAreRefused(t *testing.T) {
	for _, r := range []badRow{
		{"shares are above 0", words("--priorities=0,1"), "--priorities=0,1: " + anyShares},
		{"shares are numbers", words("--priorities=a"), "--priorities=a: " + anyShares},
		{"there are at most ten", words("--priorities=" + strings.Repeat("0.1,", 10) + "0.1"), "--priorities=" + strings.Repeat("0.1,", 10) + "0.1: " + anyShares},
		{"shares are of a whole", words("--priorities=0.5,0.6"), "--priorities=0.5,0.6: want shares that add up to 1, not to 1.1"},
		{"ten may take turns", words("--priorities=cycle:11"), "--priorities=cycle:11: want as K a whole number from 1 to 10, as in cycle:3"},
		{"one at least", words("--priorities=cycle:0"), "--priorities=cycle:0: want as K a whole number from 1 to 10, as in cycle:3"},
		{"so many that it is said how many", words("--priorities=cycle"), "--priorities=cycle: want one value, as in cycle:3"},
		{"so are those of zones", words("--zones=0.5,0.4"), "--zones=0.5,0.4: want shares that add up to 1, not to 0.9"},
		{"a zone without a requester asks nothing", words("--zones=0.5,0.3,0.2 --requesters=2"),
			"--zones=0.5,0.3,0.2: want at most as many zones as --requesters=2"},
		{"a delay has a unit", words("--zones=0.5,0.5 --zone-delay=5"), "--zone-delay=5: " + anyDelay},
		{"a delay is not endless", words("--zones=0.5,0.5 --zone-delay=2h"), "--zone-delay=2h: " + anyDelay},
		{"delays are a square", words("--zones=0.5,0.5 --zone-delay=0s,1ms/1ms"),
			"--zone-delay=0s,1ms/1ms: want as many delays in each row as there are rows, not 1 in row 2 of 2"},
		{"one row is no square", words("--zones=0.5,0.5 --zone-delay=0s,1ms"),
			"--zone-delay=0s,1ms: want as many delays in each row as there are rows, not 2 in row 1 of 1"},
		{"no zone is far from itself", words("--zones=0.5,0.5 --zone-delay=0s,1ms/1ms,2ms"),
			"--zone-delay=0s,1ms/1ms,2ms: want no delay inside a zone, and zone 1 has 2ms"},
		{"delays are for all zones", words("--zones=0.5,0.3,0.2 --zone-delay=0s,1ms/1ms,0s"),
			"--zone-delay=0s,1ms/1ms,0s: want a row for each of the 3 zones, not 2"},
		{"delays need zones", words("--zone-delay=1ms"), "--zone-delay=1ms: want --zones beside it: without, all are in one place"},
		{"and not too long in all", words("--zones=0.5,0.5 --zone-delay=1h --arrivals=closed"),
			"--zone-delay=1h: want at most 1000h of it in all, for a requester with every retry, not 2000h"},
		{"work of priorities needs priorities", words("--priority-work=1ms/2ms/3ms"),
			"--priority-work=1ms/2ms/3ms: want --priorities beside it: it says the work of each"},
		{"each of them", words("--priorities=0.5,0.5 --priority-work=1ms/2ms/3ms"),
			"--priority-work=1ms/2ms/3ms: want work for each of the 2 priorities, not for 3"},
		{"and no other work", words("--priorities=0.5,0.5 --priority-work=1ms/2ms --work=1ms"),
			"--work=1ms: want no work beside --priority-work: that says how much work each priority has"},
		{"in units", words("--priorities=0.5,0.5 --priority-work=1ms/2"), "--priority-work=1ms/2: " + anyWork},
		{"an order is for those that wait", words("--discipline=lifo"),
			"--discipline=lifo: want --limit, a --regulator, or a --queue that may be full, beside it: under least-loaded requests wait at workers, of which each has 1,025 places"},
		{"also beside a strategy under which some do", words("--discipline=codel --strategy=pull,random,first"),
			"--discipline=codel: want --limit, a --regulator, or a --queue that may be full, beside it: under random, first requests wait at workers, of which each has 1,025 places"},
		{"the order of ends needs them", words("--discipline=edf --strategy=pull"),
			"--discipline=edf: want --timeout or --deadline beside it, propagated: without, no request has an end"},
		{"and the balancer has to know them", words("--discipline=edf --strategy=pull --timeout=1s --propagate-deadline=false"),
			"--discipline=edf: want --timeout or --deadline beside it, propagated: without, no request has an end"},
		{"priorities alone age", words("--discipline=lifo --queue=5 --ageing=1s"), "--ageing=1s: want --discipline=priority beside it: no other order goes by it"},
		{"ageing takes time", words("--strategy=pull --priorities=0.5,0.5 --discipline=priority --ageing=0s"), "--ageing=0s: " + anyLength},
		{"codel alone drops", words("--discipline=lifo --queue=5 --codel=on"), "--codel=on: want --discipline=codel beside it: no other order rejects who has waited"},
		{"a target has a unit", words("--discipline=codel --queue=5 --codel=target=1"),
			"--codel=target=1: want as target a duration above 0s and at most 1000h, such as 10ms, as in target=5ms,interval=100ms"},
		{"codel has two keys", words("--discipline=codel --queue=5 --codel=count=1"), "--codel=count=1: want target or interval and not count, as in target=5ms,interval=100ms"},
		{"with values", words("--discipline=codel --queue=5 --codel=target="), "--codel=target=: want a value for target, as in target=5ms,interval=100ms"},
		{"a limit is of one of two kinds", words("--limit=vegas"), "--limit=vegas: want aimd or gradient, or none"},
		{"a limit is misspelt", words("--limit=amid:start=2"), "--limit=amid:start=2: want aimd or gradient, or none; did you mean aimd?"},
		{"a limit lets one out", words("--limit=aimd:min=0"), "--limit=aimd:min=0: want as min a whole number from 1 to 1,000,000,000, as in aimd:timeout=500ms"},
		{"bounds of a limit are in order", words("--limit=aimd:min=9,max=8,start=8"),
			"--limit=aimd:min=9,max=8,start=8: want min <= start <= max, not min=9, start=8 and max=8, as in aimd:timeout=500ms"},
		{"and the start lies between them", words("--limit=gradient:max=10"),
			"--limit=gradient:max=10: want min <= start <= max, not min=1, start=20 and max=10, as in gradient:tolerance=2"},
		{"to back off is to go down", words("--limit=aimd:backoff=1"),
			"--limit=aimd:backoff=1: want as backoff a number above 0 and below 1, as in aimd:timeout=500ms"},
		{"each law has its keys", words("--limit=gradient:backoff=0.5"),
			"--limit=gradient:backoff=0.5: want start, min, max, tolerance, queue or smoothing and not backoff, as in gradient:tolerance=2"},
		{"a tolerance below 1 would shrink whatever happens", words("--limit=gradient:tolerance=0.9"),
			"--limit=gradient:tolerance=0.9: want as tolerance a number from 1 to 100, as in gradient:tolerance=2"},
		{"the order of priorities needs them", words("--discipline=priority"), "--discipline=priority: want --priorities beside it: without, requests are equal but to the strategy priority"},
		{"keys have a distribution", words("--keys=7"), "--keys=7: want uniform:N or zipf:S,N"},
		{"a distribution of keys is misspelt", words("--keys=zip:1,2"), "--keys=zip:1,2: want uniform:N or zipf:S,N; did you mean zipf?"},
		{"zipf has two numbers", words("--keys=zipf:1000"), "--keys=zipf:1000: want two values, as in zipf:1,1000"},
		{"of which one is above 0", words("--keys=zipf:0,1000"), "--keys=zipf:0,1000: want as S a number above 0 and at most 100, as in zipf:1,1000"},
		{"keys are not too many", words("--keys=uniform:1e9"), "--keys=uniform:1e9: want as N a whole number from 1 to 10,000,000, as in uniform:1000"},
		{"a table has a prime size", words("--table-size=65536"), "--table-size=65536: want a prime number up to 5,000,011, such as 65537"},
		{"the lightest worker has ten points on a ring, and the others so many times more", words("--strategy=ring-hash --weights=9x1000,1x0.001"),
			"--ring-points=160: want at most 16,000,000 points in all, and the weights of the workers make it 9e+07 with 1 balancer"},
		{"a tier is a priority", words("--tiers=5x0,5x10"),
			"--tiers=5x0,5x10: want one tier for all workers, or a list such as 2x0,3x1,5x2, each a whole number from 0 to 9"},
		{"weights are above 0", words("--weights=0"), "--weights=0: want one weight for all workers, or a list such as 8x1,2x0.25, each a number from 0.001 to 1,000"},
		{"beta is a probability", words("--beta=1.5"), "--beta=1.5: want a number from 0 to 1"},
		{"the newest latency has some weight", words("--latency-alpha=0"), "--latency-alpha=0: want a number above 0 and at most 1"},
		{"a worker holds its fair share at least", words("--hash-balance=1"), "--hash-balance=1: want a number above 1 and at most 100"},
	} {
		r.check(t)
	}
}

// Whatever strategies there are: who chooses none that heeds a flag is told which ones do.
func TestAFlagThatNoChosenStrategyHeedsIsRefused(t *testing.T) {
	examples := map[string]string{
		"tie": "first", "tiers": "0", "weights": "2", "keys": "uniform:9", "table-size": "11", "hash-balance": "2", "beta": "1", "latency-alpha": "1",
		"ewma-decay": "1s", "failure-penalty": "1s", "hot-quantile": "0.5", "probe-age": "1s", "probe-delay": "1ms",
	}
	for _, flag := range append([]string{"weights", "keys", "tiers"}, parameters().Names()...) {
		value := examples[flag]
		if value == "" {
			value = "3"
		}
		heeding, message := strategy.Heeding(flag), "another flag: no strategy heeds this one"
		if len(heeding) > 0 {
			message = option.Either(heeding) + " among the strategies: no other heeds it"
		}
		for _, name := range strategy.Names() {
			args := []string{"--strategy=" + name, "--" + flag + "=" + value}
			if slices.Contains(heeding, name) {
				_, err := Parse(args)
				assert.NoError(t, err, args)
				continue
			}
			badRow{name + " does not heed --" + flag, args, "--" + flag + "=" + value + ": want " + message}.check(t)
		}
	}
}
