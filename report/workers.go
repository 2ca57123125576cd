package report

import (
	"slices"
	"time"
)

// wholeRun returns the facts with the whole run in the place of the window, for a run whose window never opened.
func wholeRun(facts []WorkerFacts) []WorkerFacts {
	whole := make([]WorkerFacts, len(facts))
	for i, w := range facts {
		w.BegunInside, w.BusyInside = w.Begun, w.Busy
		w.Books = slices.Clone(w.Books)
		for j := range w.Books {
			k := &w.Books[j]
			k.PendInside, k.MostPending = k.PendEver, k.MostEver
		}
		whole[i] = w
	}
	return whole
}

func sumBusy(workers []WorkerFacts) time.Duration {
	var busy time.Duration
	for i := range workers {
		busy += workers[i].BusyInside
	}
	return busy
}

func slots(workers []WorkerFacts) int {
	n := 0
	for i := range workers {
		n += workers[i].Concurrency
	}
	return n
}

// pendInside is ∫ pending dt inside the window, of all balancers together: integrals add up.
func (w *WorkerFacts) pendInside() float64 {
	sum := 0.0
	for i := range w.Books {
		sum += w.Books[i].PendInside
	}
	return sum
}

// mostPending is the most that was pending at once inside the window. Maxima do not add up, for those of several balancers
// were not at one instant: then nobody has seen it.
func (w *WorkerFacts) mostPending() *int {
	if len(w.Books) != 1 {
		return nil
	}
	return &w.Books[0].MostPending
}

// describeWorkers writes the workers' rows over a window of this length, and what compares them, into r.
func describeWorkers(r *Result, workers []WorkerFacts, length time.Duration) {
	begun := 0
	for i := range workers {
		begun += workers[i].BegunInside
	}
	r.Workers = make([]WorkerRow, len(workers))
	for i, w := range workers {
		r.Workers[i] = WorkerRow{
			ID:          w.ID,
			Speed:       w.Speed,
			Requests:    w.BegunInside,
			Share:       ratio(float64(w.BegunInside), float64(begun)),
			Utilization: ratio(float64(w.BusyInside), float64(w.Concurrency)*float64(length)),
			MeanPending: ratio(w.pendInside(), float64(length)),
			MaxPending:  w.mostPending(),
		}
	}
	r.Utilization = ratio(float64(sumBusy(workers)), float64(slots(workers))*float64(length))
	r.Imbalance, r.Jain = evenness(workers)
}

// evenness returns how evenly requests are spread over the workers' capacities x = requests / (speed × concurrency):
// max / mean, and Jain's index (Σx)² / (n Σx²) (Jain, Chiu & Hawe 1984). Both are 1 if all x are equal.
func evenness(workers []WorkerFacts) (imbalance, jain *float64) {
	var most, sum, squares float64
	for _, w := range workers {
		x := float64(w.BegunInside) / (w.Speed * float64(w.Concurrency))
		most = max(most, x)
		sum += x
		squares += x * x
	}
	n := float64(len(workers))
	imbalance, jain = ratio(most*n, sum), ratio(sum*sum, n*squares)
	if jain != nil { // rounding may carry either across its limit
		*imbalance, *jain = max(*imbalance, 1), min(*jain, 1)
	}
	return imbalance, jain
}
