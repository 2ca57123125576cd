package strategy

import (
	"cmp"
	"iter"
	"math"
	"math/bits"
	"slices"
)

// A ring is the range of the hash bent into a circle. Each worker has many points on it, and a key belongs to the
// first point clockwise (Karger et al., "Consistent Hashing and Random Trees", 1997). Where a worker's points are
// depends on its id alone, and how many on its weight: one that leaves gives up its arcs and one that joins takes some, and
// all others stay.
//
// Weights are shares, so the points for a unit of weight follow from the weights of all: see pointScale. They do so at the first
// pick, and stay as they are when members come and go, or each change would move points of all. A newcomer that is
// lighter than all makes the ring anew.
type ring struct {
	members
	density int                // points of a worker of mean weight
	weights perWorker[float64] // of all that have joined, also of those that have left: all balancers have heard the same; 0: nobody
	scale   float64            // points for a unit of weight; 0: not made yet
	points  []point            // clockwise, if sorted
	sorted  bool
}

// A point ends the arc of the keys that belong to its owner.
type point struct {
	at    uint64
	owner *Worker
}

// Join leaves the sorting to the next pick: ten thousand joins are sorted once. If the weight changes later, no point moves.
func (r *ring) Join(w *Worker) {
	r.members.Join(w)
	r.weights.renew(w.ID)
	r.weights[w.ID] = w.Weight
	if r.scale == 0 || pointsOf(r.scale, w.Weight) < leastPoints(r.density) {
		r.scale, r.points = 0, nil
	} else {
		r.place(w)
	}
	r.sorted = false
}

func (r *ring) Leave(w *Worker) {
	r.members.Leave(w)
	r.points = slices.DeleteFunc(r.points, func(p point) bool { return p.owner == w })
}

// place puts a worker's points on the ring.
func (r *ring) place(w *Worker) {
	for i := range pointsOf(r.scale, r.weights[w.ID]) {
		r.points = append(r.points, point{hash(uint64(w.ID), uint64(i)), w})
	}
}

// sort makes the ring fit to be walked.
func (r *ring) sort() {
	if r.scale == 0 {
		r.scale = pointScale(r.density, r.weights)
		r.points = slices.Grow(r.points, int(RingSize(r.density, r.weights)))
		for _, w := range r.workers {
			r.place(w)
		}
	}
	r.points, r.sorted = inOrder(r.points), true
}

// inOrder sorts points. They are hashes, so they lie evenly: each goes into the part of the circle where it belongs, of which there are
// so many that each gets few, and few are quickly sorted. O(points), where to compare them all is O(points · log points): of sixteen
// million, which a hundred thousand workers have, that takes a person's patience.
func inOrder(points []point) []point {
	const few = 16
	shift := hashBits - bits.Len(uint(len(points)/few))
	ends := make([]int32, 1<<(hashBits-shift)) // of each part
	for _, p := range points {
		ends[p.at>>shift]++
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	sorted := make([]point, len(points))
	for _, p := range points { // each part from its end
		part := p.at >> shift
		ends[part]--
		sorted[ends[part]] = p
	}
	for i, start := range ends { // filled, each part ends where the next starts
		end := int32(len(sorted))
		if i+1 < len(ends) {
			end = ends[i+1]
		}
		slices.SortFunc(sorted[start:end], clockwiseFirst)
	}
	return sorted
}

// clockwiseFirst orders points, those of one place by id: the order of joins is nowhere in it.
func clockwiseFirst(a, b point) int {
	if a.at != b.at { // nearly always
		return cmp.Compare(a.at, b.at)
	}
	return cmp.Compare(a.owner.ID, b.owner.ID)
}

// clockwise yields the owners of all points, once round from a place on the ring. An owner comes once for each of its
// points. The first costs O(log points), each other O(1).
func (r *ring) clockwise(from uint64) iter.Seq[*Worker] {
	return func(yield func(*Worker) bool) {
		if !r.sorted {
			r.sort()
		}
		first, _ := slices.BinarySearchFunc(r.points, from, func(p point, at uint64) int { return cmp.Compare(p.at, at) })
		for i := range r.points {
			if !yield(r.points[(first+i)%len(r.points)].owner) {
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
