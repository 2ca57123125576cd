package report

// EquallyOften is by how much the success of runs may differ for them to fail equally often.
const EquallyOften = 0.01

// Succeeded is the share of a run's requests that did. Without one measured it is no example to others.
func Succeeded(r *Result) float64 {
	if r.SuccessShare == nil {
		return 0
	}
	return *r.SuccessShare
}

// MostSuccessful returns the run of which the largest share of requests succeeded, the first of equals; there is at least one.
func MostSuccessful(runs []Result) *Result {
	best := &runs[0]
	for i := range runs {
		if Succeeded(&runs[i]) > Succeeded(best) {
			best = &runs[i]
		}
	}
	return best
}

// FailsLeast tells whether a run is one of those that fail least, of which the most successful is given. Who fails more is not called
// best on a latency: who lets the slow requests fail has only quick ones left.
func FailsLeast(r, most *Result) bool { return Succeeded(r) >= Succeeded(most)-EquallyOften }
