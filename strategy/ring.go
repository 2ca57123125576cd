package strategy

import (
	"cmp"
	"iter"
	"math"
	"slices"
)

// A ring is the range of the hash bent into a circle. Each worker has many points on it, and a key belongs to the
// first point clockwise (Karger et al., "Consistent Hashing and Random Trees", 1997). Where a worker's points are
// depends on its id alone: one that leaves gives up its arcs and one that joins takes some, and all others stay.
type ring struct {
	density int     // points of a worker of weight 1
	points  []point // clockwise, if sorted
	sorted  bool
}

// A point ends the arc of the keys that belong to its owner.
type point struct {
	at    uint64
	owner *Worker
}

// Join leaves the sorting to the next pick: ten thousand joins are sorted once. If the weight changes later, no point moves.
func (r *ring) Join(w *Worker) {
	for i := range max(1, int(math.Round(float64(r.density)*w.Weight))) {
		r.points = append(r.points, point{hash(uint64(w.ID), uint64(i)), w})
	}
	r.sorted = false
}

func (r *ring) Leave(w *Worker) {
	r.points = slices.DeleteFunc(r.points, func(p point) bool { return p.owner == w })
}

// clockwise yields the owners of all points, once round from a place on the ring. An owner comes once for each of its
// points. The first costs O(log points), each other O(1).
func (r *ring) clockwise(from uint64) iter.Seq[*Worker] {
	return func(yield func(*Worker) bool) {
		if !r.sorted {
			slices.SortFunc(r.points, func(a, b point) int {
				return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.owner.ID, b.owner.ID)) // in the order of no join
			})
			r.sorted = true
		}
		first, _ := slices.BinarySearchFunc(r.points, from, func(p point, at uint64) int { return cmp.Compare(p.at, at) })
		for i := range r.points {
			if !yield(r.points[(first+i)%len(r.points)].owner) {
				return
			}
		}
	}
}
