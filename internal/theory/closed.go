package theory

// A Repair is the machine repair problem, M/M/c//N: so many machines each of which runs for an exponential time, and then waits for one of
// c servers, first come first served (Palm 1947; Kleinrock, 1975). A closed loop of requesters that think before a pull queue is the same.
type Repair struct {
	Machines, Servers int     // at least 1
	Think, Service    float64 // means, Service above 0
}

// Response is the mean time from breaking down until running again, by Little's law from the birth-death equations.
func (r Repair) Response() float64 {
	if r.Machines < 1 || r.Servers < 1 || r.Think < 0 || r.Service <= 0 {
		return outside
	}
	if r.Think == 0 { // all are always there, and as many as there are servers are served
		return r.Service * max(1, float64(r.Machines)/float64(r.Servers))
	}
	p, sum, broken, rate := 1.0, 1.0, 0.0, float64(r.Machines)/r.Think
	for n := 1; n <= r.Machines; n++ {
		p *= float64(r.Machines-n+1) / r.Think * r.Service / float64(min(n, r.Servers))
		sum += p
		broken += float64(n) * p
		rate += float64(r.Machines-n) / r.Think * p
	}
	return broken / rate
}

// Utilization is the share of their time that the servers are busy.
func (r Repair) Utilization() float64 {
	return Utilization(float64(r.Machines)/(r.Think+r.Response()), r.Service, r.Servers)
}

// ClosedResponse is the mean time that one of n ≥ 1 customers, who each think for a mean time and then visit all of the stations, spends at
// them: exact mean value analysis (Reiser and Lavenberg, "Mean-value analysis of closed multichain queuing networks", 1980). Each station
// has one exponential server, first come first served; its demand is the mean service of a visit times the visits.
func ClosedResponse(n int, think float64, demands ...float64) float64 {
	if n < 1 || think < 0 || len(demands) == 0 {
		return outside
	}
	there, response := make([]float64, len(demands)), 0.0
	for customers := 1; customers <= n; customers++ {
		response = 0
		for i, demand := range demands { // who comes finds what one customer less would leave there
			there[i] = demand * (1 + there[i])
			response += there[i]
		}
		for i := range there {
			there[i] *= float64(customers) / (think + response)
		}
	}
	return response
}
