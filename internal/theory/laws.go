package theory

// Little is the mean number of requests in a system into which so many come per unit of time, and in which each stays for so long on the mean
// (Little, "A proof for the queuing formula L = λW", 1961). It holds for rates and times from 0.
func Little(rate, time float64) float64 {
	if rate < 0 || time < 0 {
		return outside
	}
	return rate * time
}

// Utilization is the share of their time that servers are busy, to which so many requests come per unit of time and which serve each for so long
// on the mean: the utilisation law (Denning and Buzen, "The operational analysis of queueing network models", 1978). It holds up to 1.
func Utilization(rate, service float64, servers int) float64 {
	u := rate * service / float64(servers)
	if servers < 1 || rate < 0 || service < 0 || u > 1 {
		return outside
	}
	return u
}
