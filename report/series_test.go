package report

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/balancer"
	"waza/internal/drawn"
	"waza/requester"
)

// Whatever the requests, the parts' integrals add up to the times in the system, each part's integral is what the
// definition gives for it, and there are 100 to 200 parts once the run is long enough.
func TestSeriesIntegral(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		s := newSeries(1)
		var latest time.Duration
		var want wide
		n := rapid.IntRange(1, 60).Draw(t, "requests")
		outcomes := make([]requester.Outcome, n)
		for i := range outcomes {
			start := time.Duration(rapid.Int64Range(0, 1e11).Draw(t, "start"))
			decided := start + time.Duration(rapid.Int64Range(0, 1e10).Draw(t, "time in system"))
			outcomes[i] = requester.Outcome{Start: start, Decided: decided}
			latest = max(latest, decided)
			want.add(uint64(decided - start))
		}
		s.add(outcomes)
		assert.Equal(t, want, s.total())
		if latest >= 100*shortestPart {
			assert.GreaterOrEqual(t, len(s.parts), 100)
		}
		assert.LessOrEqual(t, len(s.parts), mostParts)
		for i, integral := range s.integrals() {
			part := NewWindow(time.Duration(i)*s.length, time.Duration(i+1)*s.length)
			var inPart wide
			for _, o := range outcomes {
				inPart.add(uint64(part.Overlap(o.Start, o.Decided)))
			}
			assert.Equal(t, inPart, integral)
		}
	})
}

func TestSeriesRows(t *testing.T) {
	s := newSeries(1)
	const second = time.Second
	for i := range 10_000 { // one per 10 ms from 0 to 100 s, each 50 ms in the system: five are in it
		o := requester.Outcome{Start: time.Duration(i) * second / 100}
		o.Decided = o.Start + 50*time.Millisecond
		if o.Start >= 50*second {
			o.Verdict = requester.Failed
		}
		s.add([]requester.Outcome{o})
	}
	var r Result
	var size balancer.Size
	size.Change(0, 3)
	size.Change(30*second, 1) // and of five one never joined
	e := &ending{second: 1e9, Facts: Facts{Workers: make([]WorkerFacts, 5), Balancers: []balancer.Ledger{{Size: size}}}}
	s.describe(&r, e)
	rows := r.Series
	for _, row := range rows[1 : len(rows)-2] {
		assert.InDelta(t, 100, row.RatePerSecond, 2)
		assert.InDelta(t, 5, row.InSystem, 1e-9)
		switch length := rows[1].AtSeconds; {
		case row.AtSeconds+length <= 30:
			assert.Equal(t, 3., row.Workers)
		case row.AtSeconds >= 30:
			assert.Equal(t, 4., row.Workers)
		default:
			assert.InDelta(t, 4-(30-row.AtSeconds)/length, row.Workers, 1e-9, "one joins within the part")
		}
		assert.Nil(t, row.P99, "a part has fewer than 1000 requests")
		if row.AtSeconds > 51 {
			assert.InDelta(t, 100, row.ErrorsPerSecond, 2)
			assert.Equal(t, VerdictRates{Failed: row.ErrorsPerSecond}, row.Verdicts)
			assert.Nil(t, row.P50)
		} else if row.AtSeconds < 48 {
			assert.Zero(t, row.ErrorsPerSecond)
			assert.InDelta(t, 100, row.Verdicts.Succeeded, 2)
			assert.InEpsilon(t, 0.050, *row.P50, 0.01)
		}
	}
}

// A request per millisecond, each moved by less than two periods of 128 ns: each part has as many, whichever way it was moved.
func TestSeriesTakesForEqualWhatLanesPart(t *testing.T) {
	s, random := newSeries(256), rand.New(rand.NewPCG(1, 1))
	const each = 1_024_000 * time.Nanosecond // a power of two of parts of 1 µs
	for i := range 6400 {
		o := requester.Outcome{Start: max(0, time.Duration(i)*each+time.Duration(random.Int64N(256))-128)}
		o.Decided = o.Start
		s.add([]requester.Outcome{o})
	}
	require.Zero(t, s.length%each)
	for i, p := range s.parts {
		assert.EqualValues(t, s.length/each, p.starts, "part %d", i)
		assert.EqualValues(t, s.length/each, p.decideds, "part %d", i)
	}
	assert.Zero(t, s.total())
}

// Percentiles are those of a histogram of all latencies of a part, whether the part kept them as they are, made a histogram
// of them, or was merged from parts of both kinds.
func TestSeriesPercentiles(t *testing.T) {
	for _, c := range []struct {
		says     string
		requests int
		burst    int // this part of the arrivals comes in the last hundredth of the time
	}{
		{"few everywhere", 3000, 0},
		{"many everywhere", 300_000, 0},
		{"few, and many at the end", 40_000, 20_000},
	} {
		s, random := newSeries(1), rand.New(rand.NewPCG(1, 1))
		outcomes := make([]requester.Outcome, c.requests)
		for i := range outcomes {
			at := time.Duration(i) * 100 * time.Second / time.Duration(c.requests)
			if i < c.burst {
				at = 99*time.Second + time.Duration(random.Int64N(int64(time.Second)))
			}
			outcomes[i] = requester.Outcome{Start: at, Decided: at + time.Duration(random.ExpFloat64()*1e7)}
		}
		s.add(outcomes[:c.requests/2])
		s.add(outcomes[c.requests/2:])
		want := make([]*hdrhistogram.Histogram, len(s.parts))
		for i := range want {
			want[i] = newPartLatency()
		}
		for _, o := range outcomes {
			require.NoError(t, want[o.Start/s.length].RecordValue(int64(o.Decided-o.Start)))
		}
		var r Result
		s.describe(&r, &ending{second: 1e9})
		for i, row := range r.Series {
			require.Equal(t, s.parts[i].figure(want[i], 0.5, 1e9), row.P50, c.says)
			require.Equal(t, s.parts[i].figure(want[i], 0.99, 1e9), row.P99, c.says)
		}
	}
}

// Of constant latencies all percentiles are that latency, in a part with few requests and in one with many, from nanoseconds to months.
func TestSeriesPercentilesDoNotExceedTheSlowest(t *testing.T) {
	for _, requests := range []int{mostFew, 3 * mostFew} {
		for _, latency := range []time.Duration{1, 100, 99_999, 10_000_001, 10_000_001_000, 3_000_001 * time.Second} {
			s := newSeries(1)
			for i := range requests {
				s.add([]requester.Outcome{{Start: time.Duration(i), Decided: time.Duration(i) + latency}})
			}
			var r Result
			s.describe(&r, &ending{second: 1e9})
			assert.Equal(t, float64(latency)/1e9, *r.Series[0].P50, "%d of %v", requests, latency)
		}
	}
}
