package command

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
)

func TestRegulatorsThatAreWrongAreRefused(t *testing.T) {
	for _, r := range []badRow{
		{"a name is misspelt", words("--regulator=braker"),
			"--regulator=braker: want as regulator rate, breaker, backpressure or resource; did you mean breaker?"},
		{"a bucket without a rate", words("--regulator=rate"),
			"--regulator=rate: want as rate so many per second from 0.000001/s to 1,000,000,000/s, such as 100/s, as in rate:100/s,burst=10"},
		{"a rate without its unit", words("--regulator=rate:100"),
			"--regulator=rate:100: want as rate so many per second from 0.000001/s to 1,000,000,000/s, such as 100/s, as in rate:100/s,burst=10"},
		{"a rate of none", words("--regulator=rate:0/s"),
			"--regulator=rate:0/s: want as rate so many per second from 0.000001/s to 1,000,000,000/s, such as 100/s, as in rate:100/s,burst=10"},
		{"a bucket without room", words("--regulator=rate:5/s,burst=0"),
			"--regulator=rate:5/s,burst=0: want as burst a whole number from 1 to 1,000,000,000, as in rate:100/s,burst=10"},
		{"a bucket that takes years to fill", words("--regulator=rate:1/s,burst=100000000"),
			"--regulator=rate:1/s,burst=100000000: want a bucket that fills in 1000h at most, not in 1e+08 s, as in rate:100/s,burst=10"},
		{"a key of another", words("--regulator=breaker:burst=5"),
			"--regulator=breaker:burst=5: want failures or reset and not burst, as in breaker:failures=5,reset=30s"},
		{"a value without a name", words("--regulator=resource:80%"),
			"--regulator=resource:80%: want no value without a name, as in resource:utilisation=80%"},
		{"a share above all", words("--regulator=resource:utilisation=120%"),
			"--regulator=resource:utilisation=120%: want as utilisation a share from 0% to 100%, such as 10% or 0.1, as in resource:utilisation=80%"},
		{"nothing is limited", words("--regulator=backpressure"),
			"--regulator=backpressure: want queue=N, latency=D or both: without, nothing is limited, as in backpressure:queue=20,latency=100ms"},
		{"it is given as none, too", words("--regulator=rate:10/s --regulator=none"),
			"--regulator=none: want none to stand alone, and --regulator=rate:10/s stands there already"},
		{"a token in twelve days for each of many", words("--regulator=rate:0.000001/s --requests=1000000"),
			"--regulator=rate:0.000001/s: want at most 2e+06h of arrivals, work, backoffs and grace in all where 10ms has to be told apart among so many requesters and workers, not 2.778e+08h"},
	} {
		r.check(t)
	}
}

// All that are given are kept in their order, each key has its value, and they are told as they could be typed.
func TestRegulatorsAreKeptInTheirOrder(t *testing.T) {
	c, err := Parse(words("--regulator=resource --regulator=rate:0.5/s --regulator=backpressure:latency=50ms --regulator=breaker:reset=1s"))
	require.NoError(t, err)
	var told []string
	for _, r := range c.Simulation.Regulators {
		told = append(told, r.String())
	}
	assert.Equal(t, []string{
		"resource:utilisation=80%", "rate:0.5/s,burst=1", "backpressure:queue=none,latency=50ms", "breaker:failures=5,reset=1s",
	}, told)
	for _, text := range told {
		again, err := parseRegulator(text)
		require.NoError(t, err)
		assert.Equal(t, text, again.String())
	}
}

// Each kind's example is one that can be typed, and is shown by --help.
func TestRegulatorsHaveExamples(t *testing.T) {
	for _, k := range balancer.RegulatorKinds() {
		r, err := parseRegulator(k.Example)
		require.NoError(t, err)
		assert.Equal(t, k.Example, r.String())
	}
}
