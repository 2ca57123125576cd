package balancer

import "time"

// Quiescence says how the balancer finds out that nothing more will happen. Some things happen again and again by themselves: workers
// beat, and checks and sweeps are made at intervals. In simulated time they would keep the clock going for ever when everybody else
// waits in vain, and so hide that the run hangs. Once the balancer is quiet they cease.
type Quiescence struct {
	Last    time.Duration // no request begins after this instant, but retries; 0: that is not known
	Quiet   time.Duration // if nothing has happened for so long after that, nothing will; 0: that is not known
	Hurry   func() bool   // tells whether the person who interrupted the run has waited enough: then the balancer is quiet, too; nil: never
	Silence chan struct{} // closed to tell the hearts that the balancer wants to hear no more beats

	quiet bool
	news  news
}

// news is how much had been received and completed when the balancer looked last, and when it first saw so much.
type news struct {
	count int
	at    time.Duration
}

// isQuiet tells whether the balancer is quiet: it looks whether it has become so.
func (b *Balancer) isQuiet() bool {
	if count := b.ledger.Admitted + b.ledger.Completed; count != b.news.count {
		b.news = news{count, b.now}
	}
	forLong := b.Quiet > 0 && b.now-max(b.news.at, b.Last) > b.Quiet
	if !b.quiet && (forLong || b.Hurry != nil && b.Hurry()) {
		b.hush()
	}
	return b.quiet
}

// hush makes the balancer quiet.
func (b *Balancer) hush() {
	if !b.quiet && b.Silence != nil {
		close(b.Silence)
	}
	b.quiet = true
}
