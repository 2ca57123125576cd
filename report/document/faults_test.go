package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

// withFaults is two strategies that met a crash for which keys moved and requests were claimed, and the first of them stalls at other workers.
func withFaults(t *testing.T) Document {
	d := document(t, six, "pull", "least-loaded")
	figure := func(v float64) *float64 { return &v }
	number := func(n report.Count) *report.Count { return &n }
	const crash, stall = "crash:worker=0,at=20s,for=10s,notify=none", "stall:worker=3-4,mtbf=10s,mttr=200ms"
	for i := range d.Runs {
		r := &d.Runs[i]
		r.Claims, r.ClaimSeconds, r.WastedWorkShare = report.Count(3+i), figure(1.25), figure(0.0123)
		r.Executions.Duplicated, r.Executions.Broken = report.Count(2*i), 1
		r.Faults = []report.FaultRow{{Kind: "crash", Name: crash, Worker: 0, StartSeconds: 20, UntilSeconds: figure(30), Harmed: number(17)}}
		r.FaultTotals = []report.FaultTotal{
			{Fault: crash, Kind: "crash", Episodes: 1, Detected: 1, DetectSeconds: figure(1.9 - float64(i)), Harmed: number(report.Count(17 + i)), Ended: report.Count(i)},
			{Fault: stall, Kind: "stall", Harmed: number(0)},
		}
	}
	d.Runs[0].MovedKeys, d.Runs[0].LeastMovedKeys = number(18_000), number(2000)
	d.Runs[0].Faults = append(d.Runs[0].Faults, report.FaultRow{Kind: "stall", Name: stall, Worker: 3, StartSeconds: 4.5})
	d.Runs[0].FaultTotals[1] = report.FaultTotal{Fault: stall, Kind: "stall", Episodes: 12, Recovered: 11, RecoverSeconds: figure(0.4), Harmed: number(40), Ended: 12, Followed: 12}
	return d
}

// Why a figure does not exist is said of the runs of which it holds, and none is said to be none where nobody can tell.
func TestWhatIsUnknownOfAFaultIsSaid(t *testing.T) {
	harmed := report.Count(3)
	run := func(name string, total report.FaultTotal) report.Result {
		total.Fault, total.Episodes = "slow:worker=0", 2
		return report.Result{Strategy: name, FaultTotals: []report.FaultTotal{total}}
	}
	followed := run("a", report.FaultTotal{Harmed: &harmed, Ended: 2, Followed: 1})
	few := run("b", report.FaultTotal{Harmed: &harmed, Ended: 2})
	lasts := run("c", report.FaultTotal{Harmed: &harmed})
	alone := run("d", report.FaultTotal{Ended: 2, Followed: 2})
	const after = "too few requests began after it to tell when latencies were those of before"
	rough := run("e", report.FaultTotal{Harmed: &harmed, Ended: 2, Followed: 2, Rough: true})
	const before = "too few requests were measured before the first fault to tell whom it harms and when it is over"
	for _, c := range []struct {
		runs []report.Result
		says string
		cell []string
	}{
		{[]report.Result{followed, lasts}, "", []string{"0", absent}},
		{[]report.Result{few}, "; " + after, []string{absent}},
		{[]report.Result{followed, few}, "; b: " + after, []string{"0", absent}},
		{[]report.Result{followed, few, alone}, "; d: " + before + "; b: " + after, []string{"0", absent, absent}},
		{[]report.Result{rough}, "; the p99 with which latencies are compared is rough: fewer than ten of the requests measured before the first fault lie beyond it", []string{"0"}},
	} {
		d := Document{Runs: c.runs}
		assert.Equal(t, c.says, d.unknown("slow:worker=0"))
		table := d.faultTable("slow:worker=0")
		assert.Equal(t, c.cell, table.columns[3].cells)
	}
	warm := Document{Runs: []report.Result{alone}, Config: Settings{{Name: "warmup", Value: 0.1}}}
	assert.Contains(t, warm.unknown("slow:worker=0"), "between the warm-up and the first fault")
}

// Where a crash or a stall is known by silence, and not every episode counts as detected, what that takes is said.
func TestWhatDetectionTakesIsSaidBesideSuspicions(t *testing.T) {
	harmed := report.Count(3)
	for _, c := range []struct {
		says      string
		total     report.FaultTotal
		suspicion report.Count
		said      bool
	}{
		{"a crash that was over too soon", report.FaultTotal{Kind: "crash", Detected: 1}, 2, true},
		{"a stall, the same", report.FaultTotal{Kind: "stall"}, 2, true},
		{"all were detected", report.FaultTotal{Kind: "crash", Detected: 2}, 2, false},
		{"nobody was suspected", report.FaultTotal{Kind: "crash"}, 0, false},
		{"proxies are not those that were suspected", report.FaultTotal{Kind: "crash", Proxies: true}, 2, false},
		{"who is slow still beats", report.FaultTotal{Kind: "slow"}, 2, false},
	} {
		c.total.Fault, c.total.Episodes, c.total.Harmed = "it", 2, &harmed
		d := Document{Runs: []report.Result{{Suspicions: c.suspicion + 1, OfProxies: report.Unfitness{Suspicions: 1}, FaultTotals: []report.FaultTotal{c.total}}}}
		if c.said {
			assert.Contains(t, d.unknown("it"), "20 attempts per worker", c.says)
		} else {
			assert.Empty(t, d.unknown("it"), c.says)
		}
	}
}

// A run that is over before a fault says the same of it as one that is not.
func TestTheEndOfAFaultIsThatOfItsPlan(t *testing.T) {
	until := 30.
	for _, end := range []*float64{nil, &until} {
		d := Document{Runs: []report.Result{{Faults: []report.FaultRow{{Name: "stall:at=20s,for=10s", StartSeconds: 20, EndSeconds: end, UntilSeconds: &until}}}}}
		assert.Equal(t, "fault stall:at=20s,for=10s: first at worker 0, from 20.00 s to 30.00 s", d.occasion("stall:at=20s,for=10s"))
	}
}

// Recoveries are known to parts of the series: a note says how long these are, where there was a recovery.
func TestTheGrainOfRecoveriesIsSaid(t *testing.T) {
	r := report.Result{Series: []report.SeriesRow{{}, {AtSeconds: 2}}, FaultTotals: []report.FaultTotal{{Recovered: 1}}}
	assert.Equal(t, "recovered: known to parts of the series, of 2.00 s, so that it was up to two parts sooner", shared(graininess(&r)))
	r.FaultTotals[0].Together = 2
	assert.Equal(t, "recovered: known to as many parts of the series, of 2.00 s, as have 100 answers together: at most 2, so that it was up to 3 parts sooner",
		shared(graininess(&r)))
	r.FaultTotals[0].Recovered = 0
	assert.Empty(t, graininess(&r))
}

func TestAFaultMayBeThereFromTheStart(t *testing.T) {
	harmed := report.Count(1)
	d := Document{Runs: []report.Result{{Faults: []report.FaultRow{{Name: "flaky:worker=all,p=0.1", Harmed: &harmed}}}}}
	assert.Equal(t, "fault flaky:worker=all,p=0.1: first at worker 0, from the start on", d.occasion("flaky:worker=all,p=0.1"))
}

// What is all but a little is not all.
func TestWhatIsWastedIsAllOnlyIfItIs(t *testing.T) {
	for share, says := range map[float64]string{0.6: "60", 0.994: "99", 0.9973: "more than 99", 1: "100", 0.0123: "1.2"} {
		assert.Equal(t, says, mostPercent(share))
	}
}
