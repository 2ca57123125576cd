package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

func TestThatNobodyWasStuckIsSaid(t *testing.T) {
	const says = "--stuck changed nothing: no worker that held something was silent for so long"
	for _, row := range []struct {
		value any
		stuck report.Count
		want  []note
	}{{"1s", 0, []note{plain(says)}}, {"1s", 2, nil}, {nil, 0, nil}} {
		d := Document{Config: Settings{{Name: "stuck", Value: row.value}}}
		assert.Equal(t, row.want, d.silence(&report.Result{Stuck: row.stuck}))
		assert.Empty(t, d.silence(&report.Result{Stuck: row.stuck, Proxies: []report.ProxyRow{{}}}))
	}
}
