package command

import "testing"

func TestGapsThatAreWrongAreRefused(t *testing.T) {
	const any = "want a distribution such as 10ms, constant:10ms, exponential:10ms, uniform:5ms,15ms, lognormal:10ms,cv=2, " +
		"pareto:10ms,alpha=1.5,max=10s or bimodal:9ms,110ms,p=0.01"
	for _, r := range []badRow{
		{"no distribution", words("--arrivals=gaps"), "--arrivals=gaps: " + any},
		{"none of that name", words("--arrivals=gaps:unifrom:1ms,2ms"), "--arrivals=gaps:unifrom:1ms,2ms: " + any + "; did you mean uniform?"},
		{"not enough of it", words("--arrivals=gaps:uniform:1ms"), "--arrivals=gaps:uniform:1ms: want two values, as in uniform:5ms,15ms"},
		{"all at once", words("--arrivals=gaps:0s"), "--arrivals=gaps:0s: want gaps that have a mean above 0s"},
		{"too long a run", words("--arrivals=gaps:100h --requests=11"),
			"--arrivals=gaps:100h: want a run of at most 1000h, and 11 requests at 2.778e-06 per second take 1100h"},
		{"too dense, by the load", words("--arrivals=gaps:1ms --work=1ns --load=2"),
			"--arrivals=gaps:1ms: want at most 1,000,000,000 requests per second, not 2e+10"},
		{"beside a trace", words("--arrivals=gaps:1ms --trace=x.csv"), "--arrivals=gaps:1ms: want no other arrivals than those of --trace"},
	} {
		r.check(t)
	}
}
