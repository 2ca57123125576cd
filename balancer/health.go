package balancer

// A cause is why a member is not fit to be sent to, for now. It may have several at once: it is fit when it has none. Strategies never
// learn of them, and tables do not change: an unfit member is passed by as a full one is.
type cause uint8

const (
	ejected cause = 1 << iota // it answers worse than the others: outlier detection
	tripped                   // its circuit breaker is open
	down                      // it does not answer health checks
)

// health is that of the members together. Where less than a share of them are fit, the balancer panics and heeds no cause: to send
// everything to the few that are left would take them down, too.
type health struct {
	members, fit int
	panics       bool
	below        float64 // the share
}

func (h *health) joined(m *member) {
	h.members++
	if m.causes == 0 {
		h.fit++
	}
	h.judge()
}

func (h *health) left(m *member) {
	h.members--
	if m.causes == 0 {
		h.fit--
	}
	h.judge()
}

func (h *health) judge() { h.panics = float64(h.fit) < h.below*float64(h.members) }

// takes tells whether a member may be sent to.
func (h *health) takes(m *member) bool {
	return m.presence == joined && m.Held < m.Limit && (!m.Unfit || h.panics)
}

// mark says that a member has that cause, or has it no more.
func (b *Balancer) mark(m *member, c cause, has bool) {
	before := m.causes
	if m.causes &^= c; has {
		m.causes |= c
	}
	m.Unfit = m.causes != 0
	if m.presence != joined || (before == 0) == (m.causes == 0) {
		return
	}
	if m.Unfit {
		b.health.fit--
	} else {
		b.health.fit++
	}
	panicked := b.health.panics
	b.health.judge()
	if panicked != b.health.panics {
		b.waiting.roomAnywhere()
	} else {
		b.waiting.room(m)
	}
}
