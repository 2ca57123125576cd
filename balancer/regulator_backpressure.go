package balancer

import (
	"errors"
	"time"

	"waza/internal/fifo"
	"waza/internal/instant"
	"waza/internal/option"
	"waza/requester"
)

// pressure limits while more than so many requests wait at workers, or while what came back in the last second took longer in the mean, from
// its dispatch. It keeps the answers of one second. O(1), amortised.
type pressure struct {
	queue      int           // noBound: any number may wait
	latency    time.Duration // 0: answers may take as long as they do
	second     time.Duration
	resolution instant.Resolution
	waiting    int
	answers    fifo.Queue[took]
	sum        float64 // of these, in ns
}

// A took is an answer: when it came, and how long it took.
type took struct{ at, length time.Duration }

const noBound = -1

var (
	pressureQueue   = option.New("queue", option.OrNone(option.Whole(0, 1_000_000_000), noBound), "none", "requests that may wait at workers")
	pressureLatency = option.New("latency", option.LengthOrNone(), "none", "mean time from dispatch to answer that is none too long")

	pressureKeys = option.List{pressureQueue, pressureLatency}
)

// checkPressure refuses one that never limits.
func checkPressure(set option.Values) error {
	if pressureQueue.In(set) == noBound && pressureLatency.In(set) == 0 {
		return errors.New("want queue=N, latency=D or both: without, nothing is limited")
	}
	return nil
}

func newPressure(b *Balancer, set option.Values) regulator {
	return &pressure{queue: pressureQueue.In(set), latency: pressureLatency.In(set), second: b.second(), resolution: b.Resolution}
}

func (p *pressure) observe(m *metrics) {
	p.waiting = m.waiting
	if p.latency == 0 {
		return
	}
	if length, is := m.answered(); is {
		p.answers.Push(took{m.now, length})
		p.sum += float64(length)
	}
}

func (p *pressure) limits(now time.Duration) bool {
	for p.answers.Len() > 0 && !p.resolution.Before(now, p.answers.At(0).at+p.second) {
		p.sum -= float64(p.answers.Pop().length)
	}
	deep := p.queue != noBound && p.waiting > p.queue
	return deep || p.latency > 0 && p.sum > float64(p.latency)*float64(p.answers.Len())
}

// until is when the oldest answer counts no more.
func (p *pressure) until(time.Duration) time.Duration {
	if p.answers.Len() == 0 {
		return requester.Never
	}
	return p.answers.At(0).at + p.second
}
