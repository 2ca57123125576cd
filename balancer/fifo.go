package balancer

// fifoLine is first in, first out.
type fifoLine struct{ queue }

func newFifoLine(spare *spares) line { return &fifoLine{queue{spare: spare}} }

func (l *fifoLine) head() *waiter { return l.oldest() }

func (l *fifoLine) before(a, b *waiter) bool { return a.arrival < b.arrival }
