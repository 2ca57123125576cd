package balancer

// lifoLine is last in, first out. It is unfair, but under overload the requests that it serves have waited for a short time only; the others
// would have timed out anyway.
type lifoLine struct{ queue }

func newLifoLine(spare *spares) line { return &lifoLine{queue{spare: spare}} }

func (l *lifoLine) head() *waiter { return l.newest() }

func (l *lifoLine) before(a, b *waiter) bool { return a.arrival > b.arrival }
