package report

import "time"

// PoolFigures are what became of a pool of workers.
type PoolFigures struct {
	Started Count    `json:"started"`         // workers, in the whole run, beside those of the start
	Left    Count    `json:"left"`            // workers, in the whole run
	Peak    Count    `json:"peak" mean:"max"` // the most that were there at once, in the whole run
	Least   Count    `json:"least"`           // the fewest
	Mean    *float64 `json:"mean"`            // how many were there in the mean, over the window
	Moves   []Move   `json:"moves"`           // how it grew and shrank, at most the first hundred times
	More    int      `json:"-"`               // how often after that
}

// A Move is that a pool grew, or shrank, at once or in steps less than a scale interval apart.
type Move struct {
	From         int     `json:"from" mean:"key"` // workers
	To           int     `json:"to" mean:"key"`
	StartSeconds float64 `json:"start_seconds" mean:"key"` // the first step
	EndSeconds   float64 `json:"end_seconds" mean:"key"`   // the last
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

// active is how many workers held something in the mean between two instants; nil where there is no pool.
func (e *ending) active(from, to time.Duration) *float64 {
	if !e.Pool || len(e.Balancers) != 1 {
		return nil
	}
	mean := e.Balancers[0].Story.Active.Mean(from, to)
	return &mean
}

// describePool writes what became of the pool, if there was one.
func describePool(r *Result, e *ending) {
	if !e.Pool {
		return
	}
	r.Pool = &PoolFigures{Moves: []Move{}}
	if len(e.Balancers) > 0 { // a pool has one owner, and of a resize all know the same
		story := &e.Balancers[0].Story
		r.Pool.Least, r.Pool.More = Count(story.Least), story.More
		for _, m := range story.Moves {
			r.Pool.Moves = append(r.Pool.Moves, Move{m.From, m.To, e.seconds(m.Since), e.seconds(m.Until)})
		}
	}
	for i := range e.Balancers { // each of which knows of all
		r.Pool.Started = max(r.Pool.Started, Count(e.Balancers[i].Started))
		r.Pool.Left = max(r.Pool.Left, Count(e.Balancers[i].Left))
		r.Pool.Peak = max(r.Pool.Peak, Count(e.Balancers[i].Size.Most))
	}
	var there wide
	for i := range e.Workers {
		there.addProduct(1, uint64(e.present(&e.Workers[i])))
	}
	r.Pool.Mean = ratio(there.over(1), float64(e.length()))
}
