package balancer

import "waza/worker"

// A Fair is how many requests a worker would have been sent, were each request dealt in equal parts, by their speed, to the members that were
// there when it was sent.
type Fair struct {
	Inside float64 // of those that were sent in the measured window
	Ever   float64 // whole run
}

func (f Fair) times(weight float64) Fair { return Fair{weight * f.Inside, weight * f.Ever} }
func (f Fair) plus(other Fair) Fair      { return Fair{f.Inside + other.Inside, f.Ever + other.Ever} }
func (f Fair) minus(other Fair) Fair     { return f.plus(other.times(-1)) }

// fairness is the watcher that counts that. What every member of weight 1 would have been sent is one sum for all, to which each request adds; a
// member has what the sum has grown by while it was there. So nothing goes through the members for a request.
type fairness struct {
	deaf
	window  worker.Window
	weights float64 // of the members
	each    Fair    // for weight 1, since the start
	since   map[*member]Fair
}

func (f *fairness) joined(m *member) {
	f.weights += m.Weight
	f.since[m] = f.each
}

func (f *fairness) left(m *member) {
	if since, here := f.since[m]; here {
		f.weights -= m.Weight
		m.book.Fair = m.book.Fair.plus(f.each.minus(since).times(m.Weight))
		delete(f.since, m)
	}
}

func (f *fairness) sent(_ *member, j *worker.Job) {
	if len(f.since) == 0 { // it goes to one that has ceased to be a member
		return
	}
	more := Fair{Ever: 1 / f.weights}
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
