package document

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

func TestWhatRegulatorsDidIsNoted(t *testing.T) {
	var says []string
	for _, n := range regulation(&report.Result{
		Refusals: []report.RefusalRow{{Why: "no available workers", Rejected: 3}, {Why: "resource:utilisation=80%", Rejected: 2}},
		Regulators: []report.RegulatorRow{
			{Regulator: "resource:utilisation=80%", Limited: 2, ShutSeconds: 1.5}, {Regulator: "rate:5/s,burst=1"},
		},
	}) {
		var values []any
		for _, v := range n.values {
			values = append(values, v.text(v.of))
		}
		says = append(says, fmt.Sprintf(n.says, values...))
	}
	assert.Equal(t, []string{
		"no available workers: 3 attempts rejected",
		"regulator resource:utilisation=80%: 2 attempts limited, shut for 1.50 s",
		"regulator rate:5/s,burst=1: 0 attempts limited, shut for 0 s",
	}, says)
}
