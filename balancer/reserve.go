package balancer

import "slices"

// A reserve is the workers of a pool that are no members, and how each of them will become one.
type reserve struct {
	places []place // by worker id
	size   int     // how many stand in it, and are not on their way
	lowest int     // none of them has a lower id
}

// A place is where a worker stands that may join.
type place struct {
	Join
	in     bool // the reserve, or on its way out of it
	called bool // it is on its way: it will be there after a delay
}

// keep takes a worker into the reserve, if it is to join there, or does so already: one that comes back as a new incarnation while it
// is not needed. It tells whether it did.
func (r *reserve) keep(j Join) bool {
	r.places = withPlace(r.places, j.Worker)
	at := &r.places[j.Worker]
	at.Join = j
	at.Join.Reserve = false // when it leaves it, it joins for good
	if j.Reserve && !at.in {
		r.enter(j.Worker)
	}
	return at.in
}

// complete tells whether all workers below the highest that has come are known.
func (r *reserve) complete() bool {
	return !slices.ContainsFunc(r.places, func(p place) bool { return p.Queue == nil })
}

// enter takes a worker in that has left.
func (r *reserve) enter(id int) {
	r.places[id].in = true
	r.size++
	r.lowest = min(r.lowest, id)
}

// next calls the worker of the lowest id in the reserve, which must not be empty. O(1) for each of several that are called at once.
func (r *reserve) next() int {
	for !r.places[r.lowest].in || r.places[r.lowest].called {
		r.lowest++
	}
	r.places[r.lowest].called = true
	r.size--
	return r.lowest
}

// leave returns how a worker that has been called joins.
func (r *reserve) leave(id int) Join {
	at := &r.places[id]
	at.in, at.called = false, false
	return at.Join
}
