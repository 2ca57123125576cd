package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

// TestNoAnswersPerSecondAreSomethingOnlyWhereAllFailed: a window may be over before its first answer comes.
func TestNoAnswersPerSecondAreSomethingOnlyWhereAllFailed(t *testing.T) {
	none, some, all := 0.0, 2.5, 1.0
	assert.Nil(t, throughput(&report.Result{Throughput: &none, SuccessShare: &all}), "all succeeded, and none in time for the window")
	assert.Equal(t, &none, throughput(&report.Result{Throughput: &none, SuccessShare: &none}), "nothing was answered")
	assert.Equal(t, &some, throughput(&report.Result{Throughput: &some, SuccessShare: &all}))
	assert.Nil(t, throughput(&report.Result{SuccessShare: &all}), "there is no window")
}
