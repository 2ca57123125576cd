package balancer

import "slices"

// A reserve is the workers of a pool that are not members, and how each of them will join.
type reserve struct {
	places []place // by worker id
	size   int     // how many stand in it and are not on their way
	lowest int     // none of those has a lower id
}

// A place is that of one worker, whether it stands in the reserve or not.
type place struct {
	Join
	in     bool // it stands in the reserve, or is on its way
	called bool // it is on its way: it will be there after a delay
}

// keep takes a worker into the reserve that is to join there. It also keeps one that stands there already, and comes back as a new
// incarnation while it is not needed. It tells whether the worker is in the reserve now.
func (r *reserve) keep(j Join) bool {
	r.places = withPlace(r.places, j.Worker)
	at := &r.places[j.Worker]
	at.Join = j
	at.Join.Reserve = false // for this is how it joins when it leaves the reserve
	if j.Reserve && !at.in {
		r.enter(j.Worker)
	}
	return at.in
}

// complete tells whether all workers up to the highest id that has come have come.
func (r *reserve) complete() bool {
	return !slices.ContainsFunc(r.places, func(p place) bool { return p.Queue == nil })
}

// enter takes a worker into the reserve.
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
