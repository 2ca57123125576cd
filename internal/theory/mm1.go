package theory

import "math"

// MM1Mean is the mean time in the system of M/M/1, S/(1−ρ) (Kleinrock, "Queueing Systems", volume 1, 1975), for 0 < load < 1.
func MM1Mean(load, service float64) float64 {
	if !stable(load) {
		return outside
	}
	return service / (1 - load)
}

// MM1Quantile is the time in the system of M/M/1 that a share p, 0 ≤ p < 1, of the requests do not exceed: it is exponential (Kleinrock, 1975).
func MM1Quantile(p, load, service float64) float64 {
	if !share(p) {
		return outside
	}
	return -math.Log1p(-p) * MM1Mean(load, service)
}

// MM1Within is the share of the requests of M/M/1 that are done within a time from 0.
func MM1Within(time, load, service float64) float64 {
	if time < 0 {
		return outside
	}
	return -math.Expm1(-time / MM1Mean(load, service))
}

// MM1Waited is the share of the requests of M/M/1 that find the server busy: by PASTA its utilisation (Wolff, "Poisson arrivals see time
// averages", 1982).
func MM1Waited(load float64) float64 {
	if !stable(load) {
		return outside
	}
	return load
}
