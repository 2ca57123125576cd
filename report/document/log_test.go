package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
	"waza/requester"
)

// A regulator is called what it is called in the rest of the result.
func TestReasons(t *testing.T) {
	r := &report.Result{Regulators: []report.RegulatorRow{{Regulator: "rate:10/s,burst=1"}, {Regulator: "breaker:failures=5,reset=30s"}}}
	for why, want := range map[requester.Reason]string{
		requester.NoReason: "", requester.NoRoom: "no room", requester.NoWorkers: "no available workers", requester.OverLimit: "limit",
		requester.WaitedTooLong: "codel", requester.Regulated: "rate:10/s,burst=1", requester.Regulated + 1: "breaker:failures=5,reset=30s",
	} {
		assert.Equal(t, want, reason(r, why))
	}
}
