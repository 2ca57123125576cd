package requester

import (
	"math/rand/v2"
	"time"
)

// Gaps are the times between one request of a run and the next, drawn independently from any distribution: a renewal process. Request 0
// begins at 0, and request i after i gaps. Only the first instant of each block of requests is kept; from there the others are drawn again,
// by a generator of the block. So all requesters can read the same Gaps, and none has to wait for another to learn when its next begins.
type Gaps struct {
	of           Distribution
	seed, stream uint64
	block        int             // requests from one kept instant to the next
	starts       []time.Duration // of request 0, block, 2 block, …
	end          time.Duration   // of the gap after the last request
}

// With mostBlocks the instants that are kept take at most 8 MB. With leastBlock a requester draws few gaps to get to its next request.
const (
	leastBlock = 64
	mostBlocks = 1 << 20
)

// NewGaps draws the gaps of n requests, with generators of that seed and of a stream for each block, from the given one on. O(n).
func NewGaps(of Distribution, n int, seed, stream uint64) *Gaps {
	g := &Gaps{of: of, seed: seed, stream: stream, block: max(leastBlock, (n+mostBlocks-1)/mostBlocks)}
	walk := newGapWalk(g)
	for walk.number < n {
		if walk.number%g.block == 0 {
			g.starts = append(g.starts, walk.at)
			walk.enter(walk.number / g.block)
		}
		walk.advance()
	}
	g.end = walk.at
	return g
}

// End is the sum of all gaps.
func (g *Gaps) End() time.Duration { return g.end }

// A gapWalk goes from one request to the next.
type gapWalk struct {
	*Gaps
	number int           // of a request
	at     time.Duration // when it begins
	source *rand.PCG
	draw   func() time.Duration
}

func newGapWalk(g *Gaps) gapWalk {
	source := new(rand.PCG)
	return gapWalk{Gaps: g, source: source, draw: g.of.Sampler(source)}
}

// enter goes to the first request of a block.
func (w *gapWalk) enter(block int) {
	w.number, w.at = block*w.block, w.starts[block]
	w.source.Seed(w.seed, w.stream|uint64(block))
}

// advance goes to the next request. No instant lies beyond those that a run may have.
func (w *gapWalk) advance() {
	w.number++
	w.at = min(w.at+w.draw(), LongestInstant)
}

// GapArrivals are the requests First, First+Step, … below Total of those Gaps.
type GapArrivals struct {
	First, Step, Total int
	walk               gapWalk
}

// NewGapArrivals returns those of one requester.
func NewGapArrivals(g *Gaps, first, step, total int) *GapArrivals {
	a := &GapArrivals{First: first, Step: step, Total: total, walk: newGapWalk(g)}
	a.walk.number = -1 // nowhere yet
	return a
}

// Next returns the next of them.
func (a *GapArrivals) Next(time.Duration) (time.Duration, bool) {
	if a.First >= a.Total {
		return 0, false
	}
	w := &a.walk
	if block := a.First / w.block; w.number < block*w.block {
		w.enter(block)
	}
	for w.number < a.First {
		w.advance()
	}
	a.First += a.Step
	return w.at, true
}
