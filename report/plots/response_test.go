package plots

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

// No goodput is below 0, whatever Student's interval says.
func TestTheResponseBandEndsAtNothing(t *testing.T) {
	r := report.Result{Strategy: "a", Swept: &report.Swept{Flag: "rate", Value: 2.0}, CI95: &report.SharesCI{Goodput: &report.Interval{-1, 5}}}
	band := offered{sweep: sweep{runs: runs{r}}, unit: 1}.spread(curve{run: r})
	assert.Equal(t, []reach{{2, 0, 5}}, band.reaches)
}
