package theory

import "math"

// ErlangB is the share of calls that c servers lose to which a erlangs, 0 or more, are offered and where nobody waits: M/G/c/c (Erlang,
// 1917), by its recursion in c.
func ErlangB(c int, a float64) float64 {
	if c < 0 || a < 0 {
		return outside
	}
	blocked := 1.0
	for k := 1; k <= c; k++ {
		blocked = a * blocked / (float64(k) + a*blocked)
	}
	return blocked
}

// ErlangC is the share of requests that wait in M/M/c at a load per server between 0 and 1 (Erlang, 1917).
func ErlangC(c int, load float64) float64 {
	if c < 1 || !stable(load) {
		return outside
	}
	blocked := ErlangB(c, load*float64(c))
	return blocked / (1 - load*(1-blocked))
}

// MMcWait is the mean wait of M/M/c, those that do not wait included (Erlang, 1917).
func MMcWait(c int, load, service float64) float64 {
	return ErlangC(c, load) * mmcMoves(c, load, service)
}

// mmcMoves is the mean wait of those of M/M/c that wait: it is exponential.
func mmcMoves(c int, load, service float64) float64 { return service / (float64(c) * (1 - load)) }

// MMcMean is the mean time in the system of M/M/c.
func MMcMean(c int, load, service float64) float64 { return MMcWait(c, load, service) + service }

// MMcWaitQuantile is the wait in M/M/c, first come first served, that a share p, 0 ≤ p < 1, of the requests do not exceed; 0 as long as so
// many do not wait at all (Kleinrock, 1975).
func MMcWaitQuantile(p float64, c int, load, service float64) float64 {
	waits := ErlangC(c, load)
	if !share(p) || math.IsNaN(waits) {
		return outside
	}
	return max(0, math.Log(waits/(1-p))*mmcMoves(c, load, service))
}

// MMcQuantile is the time in the system of M/M/c, first come first served, that a share p, 0 ≤ p < 1, of the requests do not exceed. It is
// the sum of an independent wait and service (Gross and Harris, "Fundamentals of Queueing Theory", 1985).
func MMcQuantile(p float64, c int, load, service float64) float64 {
	waits := ErlangC(c, load)
	if !share(p) || math.IsNaN(waits) {
		return outside
	}
	wait := mmcMoves(c, load, service)
	within := func(t float64) float64 {
		served, both := math.Exp(-t/service), 0.0 // beyond t: a service, and a wait and a service
		if ratio := wait / service; math.Abs(ratio-1) < 1e-6 {
			both = (1 + t/service) * served // the two are alike: their sum is Erlang's
		} else {
			both = (wait*math.Exp(-t/wait) - service*served) / (wait - service)
		}
		return 1 - (1-waits)*served - waits*both
	}
	return solve(within, p, service)
}

// MMcKLoss is the share of requests that find M/M/c/K full, K ≥ c places with those in service, when a erlangs are offered, 0 or more: from
// the birth-death equations p(n) = p(n−1)·a/min(n, c) (Kleinrock, 1975). With K = c it is Erlang's B.
func MMcKLoss(c, k int, a float64) float64 {
	if c < 1 || k < c || a < 0 {
		return outside
	}
	p, sum := 1.0, 1.0
	for n := 1; n <= k; n++ {
		p *= a / float64(min(n, c))
		sum += p
	}
	return p / sum
}
