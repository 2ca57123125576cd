package report

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// served is a request that began then and succeeded after so long, in milliseconds.
func served(id, at, latency int) requester.Outcome {
	start := time.Duration(at) * time.Millisecond
	return requester.Outcome{ID: id, Start: start, Decided: start + time.Duration(latency)*time.Millisecond, Verdict: requester.Succeeded}
}

// falling are requests, one every 10 ms: the latency of the first so many falls from 100 ms evenly, that of the others is 5 ms.
func falling(transient, all int) []requester.Outcome {
	var outcomes []requester.Outcome
	for i := range all {
		outcomes = append(outcomes, served(i, 10*i, max(5, 100*(transient-i)/max(1, transient))))
	}
	return outcomes
}

// shuffled is the same in another order.
func shuffled(outcomes []requester.Outcome, seed uint64) []requester.Outcome {
	random := rand.New(rand.NewPCG(seed, 1))
	random.Shuffle(len(outcomes), func(i, j int) { outcomes[i], outcomes[j] = outcomes[j], outcomes[i] })
	return outcomes
}

// found is what a run says that is open for so long, on a clock that goes so many times as fast.
func (s *transient) found(open time.Duration, scale int64) Transient {
	var r Result
	s.describe(&r, &ending{second: scale * int64(time.Second), to: open})
	return *r.Transient
}

func TestTheTransientOfARun(t *testing.T) {
	const second = time.Second
	constant := falling(0, 100)
	failed := falling(20, 100)
	for i := range failed {
		if i >= 49 {
			failed[i].Verdict = requester.Failed
		}
	}
	late := append(falling(20, 100), served(100, 5000, 1)) // there were no arrivals for a while: request 20 began at 0.2 s
	for i := range late[:100] {
		late[i].Start += 4 * second
		late[i].Decided += 4 * second
	}
	for _, test := range []struct {
		says     string
		outcomes []requester.Outcome
		open     time.Duration
		scale    int64
		want     Transient
	}{
		{"the latency of 5 ms is that of request 19 and all after it; the first whole batch of it begins with request 20",
			falling(20, 100), second, 1, Transient{Ends: 200 * time.Millisecond, Share: 0.2, Found: true}},
		{"the clock of the run goes four times as fast", falling(20, 100), second, 4, Transient{Ends: 50 * time.Millisecond, Share: 0.2, Found: true}},
		{"of equal latencies nothing is cut", constant, second, 1, Transient{Found: true}},
		{"more than half is not cut: of 20 batches 10", falling(80, 100), second, 1,
			Transient{Ends: 500 * time.Millisecond, Share: 0.5, AtLimit: true, Found: true}},
		{"what begins after the window is left out: of 50 requests 5 batches", falling(80, 100), second / 2, 1,
			Transient{Ends: 250 * time.Millisecond, Share: 0.5, AtLimit: true, Found: true}},
		{"49 that succeeded are too few", failed, second, 1, Transient{}},
		{"the instant of request 20 is 4.2 s, and half of the run is over at 2.5 s", late, 5 * second, 1,
			Transient{Ends: 2500 * time.Millisecond, Share: 0.5, AtLimit: true, Found: true}},
	} {
		s := newTransient(transientSample)
		s.add(shuffled(test.outcomes, 1))
		assert.Equal(t, test.want, s.found(test.open, test.scale), test.says)
	}
}

// Of many requests a sample is kept, the same in whatever order they come: at most so many, and more than a quarter of that, but for chance
// of one in 10^30. In it 200 of 1000 that are slow are about 20 of 100.
func TestOfManyRequestsASampleTellsTheTransient(t *testing.T) {
	const most = 1000
	var first []arrived
	for seed := range uint64(5) {
		s := newTransient(most)
		for block := range 10 {
			all := shuffled(falling(2000, 10_000), seed)
			s.add(all[block*1000:][:1000])
			assert.LessOrEqual(t, len(s.kept), most)
		}
		assert.Greater(t, len(s.kept), most/4)
		cut := s.found(100*time.Second, 1)
		assert.InDelta(t, 0.19, cut.Share, 0.02) // from request 1900 on all have 5 ms; a batch is 5 of 625 that are kept, 0.8 %
		if first == nil {
			first = s.kept
		}
		assert.Equal(t, first, s.kept)
	}
}

// The cut is that of the strategy whose transient is longest, of those where anybody can tell.
func TestTheLongestTransientIsCut(t *testing.T) {
	c := Cut{Of: 4}
	c.Lengthen("a", Transient{})
	assert.False(t, c.Found)
	c.Lengthen("b", Transient{Found: true})
	c.Lengthen("c", Transient{Ends: 5, Share: 0.1, Found: true})
	c.Lengthen("d", Transient{Ends: 5, Share: 0.1, Found: true})
	c.Lengthen("e", Transient{Ends: 3, Share: 0.2, Found: true})
	assert.Equal(t, Cut{Transient: Transient{Ends: 5, Share: 0.1, Found: true}, Strategy: "c", Of: 4}, c)
}
