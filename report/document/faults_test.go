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
		r.Faults = []report.FaultRow{{Kind: "crash", Name: crash, Worker: 0, StartSeconds: 20, EndSeconds: figure(30), Harmed: number(17)}}
		r.FaultTotals = []report.FaultTotal{
			{Fault: crash, Kind: "crash", Episodes: 1, Detected: 1, DetectSeconds: figure(1.9 - float64(i)), Harmed: number(report.Count(17 + i))},
			{Fault: stall, Kind: "stall", Harmed: number(0)},
		}
	}
	d.Runs[0].MovedKeys, d.Runs[0].LeastMovedKeys = number(18_000), number(2000)
	d.Runs[0].Faults = append(d.Runs[0].Faults, report.FaultRow{Kind: "stall", Name: stall, Worker: 3, StartSeconds: 4.5})
	d.Runs[0].FaultTotals[1] = report.FaultTotal{Fault: stall, Kind: "stall", Episodes: 12, Recovered: 11, RecoverSeconds: figure(0.4)}
	return d
}

func TestAFaultMayBeThereFromTheStart(t *testing.T) {
	harmed := report.Count(1)
	d := Document{Runs: []report.Result{{Faults: []report.FaultRow{{Name: "flaky:worker=all,p=0.1", Harmed: &harmed}}}}}
	assert.Equal(t, "fault flaky:worker=all,p=0.1: first at worker 0, from the start on", d.occasion("flaky:worker=all,p=0.1"))
}
