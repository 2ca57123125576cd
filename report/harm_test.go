package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/invented"
	"waza/internal/option"
	"waza/report"
	"waza/requester"
	"waza/worker"
)

// asked is a request and what became of it.
func asked(start, latency time.Duration, verdict requester.Verdict) requester.Outcome {
	o := requester.Outcome{Start: start, Decided: start + latency, Verdict: verdict, Work: time.Millisecond,
		Offered: start, Dispatched: requester.Never, Began: requester.Never, Finished: requester.Never}
	o.Attempts[verdict] = 1
	return o
}

func lasting(name string, at, length time.Duration, workers ...int) report.Fault {
	fault := worker.Fault{Kind: "slow", At: at, For: length, Set: option.Values{"factor": 2.0}}
	return report.Fault{Kind: "slow", Name: name, Episodes: func() *worker.Episodes {
		return worker.NewEpisodes(fault, workers, func(id int) worker.Trouble { return fault.Meet(1, 0, id) }, nil, nil, 1)
	}}
}

// Two hundred requests are answered before the first fault, after 1 to 200 ms: their p99 is 198 ms. The run lasts for 120 s, so that a part of
// the series has 2²⁰ µs.
func TestWhomAFaultHarmsAndWhenItIsOver(t *testing.T) {
	const ms, s, part = time.Millisecond, time.Second, 1 << 20 * time.Microsecond
	var outcomes []requester.Outcome
	ask := func(n int, start, apart, latency time.Duration, v requester.Verdict) {
		for i := range n {
			outcomes = append(outcomes, asked(start+time.Duration(i)*apart, latency, v))
		}
	}
	for i := range 200 {
		ask(1, time.Duration(i)*100*ms, 0, time.Duration(i+1)*ms, requester.Succeeded)
	}
	ask(50, 48*s, ms, 3*s, requester.Succeeded) // answered in the fault: not before it
	ask(1, 50*s-1, 0, ms, requester.Failed)     // began before it
	ask(5, 50*s, s, 100*ms, requester.Succeeded)
	ask(3, 55*s, s, 500*ms, requester.Succeeded) // slower than 198 ms
	ask(2, 58*s, s, ms, requester.Failed)
	ask(1, 60*s, 0, ms, requester.Failed)               // it is over
	ask(100, 58*part, ms, 400*ms, requester.Succeeded)  // the first part after it: too slow
	ask(99, 59*part, ms, 100*ms, requester.Succeeded)   // fast enough, but too few: they are looked at with the next
	ask(100, 60*part, ms, 210*ms, requester.Succeeded)  // less than 217.8 ms: as before
	ask(1000, 70*part, ms, 100*ms, requester.Succeeded) // once more, and too late
	ask(1, 119*s, 0, s, requester.Succeeded)

	options := report.Options{Window: report.NewWindow(0, 100*s), Faults: []report.Fault{
		lasting("one", 50*s, 10*s, 0), lasting("two", 55*s, 10*s, 1, 2), lasting("late", 120*s, s, 0), lasting("on", 110*s, 20*s, 0),
	}}
	never := requester.Never
	r, _ := invented.Fold(options, outcomes, 7).Result(report.Facts{Ended: 120 * s, Balancers: []balancer.Ledger{
		{Detected: [][]time.Duration{{2 * s}, {never, 3 * s}, nil, nil}},
		{Detected: [][]time.Duration{{5 * s}, {1 * s, 4 * s}}},
	}})
	figure := func(v float64) *float64 { return &v }
	number := func(n report.Count) *report.Count { return &n }
	// The first is over at 60 s, and part 60 ends at 61 · 1.048576 = 63.963136 s. The others end at 65 s, and the next part that is as before is the
	// 70th, which ends at 74.448896 s. They meet those of 55 to 59, that of 60 and two hundred of more than 198 ms.
	want := []report.FaultRow{
		{Kind: "slow", Name: "one", Worker: 0, StartSeconds: 50, EndSeconds: figure(60), DetectSeconds: figure(5),
			RecoverSeconds: figure(3.963136), Harmed: number(5), UntilSeconds: figure(60)},
		{Kind: "slow", Name: "two", Worker: 1, StartSeconds: 55, EndSeconds: figure(65), RecoverSeconds: figure(9.448896), Harmed: number(206),
			UntilSeconds: figure(65)},
		{Kind: "slow", Name: "two", Worker: 2, StartSeconds: 55, EndSeconds: figure(65), DetectSeconds: figure(4), RecoverSeconds: figure(9.448896),
			Harmed: number(206), UntilSeconds: figure(65)},
		{Kind: "slow", Name: "on", Worker: 0, StartSeconds: 110, Harmed: number(1), UntilSeconds: figure(130)}, // the run is over before
	}
	assert.Equal(t, want, r.Faults)
	assert.Equal(t, []report.FaultTotal{
		{Fault: "one", Kind: "slow", Episodes: 1, Detected: 1, DetectSeconds: figure(5), Recovered: 1, RecoverSeconds: figure(3.963136), Harmed: number(5),
			Workers: []int{0}, Ended: 1, Followed: 1, Together: 2, Rough: true},
		{Fault: "two", Kind: "slow", Episodes: 2, Detected: 1, DetectSeconds: figure(4), Recovered: 2, RecoverSeconds: figure(9.448896), Harmed: number(206),
			Workers: []int{1, 2}, Ended: 2, Followed: 2, Together: 9, Rough: true},
		{Fault: "late", Kind: "slow", Harmed: number(0), Rough: true},
		{Fault: "on", Kind: "slow", Episodes: 1, Harmed: number(1), Workers: []int{0}, Rough: true},
	}, r.FaultTotals)
}

// Parts of the series that have fewer than a hundred answers are looked at together with those after them: ten a second are as before from the end
// of the fault on, and that is known after a hundred of them, not only in the part in which a hundred came by chance.
func TestPartsWithFewAnswersAreLookedAtTogether(t *testing.T) {
	const ms, s, part = time.Millisecond, time.Second, 1 << 20 * time.Microsecond
	var outcomes []requester.Outcome
	for i := range 1190 {
		outcomes = append(outcomes, asked(time.Duration(i)*100*ms, time.Duration(i%100+1)*ms, requester.Succeeded))
	}
	for i := range 100 {
		outcomes = append(outcomes, asked(90*part+time.Duration(i)*ms, ms, requester.Succeeded))
	}
	options := report.Options{Window: report.NewWindow(0, 120*s), Faults: []report.Fault{lasting("one", 50*s, 10*s, 0)}}
	r, _ := invented.Fold(options, outcomes, 7).Result(report.Facts{Ended: 120 * s})
	require.NotNil(t, r.Faults[0].RecoverSeconds)
	assert.InDelta(t, (68*part - 60*s).Seconds(), *r.Faults[0].RecoverSeconds, 1e-9, "parts 58 to 67 have ten or eleven each")
	assert.EqualValues(t, 10, r.FaultTotals[0].Together)
}

// A fault is followed where enough requests begin in the parts of the series after it, whatever becomes of them: then it is not for want of
// requests that nobody knows when it is over. The run lasts for 120 s, so that a part of the series has 2²⁰ µs; the 60th ends at 62.9 s. The last
// request, at 119 s, counts with them.
func TestAFaultIsFollowedWhereRequestsBeginAfterIt(t *testing.T) {
	const ms, s, part = time.Millisecond, time.Second, 1 << 20 * time.Microsecond
	for n, want := range map[int]int{98: 0, 99: 1} {
		var outcomes []requester.Outcome
		for i := range 200 {
			outcomes = append(outcomes, asked(time.Duration(i)*100*ms, ms, requester.Succeeded))
		}
		for i := range n {
			outcomes = append(outcomes, asked(59*part+time.Duration(i)*ms, ms, requester.Failed))
		}
		options := report.Options{Window: report.NewWindow(0, 100*s), Faults: []report.Fault{lasting("before", 50*s, 10*s, 0), lasting("in", 50*s, 12*s, 0)}}
		r, _ := invented.Fold(options, append(outcomes, asked(119*s, s, requester.Succeeded)), 7).Result(report.Facts{Ended: 120 * s})
		assert.EqualValues(t, want, r.FaultTotals[0].Followed, n)
		assert.Zero(t, r.FaultTotals[0].Recovered)
		assert.Zero(t, r.FaultTotals[1].Followed, "that part begins before its end")
	}
}

func TestOfManyRequestsThoseHarmedAreCounted(t *testing.T) {
	const ms = time.Millisecond
	var outcomes []requester.Outcome
	for i := range 2000 {
		latency := 10 * ms
		if i >= 1000 && i%5 < 3 {
			latency = 11 * ms
		}
		outcomes = append(outcomes, asked(time.Duration(i)*10*ms, latency, requester.Succeeded))
	}
	options := report.Options{Window: report.NewWindow(0, 20*time.Second), Faults: []report.Fault{lasting("one", 10*time.Second, 0, 0)}}
	r, _ := invented.Fold(options, outcomes, 100).Result(report.Facts{Ended: 20 * time.Second})
	require.NotNil(t, r.Faults[0].Harmed)
	assert.EqualValues(t, 600, *r.Faults[0].Harmed)
}

// There is nothing to compare with where no time was measured before the first fault.
func TestWithoutATimeBeforeNobodyKnowsWhoIsHarmed(t *testing.T) {
	var outcomes []requester.Outcome
	for i := range 200 {
		outcomes = append(outcomes, asked(time.Duration(i)*time.Second, time.Second, requester.Succeeded))
	}
	options := report.Options{Window: report.NewWindow(100*time.Second, 200*time.Second),
		Faults: []report.Fault{lasting("one", 100*time.Second, time.Second, 0)}}
	r, _ := invented.Fold(options, outcomes, 100).Result(report.Facts{Ended: 200 * time.Second})
	assert.Nil(t, r.Faults[0].Harmed)
	assert.Nil(t, r.Faults[0].RecoverSeconds)
	assert.Nil(t, r.FaultTotals[0].Harmed)
}

// More episodes than are listed are in the total, and what lies within the resolution of a start is in the episode.
func TestAHundredEpisodesAreListedAndAllAreCounted(t *testing.T) {
	const s = time.Second
	fault := worker.Fault{Kind: "slow", MTBF: s, MTTR: s, Set: option.Values{"factor": 2.0}}
	episodes := func() *worker.Episodes {
		return worker.NewEpisodes(fault, []int{3}, func(id int) worker.Trouble { return fault.Meet(1, 0, id) }, nil, nil, 1)
	}
	var outcomes []requester.Outcome
	for i := range 300 {
		outcomes = append(outcomes, asked(time.Duration(i), 1, requester.Succeeded))
	}
	n, all := 0, episodes()
	last := time.Duration(0)
	for ; all.Start() < 1000*s; n++ {
		e, _ := all.Next()
		outcomes = append(outcomes, asked(e.From-50, 2, requester.Failed), asked(e.From-200, 2, requester.Failed))
		last = e.From
	}
	require.Greater(t, n, 400)
	window := report.NewWindow(0, 1000*s)
	window.Resolve(100)
	r, _ := invented.Fold(report.Options{Window: window, Faults: []report.Fault{{Kind: "slow", Episodes: episodes}}}, outcomes, 100).
		Result(report.Facts{Ended: last + 200})
	assert.Len(t, r.Faults, 100)
	assert.EqualValues(t, n, r.FaultTotals[0].Episodes)
	assert.EqualValues(t, n, *r.FaultTotals[0].Harmed)
	for _, row := range r.Faults {
		assert.EqualValues(t, 1, *row.Harmed)
	}
}
