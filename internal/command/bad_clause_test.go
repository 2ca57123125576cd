package command

import (
	"testing"

	"waza/internal/option"
	"waza/worker"
)

func TestWorkBackoffSpeedsAndFaultsThatAreWrongAreRefused(t *testing.T) {
	for _, r := range []badRow{
		{"work has no unit", words("--work=10"), "--work=10: " + anyWork},
		{"work takes time", words("--work=0s"), "--work=0s: " + anyWork},
		{"a distribution is misspelt", words("--work=expnential:10ms"), "--work=expnential:10ms: " + anyWork + "; did you mean exponential?"},
		{"a distribution has no mean", words("--work=exponential"), "--work=exponential: want one value, as in exponential:10ms"},
		{"a mean has no unit", words("--work=exponential:10"),
			"--work=exponential:10: want as mean a duration above 0s and at most 1000h, such as 10ms, as in exponential:10ms"},
		{"something empty is between commas", words("--work=exponential:10ms,"), "--work=exponential:10ms,: want nothing empty between commas, as in exponential:10ms"},
		{"a parameter is too many", words("--work=exponential:10ms,cv=1"), "--work=exponential:10ms,cv=1: want no cv, as in exponential:10ms"},
		{"a parameter is missing", words("--work=lognormal:10ms"),
			"--work=lognormal:10ms: want cv=VALUE, a number above 0 and at most 100, as in lognormal:10ms,cv=2"},
		{"a parameter is misspelt", words("--work=lognormal:10ms,vc=2"), "--work=lognormal:10ms,vc=2: want cv and not vc, as in lognormal:10ms,cv=2"},
		{"a parameter is out of range", words("--work=lognormal:10ms,cv=0"),
			"--work=lognormal:10ms,cv=0: want as cv a number above 0 and at most 100, as in lognormal:10ms,cv=2"},
		{"a parameter stands twice", words("--work=bimodal:1ms,2ms,p=0.5,p=0.6"),
			"--work=bimodal:1ms,2ms,p=0.5,p=0.6: want p once, as in bimodal:9ms,110ms,p=0.01"},
		{"both modes need a share", words("--work=bimodal:1ms,2ms,p=1"),
			"--work=bimodal:1ms,2ms,p=1: want as p a number above 0 and below 1, as in bimodal:9ms,110ms,p=0.01"},
		{"the ends are the wrong way round", words("--work=uniform:10ms,5ms"), "--work=uniform:10ms,5ms: want an upper end above the lower one, as in uniform:5ms,15ms"},
		{"a Pareto without a mean does not exist", words("--work=pareto:10ms,alpha=1,max=1s"),
			"--work=pareto:10ms,alpha=1,max=1s: want as alpha a number above 1 and at most 100, as in pareto:10ms,alpha=1.5,max=10s"},
		{"nor one whose bound is below its mean", words("--work=pareto:10ms,alpha=2,max=5ms"),
			"--work=pareto:10ms,alpha=2,max=5ms: want a max above the mean, as in pareto:10ms,alpha=1.5,max=10s"},
		{"a backoff is misspelt", words("--retries=1 --backoff=ful-jitter:1ms,1s"), "--backoff=ful-jitter:1ms,1s: " + anyBackoff + "; did you mean full-jitter?"},
		{"a backoff that grows has a longest wait", words("--retries=1 --backoff=exponential:1ms"),
			"--backoff=exponential:1ms: want two values, as in exponential:10ms,1s"},
		{"the longest wait is not the shortest", words("--retries=1 --backoff=full-jitter:5s,1ms"),
			"--backoff=full-jitter:5s,1ms: want a longest wait that is not below the base, as in full-jitter:10ms,1s"},
		{"none takes nothing", words("--retries=1 --backoff=none:5s"), "--backoff=none:5s: want no value without a name"},
		{"a speed is missing", words("--speeds=8x,2"), "--speeds=8x,2: " + anySpeeds},
		{"a speed is nothing", words("--speeds=8x0,2x1"), "--speeds=8x0,2x1: " + anySpeeds},
		{"there are more speeds than workers", words("--workers=10 --speeds=8x1,3x0.25"), "--speeds=8x1,3x0.25: want speeds for all --workers=10, not for 11"},
		{"there are fewer", words("--workers=10 --speeds=1x0.5"), "--speeds=1x0.5: want speeds for all --workers=10, not for 1"},
		{"there are absurdly many", words("--speeds=99999x1,99999x1"), "--speeds=99999x1,99999x1: want speeds for at most 100,000 workers"},
		{"there is no such fault", words("--fault=crush:for=5s"), "--fault=crush:for=5s: want as kind of fault " + faultNames() + "; did you mean crash?"},
		{"a stall for ever", words("--fault=stall"), "--fault=stall: want for= or mtbf= beside it: one who stands still for ever is a blackhole"},
		{"what is cold warms up", words("--fault=cold:factor=3,ramp=1s,for=1s"),
			"--fault=cold:factor=3,ramp=1s,for=1s: want no for and no mtbf: it begins at its start and with each rebirth, and ends with its ramp"},
		{"a ramp is missing", words("--fault=cold:factor=3"), "--fault=cold:factor=3: want ramp=VALUE, a duration above 0s and at most 1000h, such as 10ms"},
		{"a crash tells an error or nothing", words("--fault=crash:notify=some"), "--fault=crash:notify=some: want as notify error, none or auto; did you mean none?"},
		{"workers hardly ever work", words("--fault=stall:mtbf=1ms,mttr=50ms --fault=crash:mtbf=1ms,mttr=50ms"),
			"--fault=crash:mtbf=1ms,mttr=50ms: want worker 0 to work a thousandth of the time at least, and all its crashes and stalls leave it 0.0003845"},
		{"there are no zones", words("--fault=slow:factor=3,zone=1"), "--fault=slow:factor=3,zone=1: want --zones beside zone=1: without, all workers are in one place"},
		{"there are fewer zones", words("--zones=0.5,0.5 --fault=slow:factor=3,zone=2"), "--fault=slow:factor=3,zone=2: want zones from 0 to 1"},
		{"what no worker lives to do would be claimed for ever", words("--work=1s --claim=300ms --fault=crash:mtbf=100ms,mttr=10ms"),
			"--fault=crash:mtbf=100ms,mttr=10ms: want worker 0 to live for as long as a mean request takes it, 1s, a thousandth of the times at least, " +
				"or a --deadline or --timeout that is propagated: what is claimed would be tried for ever"},
		{"a closed loop would wait for ever", words("--arrivals=closed --fault=blackhole"),
			"--fault=blackhole: want --timeout or --deadline beside it: a requester of a closed loop would wait for ever for the answer that it swallows"},
		{"nobody can die", words("--heartbeat=2s"), "--heartbeat=2s: want --fault=crash:… beside it, or stall:… and --claim: without, nobody can die"},
		{"a fault that comes and goes too often", words("--requests=2 --rate=6e-7 --fault=slow:factor=2,mtbf=1ms,mttr=1ms"),
			"--fault=slow:factor=2,mtbf=1ms,mttr=1ms: want at most 100,000,000 times of trouble and without per worker, and 925h55m33s have 3.333e+09"},
		{"slow is slower by some factor", words("--fault=slow"), "--fault=slow: want factor=VALUE, a number from 0.001 to 1,000"},
		{"a probability is at most 1", words("--fault=flaky:p=2"), "--fault=flaky:p=2: want as p a number above 0 and at most 1"},
		{"a key of a fault is misspelt", words("--fault=slow:facto=3"), "--fault=slow:facto=3: want worker, proxy, zone, at, for, mtbf, mttr or factor and not facto; did you mean factor?"},
		{"slow has no probability", words("--fault=slow:factor=3,p=1"), "--fault=slow:factor=3,p=1: want worker, proxy, zone, at, for, mtbf, mttr or factor and not p"},
		{"a fault's worker does not exist", words("--fault=slow:factor=3,worker=8-10"), "--fault=slow:factor=3,worker=8-10: want workers from 0 to 9"},
		{"so many beats take minutes", words("--workers=10000 --work=1s --fault=crash:worker=1,at=2s,for=5s --claim=3s"),
			"--claim=3s: want at most 100,000,000 beats of all workers, and the 27h47m that the run would take if one worker did all the work have 1e+09"},
		{"workers are counted upwards", words("--fault=slow:factor=3,worker=5-2"), "--fault=slow:factor=3,worker=5-2: want as worker an ID, ID-ID with the lower first, N% above 0% and up to 100%, or all"},
		{"no share is nothing", words("--fault=slow:factor=3,worker=0%"), "--fault=slow:factor=3,worker=0%: want as worker an ID, ID-ID with the lower first, N% above 0% and up to 100%, or all"},
		{"no share is above all", words("--fault=slow:factor=3,worker=101%"), "--fault=slow:factor=3,worker=101%: want as worker an ID, ID-ID with the lower first, N% above 0% and up to 100%, or all"},
		{"up-times need down-times", words("--fault=slow:factor=3,mtbf=5s"), "--fault=slow:factor=3,mtbf=5s: want mtbf and mttr together"},
		{"a fault is planned or random", words("--fault=flaky:p=1,mtbf=5s,mttr=5s,at=1s"),
			"--fault=flaky:p=1,mtbf=5s,mttr=5s,at=1s: want either at and for, or mtbf and mttr"},
	} {
		r.check(t)
	}
}

func TestShapesThatAreWrongAreRefused(t *testing.T) {
	const (
		ramp    = ", as in ramp:from=0.5,to=1.5"
		spike   = ", as in spike:factor=2,at=10s,for=5s"
		diurnal = ", as in diurnal:amplitude=0.5,period=1m"
		bursty  = ", as in bursty:factor=3,on=1s,off=2s"
		length  = "a duration above 0s and at most 1000h, such as 10ms"
	)
	for _, r := range []badRow{
		{"the ends of a ramp do not have the mean", words("--arrivals=ramp:from=1,to=2"),
			"--arrivals=ramp:from=1,to=2: want from and to that add up to 2, for both are relative to the mean rate; one of them is enough"},
		{"an end of a ramp is too high", words("--arrivals=ramp:to=2.5"), "--arrivals=ramp:to=2.5: want as to a number from 0 to 2" + ramp},
		{"an end is no number", words("--arrivals=ramp:from=NaN"), "--arrivals=ramp:from=NaN: want as from a number from 0 to 2" + ramp},
		{"nothing is behind the colon", words("--arrivals=ramp:"), "--arrivals=ramp:: want nothing empty between commas" + ramp},
		{"a key has no value", words("--arrivals=ramp:from="), "--arrivals=ramp:from=: want a value for from" + ramp},
		{"a key stands twice", words("--arrivals=ramp:from=1,from=1"), "--arrivals=ramp:from=1,from=1: want from once" + ramp},
		{"a key is misspelt", words("--arrivals=spike:factr=3"), "--arrivals=spike:factr=3: want factor, at or for and not factr; did you mean factor?"},
		{"a value has no key", words("--arrivals=spike:2"), "--arrivals=spike:2: want no value without a name" + spike},
		{"a factor is negative", words("--arrivals=spike:factor=-1"), "--arrivals=spike:factor=-1: want as factor a number from 0 to 1,000" + spike},
		{"a spike starts before the run", words("--arrivals=spike:at=-1s"), "--arrivals=spike:at=-1s: want as at a duration from 0s to 1000h, such as 10ms" + spike},
		{"a spike has no length", words("--arrivals=spike:for=0s"), "--arrivals=spike:for=0s: want as for " + length + spike},
		{"a spike has more than all requests", words("--arrivals=spike:factor=30,for=4.5s"),
			"--arrivals=spike:factor=30,for=4.5s: want as factor at most 27.777: more in 4.5s than all requests of a run of 2m5s cannot arrive"},
		{"a spike is all of the run", words("--arrivals=spike:factor=1,at=0s,for=1h"),
			"--arrivals=spike:factor=1,at=0s,for=1h: want a spike that is shorter than the run, whose requests arrive for 2m5s"},
		{"an amplitude is above the mean", words("--arrivals=diurnal:amplitude=1.1"), "--arrivals=diurnal:amplitude=1.1: want as amplitude a number from 0 to 1" + diurnal},
		{"a period has no unit", words("--arrivals=diurnal:period=60"), "--arrivals=diurnal:period=60: want as period " + length + diurnal},
		{"bursts leave less than nothing", words("--arrivals=bursty:on=3s,off=4s"),
			"--arrivals=bursty:on=3s,off=4s: want as factor at most 2.333, (on+off)/on: nothing is left between the bursts then"},
		{"bursts have arrivals", words("--arrivals=bursty:factor=0"), "--arrivals=bursty:factor=0: want as factor a number from 0.001 to 1,000" + bursty},
		{"bursts are too many", words("--arrivals=bursty:on=10us,off=20us"),
			"--arrivals=bursty:on=10us,off=20us: want at most 1,000,000 bursts and pauses in a run, not 8.333e+06"},
		{"at its peak a rate is too high", words("--rate=9e8 --arrivals=ramp:to=1.2"), "--arrivals=ramp:to=1.2: want at most 1,000,000,000 requests per second, not 1.08e+09"},
		{"a spike sends too much for an old view", words("--rate=1e6 --arrivals=spike:at=1ms,for=5ms --stale=600ms --requests=10000000"),
			"--stale=600ms: want a time in which at most 1,000,000 attempts come, not 1.2e+06"},
		{"a shape beside a trace", words("--arrivals=ramp --trace=x.csv"), "--arrivals=ramp: want no other arrivals than those of --trace"},
	} {
		r.check(t)
	}
}

// faultNames are the kinds of faults, as errors name them.
func faultNames() string {
	var names []string
	for _, k := range worker.FaultKinds() {
		names = append(names, k.Name)
	}
	return option.Either(names)
}
