package publish

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/command"
	"waza/internal/experiment"
	"waza/report"
)

// What a sweep lacks may miss the objectives that all before it keep.
func TestASweepThatWasEndedHasNoKnee(t *testing.T) {
	p99 := 0.04
	run := report.Result{Strategy: "a", Swept: &report.Swept{Flag: "load", Value: 0.5}, SLO: []report.Held{{Figure: "p99", Value: &p99, Kept: true}}}
	f := experiment.Findings{Runs: []report.Result{run}}
	assert.Len(t, knees(command.Command{}, f, false), 1)
	assert.Empty(t, knees(command.Command{}, f, true))
	f.Lack = []experiment.Lack{{Strategy: "a", Wanted: 1}}
	assert.Empty(t, knees(command.Command{}, f, false))
}

// A log of an interrupted run whose writing takes no seconds needs no word.
func TestALongLogIsAnnounced(t *testing.T) {
	runs := make([]report.Result, 2)
	runs[0].Requests.Issued, runs[1].Requests.Issued = longLog/2, longLog/2-1
	assert.Empty(t, whatTakesLong("log.csv", runs))
	runs[1].Requests.Issued++
	assert.Equal(t, "note: 300,000 requests are written to --requests-log=log.csv; a second signal ends that at once, and leaves what was there\n",
		whatTakesLong("log.csv", runs))
}
