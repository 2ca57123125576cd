package verify

import "waza/internal/theory"

// closed are those of requesters that ask, wait and think.
func closed() []Case {
	const requesters, think, flags = 20, 50.0, " --requesters=20 --arrivals=closed --think=exponential:50ms"
	repair := theory.Repair{Machines: requesters, Servers: 3, Think: think, Service: work}
	quarter := work / 4 // each of four workers is visited by a quarter
	return append(
		played("M/M/3//20", "machine repair", "--strategy=pull --workers=3"+flags).cases(
			claim{meanLatency, repair.Response()},
			claim{utilisation, repair.Utilization()},
		),
		played("a closed network", "four stations at random, by exact mean value analysis", "--strategy=random --workers=4"+flags).cases(
			claim{meanLatency, theory.ClosedResponse(requesters, think, quarter, quarter, quarter, quarter)},
		)...)
}
