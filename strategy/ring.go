package strategy

import (
	"iter"
	"math"
	"slices"
)

// A ring is the range of the hash bent into a circle. Each worker has many points on it, and a key belongs to the
// first point clockwise (Karger et al., "Consistent Hashing and Random Trees", 1997). Where a worker's points are
// depends on its id alone, and how many on its weight: one that leaves gives up its arcs and one that joins takes some, and
// all others stay.
//
// Weights are relative, so how many points a unit of weight has follows from the weights of all: see pointScale. That is worked out at the
// first pick, and stays when members come and go, or each change would move points of all. Only a newcomer so light that it would have too
// few points makes the ring anew.
type ring struct {
	members
	density int                // points of a worker of mean weight
	weights perWorker[float64] // of all that have ever joined, so that all balancers reckon with the same; 0: none has, under that id
	scale   float64            // points for a unit of weight; 0: not known yet
	owners  perWorker[*Worker]
	points  []point // clockwise
	placed  bool    // points are up to date: no worker has joined since
	hurry   func() bool
}

// A point ends the arc of the keys that belong to its owner. It is one number, where it is above whose it is, so that points in their order
// are clockwise, those of one place by id, and the order of joins is nowhere in it. There are two to the power of 32 places,
// hundreds to a point.
type point uint64

func newPoint(at uint64, id int) point { return point(at>>(hashBits-32)<<32 | uint64(id)) }

func (p point) owner() int { return int(uint32(p)) }

// Join leaves the points to the next pick: those of ten thousand joins are placed once. If the weight changes later, no point moves.
func (r *ring) Join(w *Worker) {
	r.members.Join(w)
	r.weights.renew(w.ID)
	r.weights[w.ID] = w.Weight
	r.owners.renew(w.ID)
	r.owners[w.ID] = w
	if r.scale > 0 && pointsOf(r.scale, w.Weight) < leastPoints(r.density) {
		r.scale = 0
	}
	r.placed = false
}

func (r *ring) Leave(w *Worker) {
	r.members.Leave(w)
	r.points = slices.DeleteFunc(r.points, func(p point) bool { return p.owner() == w.ID })
}

// place puts the points of all members in their order. They are hashes, so they lie evenly: each goes into the part of the circle where it
// belongs, and then each part is sorted. They are drawn twice, the first time only to be counted, since drawing costs less than memory. Even
// so, the sixteen million points of a hundred thousand workers take seconds: in a hurry none is placed, and no worker picked.
func (r *ring) place() {
	if r.scale == 0 {
		r.scale = pointScale(r.density, r.weights)
	}
	const parts = 1 << 12
	const shift = 64 - 12
	var ends [parts + 1]int32 // of each part; once it is filled, its start
	for p := range r.drawn() {
		ends[p>>shift]++
	}
	for i := 1; i <= parts; i++ {
		ends[i] += ends[i-1]
	}
	r.points, r.placed = make([]point, ends[parts]), true
	for p := range r.drawn() {
		end := &ends[p>>shift]
		*end--
		r.points[*end] = p
	}
	for i := range parts {
		if r.hurried() {
			r.points = nil
			return
		}
		slices.Sort(r.points[ends[i]:ends[i+1]])
	}
}

func (r *ring) hurried() bool { return r.hurry != nil && r.hurry() }

// drawn yields the points of all members in no order; not all of them, in a hurry.
func (r *ring) drawn() iter.Seq[point] {
	const lookEvery = 1 << 16
	return func(yield func(point) bool) {
		n := 0
		for _, w := range r.workers {
			for i := range pointsOf(r.scale, r.weights[w.ID]) {
				if n++; n%lookEvery == 0 && r.hurried() || !yield(newPoint(hash(uint64(w.ID), uint64(i)), w.ID)) {
					return
				}
			}
		}
	}
}

// clockwise yields the owners of all points, once round from a place on the ring. An owner comes once for each of its
// points. The first costs O(log points), each other O(1).
func (r *ring) clockwise(from uint64) iter.Seq[*Worker] {
	return func(yield func(*Worker) bool) {
		if !r.placed {
			r.place()
		}
		first, _ := slices.BinarySearch(r.points, newPoint(from, 0))
		for i := range r.points {
			if !yield(r.owners[r.points[(first+i)%len(r.points)].owner()]) {
				return
			}
		}
	}
}

// pointScale is how many points a worker has for a unit of weight: as many as make --ring-points of the mean weight, and so many
// times more that the least weight has ten of them, lest its share be a matter of rounding and of luck.
func pointScale(density int, weights []float64) float64 {
	n, sum, least := 0, 0.0, math.Inf(1)
	for _, w := range weights {
		if w > 0 {
			n++
			sum += w
			least = min(least, w)
		}
	}
	if n == 0 {
		return 0
	}
	return max(float64(density)*float64(n)/sum, float64(leastPoints(density))/least)
}

// leastPoints is how many points the lightest worker has at least: who wants fewer than ten of the mean gets no more.
func leastPoints(density int) int { return min(10, density) }

// pointsOf is a number of points, at least one: without any a worker would never be found. Just under a half is rounded up, too,
// for the same weights in another unit may be rounded to either side of it.
func pointsOf(scale, weight float64) int { return max(1, int(scale*weight+0.5+1e-6)) }

// RingSize is how many points workers of these weights have on one ring, where one of the mean weight has so many.
func RingSize(density int, weights []float64) float64 {
	scale, points := pointScale(density, weights), 0.0
	for _, w := range weights {
		points += max(1, math.Floor(scale*w+0.5)) // as in pointsOf, but for what no int has room for
	}
	return points
}
