package report

import (
	"cmp"
	"slices"
	"time"

	"waza/internal/statistics"
	"waza/requester"
)

// A Transient is the time at the beginning of a run in which the system, which starts empty, is unlike what it is later, as MSER-5 finds it
// (see statistics.MSER5) in the latencies of the requests in the order of their intended starts.
type Transient struct {
	Ends    time.Duration // simulated, from the start of the run; 0: there is none
	Share   float64       // of the window of a run without a warm-up, at most half
	AtLimit bool          // it is half of the run, or of the requests: it may be longer, and the run too short to tell
	Found   bool          // fifty requests or more have succeeded; of fewer nobody can tell, and all else is zero
}

// A Cut is the warm-up of all runs at one point, found by a first pass over all their strategies.
type Cut struct {
	Transient        // the longest of all strategies
	Strategy  string // of which it is that; empty: there is none
	Of        int    // how many strategies there are
}

// Lengthen makes it that of the strategy, if that is longer.
func (c *Cut) Lengthen(strategy string, t Transient) {
	if t.Found && (!c.Found || t.Ends > c.Ends) {
		c.Transient, c.Strategy = t, strategy
	}
}

// transientSample is how many latencies are kept at most, 6 MB of them. Of longer runs a sample is kept, in which five in a row are a batch.
const transientSample = 1 << 18

// transient keeps latencies in order to find the transient.
type transient struct {
	most  int
	kept  []arrived
	share float64 // only requests that chance gives less are kept: a power of 1/2
}

// An arrived request is one that succeeded.
type arrived struct {
	id          int
	at, latency time.Duration
}

func newTransient(most int) *transient { return &transient{most: most, share: 1} }

// add keeps what it may. Whenever that is too much, half of all requests are struck out, those that come later too: which are kept in the
// end does not depend on the order in which they come.
func (s *transient) add(block []requester.Outcome) {
	for i := range block {
		o := &block[i]
		if o.Verdict != requester.Succeeded || !s.keeps(o.ID) {
			continue
		}
		s.kept = append(s.kept, arrived{o.ID, o.Start, o.Decided - o.Start})
		for len(s.kept) > s.most {
			s.share /= 2
			s.kept = slices.DeleteFunc(s.kept, func(a arrived) bool { return !s.keeps(a.id) })
		}
	}
}

// keeps tells whether chance gives the request less than the share. It is asked by a hash of the number, and not by the number itself, so
// that the sample is no sample of one priority where these take turns.
func (s *transient) keeps(id int) bool { return s.share == 1 || requester.Chance(uint64(id)) < s.share }

func (s *transient) describe(r *Result, e *ending) {
	slices.SortFunc(s.kept, func(a, b arrived) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id)) })
	var latencies []float64
	for _, a := range s.kept {
		if a.at >= e.to { // of a closed loop whose load falls
			break
		}
		latencies = append(latencies, float64(a.latency))
	}
	r.Transient = &Transient{}
	cut, found := statistics.MSER5(latencies)
	if !found {
		return
	}
	ends, half := time.Duration(0), e.from+e.length()/2
	if cut.Observations > 0 {
		ends = min(s.kept[cut.Observations].at, half)
	}
	*r.Transient = Transient{
		Ends: ends / time.Duration(e.second/int64(time.Second)), Share: float64(ends-e.from) / float64(e.length()),
		AtLimit: cut.AtLimit || ends == half, Found: true,
	}
}
