package verify

import (
	"math"

	"waza/internal/theory"
)

// attempted are those in which attempts fail, and are made again.
func attempted() []Case {
	const p, retries = 0.3, 2
	return played("retries", "each attempt fails by itself: 1 − p³ succeed", "--strategy=random --fault=flaky:p=%g --retries=%d --load=0.4", p, retries).cases(
		claim{failure, 1 - theory.RetriedSuccess(p, retries)},
		claim{attempts, theory.RetriedAttempts(p, retries)},
	)
}

// impatient are those in which requests do not wait for ever.
func impatient() []Case {
	const timeout, load, flags = 2 * work, 0.9, " --timeout=20ms --load=%g"
	one := theory.Patience{Servers: 1, Load: load, Service: work, Limit: timeout}
	three := theory.Patience{Servers: 3, Load: load, Service: work, Limit: timeout}
	all := played("M/M/1, served too late", "all are served, and those are in time whose latency is within the timeout",
		"--strategy=random --workers=2 --propagate-deadline=false"+flags, 0.6).cases(
		claim{success, theory.MM1Within(timeout, 0.6, work)},
	)
	all = append(all, played("M/M/1+D", "who has waited for the timeout is skipped", "--strategy=random --workers=2"+flags, load).cases(
		claim{success, one.Within()},
		claim{skipped, one.Left()},
	)...)
	return append(all, played("M/M/3+D", "by Barrer", "--strategy=pull --workers=3"+flags, load).cases(
		claim{success, three.Within()},
		claim{skipped, three.Left()},
		claim{waitedShare, waitedInTime(three)},
	)...)
}

// waitedInTime is the share that waited of those that are served within the limit: the others have been served at once, within it.
func waitedInTime(m theory.Patience) float64 {
	return 1 - (1-m.Waited())*-math.Expm1(-m.Limit/m.Service)/m.Within()
}

// broken are those of workers that stand still at times.
func broken() []Case {
	b := theory.Breakdowns{Load: 0.5, Service: work, Up: 200, Down: 50}
	return played("M/M/1 with breakdowns", "a service that is interrupted goes on where it stood, by White and Christie",
		"--strategy=random --workers=2 --load=%g --fault=stall:mtbf=200ms,mttr=50ms", b.Load).cases(
		claim{meanLatency, b.Mean()},
	)
}

// hedged are those in which the first of two answers counts. Work takes a thousandth of a millisecond, and requests are far apart: what
// takes time is that a worker stands still for half of it, for exponential times, which the two workers do independently of each other.
func hedged() (all []Case) {
	const down, mean, work = 0.5, 100.0, 0.001
	for _, of := range []struct {
		model, says, flag string
		delay             float64
	}{
		{"hedging at once", "the first of two exponentials", "1us", 0.001},
		{"hedging after 50 ms", "the first of two exponentials, one of which begins later", "50ms", 50},
	} {
		all = append(all, played(of.model, of.says,
			"--strategy=random --workers=2 --work=constant:1us --rate=10 --fault=stall:mtbf=100ms,mttr=100ms --hedge=%s", of.flag).cases(
			claim{meanLatency, theory.HedgedMean(down, mean, of.delay) + work},
			claim{attempts, 1 + down*math.Exp(-of.delay/mean)},
		)...)
	}
	return all
}

// prioritised are those in which some are served before others, though no service is cut.
func prioritised() []Case {
	const load = 0.8
	shared := theory.CobhamServersWaits(2, work, []float64{0.2 * load, 0.3 * load, 0.5 * load})
	const rate = 0.7 / 12.5 / 2 // of each of two classes, whose mean work is 5 and 20 ms
	unlike := theory.CobhamWaits([]theory.Class{{Rate: rate, Service: theory.Constant(5)}, {Rate: rate, Service: theory.Exponential(20)}})
	return append(
		played("M/M/2 with priorities", "no service is cut, by Cobham",
			"--strategy=pull --workers=2 --discipline=priority --priorities=0.2,0.3,0.5 --load=%g", load).cases(
			claim{classLatency(0, "first"), shared[0] + work},
			claim{classLatency(1, "second"), shared[1] + work},
			claim{classLatency(2, "third"), shared[2] + work},
		),
		played("M/G/1 with priorities", "work differs between classes, by Cobham",
			"--strategy=pull --workers=1 --discipline=priority --priorities=0.5,0.5 --priority-work=constant:5ms/exponential:20ms --load=0.7").cases(
			claim{classLatency(0, "first"), unlike[0] + 5},
			claim{classLatency(1, "second"), unlike[1] + 20},
		)...)
}
