package theory

// A Class are the requests of one priority.
type Class struct {
	Rate    float64 // per unit of time
	Service Moments
}

// CobhamWaits are the mean waits of the classes, the highest priority first, of M/G/1 where who has the highest priority, and among those
// came first, is served next and no service is cut (Cobham, "Priority assignment in waiting line problems", 1954): W₀/((1 − σ(k−1))(1 −
// σ(k))), with W₀ = Σ λE[S²]/2 and σ(k) the load of the first k classes, which is below 1.
func CobhamWaits(classes []Class) []float64 {
	left := 0.0
	for _, c := range classes {
		left += c.Rate * c.Service.Second / 2
	}
	loads := make([]float64, len(classes))
	for k, c := range classes {
		loads[k] = c.Rate * c.Service.First
	}
	return inTurn(left, loads)
}

// CobhamServersWaits are the same of M/M/c, whose classes have all the same mean service and these loads per server: W₀ is the mean time
// until one of the servers is free, Erlang's C at the load of all over the rate at which they end (Cobham, 1954).
func CobhamServersWaits(c int, service float64, loads []float64) []float64 {
	all := 0.0
	for _, load := range loads {
		all += load
	}
	return inTurn(ErlangC(c, all)*service/float64(c), loads)
}

func inTurn(left float64, loads []float64) []float64 {
	waits, before := make([]float64, len(loads)), 0.0
	for k, load := range loads {
		upTo := before + load
		if waits[k] = left / ((1 - before) * (1 - upTo)); load < 0 || upTo >= 1 {
			waits[k] = outside
		}
		before = upTo
	}
	return waits
}
