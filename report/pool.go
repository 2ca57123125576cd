package report

import "time"

// PoolFigures are what became of a pool of workers.
type PoolFigures struct {
	Started int      `json:"started"` // workers, in the whole run, beside those of the start
	Left    int      `json:"left"`    // workers, in the whole run
	Peak    int      `json:"peak"`    // the most that were there at once, in the whole run
	Mean    *float64 `json:"mean"`    // how many were there in the mean, over the window
}

// size is how many workers were there in the mean between two instants. Several balancers may know it otherwise, and that counts which
// knew of the most. A Ledger that says nothing of it is that of a run in which all were always there.
func (e *ending) size(from, to time.Duration) float64 {
	most := 0.0
	for i := range e.Balancers {
		size := &e.Balancers[i].Size
		if size.Most == 0 {
			return float64(len(e.Workers))
		}
		most = max(most, size.Mean(from, to))
	}
	if len(e.Balancers) == 0 {
		return float64(len(e.Workers))
	}
	return most
}

// describePool writes what became of the pool, if there was one.
func describePool(r *Result, e *ending) {
	if !e.Pool {
		return
	}
	all := e.balanced()
	r.Pool = &PoolFigures{Started: all.Started, Left: all.Left}
	for i := range e.Balancers {
		r.Pool.Peak = max(r.Pool.Peak, e.Balancers[i].Size.Most)
	}
	var there wide
	for i := range e.Workers {
		there.addProduct(1, uint64(e.present(&e.Workers[i])))
	}
	r.Pool.Mean = ratio(there.over(1), float64(e.length()))
}
