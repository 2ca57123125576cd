package report

import "time"

// present is how long a worker was there during the window: what its utilisation divides by. With several balancers, as the one knows it
// that knew it longest, but for no less than it was busy: where workers leave, each may have known it to work when the others did not.
func (e *ending) present(w *WorkerFacts) (longest time.Duration) {
	books := e.books(w.ID)
	if slots := time.Duration(w.Concurrency); len(books) > 1 {
		longest = (e.busyOf(w) + slots - 1) / slots
	}
	for _, book := range books {
		if e.whole {
			longest = max(longest, book.Stays.Ever(max(e.Ended, w.Ended))) // a service that an interruption cuts goes on
		} else {
			longest = max(longest, book.Stays.Inside(e.overlap))
		}
	}
	return longest
}

// fair is how many requests all balancers would have sent to a worker in the window, had they dealt them by speed to those that were there.
func (e *ending) fair(w *WorkerFacts) (sum float64) {
	for _, book := range e.books(w.ID) {
		if e.whole {
			sum += book.Fair.Ever
		} else {
			sum += book.Fair.Inside
		}
	}
	return sum
}

// overlap returns how much of a time lies in the window.
func (e *ending) overlap(from, to time.Duration) time.Duration {
	return max(0, min(to, e.to)-max(from, e.from))
}

// busyOf and begunOf are a worker's slot-time in service, and the services it began, in the window.
func (e *ending) busyOf(w *WorkerFacts) time.Duration {
	if e.whole {
		return w.Busy
	}
	return w.BusyInside
}

func (e *ending) begunOf(w *WorkerFacts) int {
	if e.whole {
		return w.Begun
	}
	return w.BegunInside
}

// answers is how many answers all workers gave in the window.
func (e *ending) answers() int {
	if all := e.worked(); e.whole {
		return all.Answered
	} else {
		return all.AnsweredInside
	}
}

// busy is the slot-time in service of all workers in the window.
func (e *ending) busy() (sum time.Duration) {
	for i := range e.Workers {
		sum += e.busyOf(&e.Workers[i])
	}
	return sum
}

// pendingOf returns ∫ pending dt of a worker in the window, of all balancers together, for integrals add up, and the most
// that was pending at once. Maxima do not add up, as those of several balancers were not at one instant: then it is nil.
func (e *ending) pendingOf(worker int) (integral float64, most *Count) {
	books := e.books(worker)
	for i := range books {
		book := &books[i]
		if e.whole {
			book.PendInside, book.MostPending = book.PendEver, book.MostEver
		}
		integral += book.PendInside
	}
	if len(books) == 1 {
		most = new(Count(books[0].MostPending))
	}
	return integral, most
}

// queueFull tells whether a worker held in the window as many as every balancer lets it hold, if any of them could wait.
func (e *ending) queueFull(w *WorkerFacts) bool {
	books := e.books(w.ID)
	if w.Share == 0 || w.Share*len(books) <= w.Concurrency {
		return false
	}
	for i := range books {
		most := books[i].MostPending
		if e.whole {
			most = books[i].MostEver
		}
		if most < w.Share {
			return false
		}
	}
	return true
}

// describeWorkers writes the workers' rows, and what compares them.
func describeWorkers(r *Result, e *ending) {
	begun := 0
	for i := range e.Workers {
		begun += e.begunOf(&e.Workers[i])
	}
	var slotTime wide
	r.Workers = make([]WorkerRow, len(e.Workers))
	for i := range e.Workers {
		w := &e.Workers[i]
		pending, most := e.pendingOf(w.ID)
		present := e.present(w)
		r.Workers[i] = WorkerRow{
			ID:          w.ID,
			Speed:       w.Speed,
			Requests:    Count(e.begunOf(w)),
			Processed:   Count(w.Begun - w.Failed),
			Failed:      Count(w.Failed),
			Share:       ratio(float64(e.begunOf(w)), float64(begun)),
			Utilization: ratio(float64(e.busyOf(w)), float64(w.Concurrency)*float64(present)),
			MeanActive:  ratio(float64(e.busyOf(w)), float64(present)),
			MeanPending: ratio(pending, float64(e.length())),
			MaxPending:  most,
			QueueFull:   e.queueFull(w),
			Fair:        e.fair(w),
		}
		if e.Retries {
			r.Workers[i].Retries = new(Count(w.Retried))
		}
		slotTime.addProduct(uint64(w.Concurrency), uint64(present))
	}
	if e.length() > 0 {
		r.Slots = slotTime.over(float64(e.length()))
	}
	r.Utilization = ratio(float64(e.busy()), slotTime.over(1))
	r.Imbalance, r.Jain = evenness(r.Workers, e.Workers)
}

// evenness returns how evenly requests are spread over the workers' capacities x = requests / (speed × concurrency):
// max / mean, and Jain's index (Σx)² / (n Σx²) (Jain, Chiu & Hawe 1984). Both are 1 if all x are equal. Workers that were never there
// count for neither.
func evenness(rows []WorkerRow, workers []WorkerFacts) (imbalance, jain *float64) {
	var most, sum, squares float64
	n := 0.0
	for i, w := range workers {
		if rows[i].Requests == 0 && rows[i].Utilization == nil {
			continue // of a pool, and in reserve all the time
		}
		n++
		x := float64(rows[i].Requests) / (w.Speed * float64(w.Concurrency))
		most = max(most, x)
		sum += x
		squares += x * x
	}
	imbalance, jain = ratio(most*n, sum), ratio(sum*sum, n*squares)
	if jain != nil { // rounding may carry either across its limit
		*imbalance, *jain = max(*imbalance, 1), min(*jain, 1)
	}
	return imbalance, jain
}
