package theory

import "math"

// Patience is M/M/c whose requests leave when they have waited for a constant time, first come first served: a service that has begun is
// not cut (Barrer, "Queuing with impatient customers and ordered service", 1957). Any load above 0 has a steady state. With v(x) the
// density of the wait that a request without limit would have, and p(j) the probability of j < c in service, p(j) = p(0)·a^j/j! and v(x) =
// λp(c−1)·e^(−cμx + λ·min(x, limit)).
type Patience struct {
	Servers              int     // c, at least 1
	Load, Service, Limit float64 // the load per server, above 0; the mean; the patience, from 0
}

// atOnce is the probability that a request is served at once, and begin is v(0).
func (m Patience) atOnce() (idle, begin float64) {
	if m.Servers < 1 || m.Load <= 0 || m.Service <= 0 || m.Limit < 0 {
		return outside, outside
	}
	a, c := m.Load*float64(m.Servers), float64(m.Servers)
	p, sum := 1.0, 0.0
	for j := range m.Servers {
		if j > 0 {
			p *= a / float64(j)
		}
		sum += p
	}
	begin = a / m.Service * p
	waits := begin * (decays(m.moves(), m.Limit) + math.Exp(-m.moves()*m.Limit)*m.Service/c)
	return sum / (sum + waits), begin / (sum + waits)
}

// moves is cμ − λ: the rate at which v falls up to the limit; below 0 it rises.
func (m Patience) moves() float64 { return float64(m.Servers) * (1 - m.Load) / m.Service }

// decays is the integral of e^(−rx) from 0 to t.
func decays(r, t float64) float64 {
	if math.Abs(r*t) < 1e-12 {
		return t
	}
	return -math.Expm1(-r*t) / r
}

// Left is the share of requests that leave unserved.
func (m Patience) Left() float64 {
	_, begin := m.atOnce()
	return begin * math.Exp(-m.moves()*m.Limit) * m.Service / float64(m.Servers)
}

// Within is the share of requests that are served to their end within the limit: what is answered in time under a timeout of it, if what
// waits no longer is skipped.
func (m Patience) Within() float64 {
	idle, begin := m.atOnce()
	late := math.Exp(-m.Limit / m.Service)
	return idle*(1-late) + begin*(decays(m.moves(), m.Limit)-late*decays(m.moves()-1/m.Service, m.Limit))
}

// Waited is the share of requests that are not served at once.
func (m Patience) Waited() float64 {
	idle, _ := m.atOnce()
	return 1 - idle
}
