package balancer

import "waza/worker"

// A Fair is how many requests a worker would have been sent, were each request dealt in equal parts, by their speed, to the members that were
// there when it was sent.
type Fair struct {
	Inside float64 // of those that were sent in the measured window
	Ever   float64 // whole run
}

func (f Fair) times(speed float64) Fair { return Fair{speed * f.Inside, speed * f.Ever} }
func (f Fair) plus(other Fair) Fair     { return Fair{f.Inside + other.Inside, f.Ever + other.Ever} }
func (f Fair) minus(other Fair) Fair    { return f.plus(other.times(-1)) }

// fairness is the watcher that counts that. What every member of speed 1 would have been sent is one sum for all, to which each request adds; a
// member has what the sum has grown by while it was there. So nothing goes through the members for a request. Weights do not count: they are
// what the balancer thinks a member is worth, and a slow start changes them.
type fairness struct {
	deaf
	window worker.Window
	speeds float64 // of the members together
	each   Fair    // for speed 1, since the start
	since  map[*member]Fair
}

func (f *fairness) joined(m *member) {
	f.speeds += m.speed
	f.since[m] = f.each
}

func (f *fairness) left(m *member) {
	if since, here := f.since[m]; here {
		m.book.Fair = m.book.Fair.plus(f.each.minus(since).times(m.speed))
		f.speeds -= m.speed
		delete(f.since, m)
	}
	if len(f.since) == 0 {
		f.speeds = 0 // what rounding has left
	}
}

func (f *fairness) sent(_ *member, j *worker.Job) {
	if f.speeds <= 0 { // it goes to one that has ceased to be a member, or nobody has told how fast they are
		return
	}
	more := Fair{Ever: 1 / f.speeds}
	if f.window.Known().Contains(j.Dispatched) {
		more.Inside = more.Ever
	}
	f.each = f.each.plus(more)
}

// close lets the members that are there have what is theirs.
func (f *fairness) close() {
	for m := range f.since {
		f.left(m)
	}
}
