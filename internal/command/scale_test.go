package command

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestARunOfAnyScaleFitsItsClockOrIsRefused: whatever Parse lets through, the clock of the run can count, as often as it goes faster; and
// what it refuses it refuses in one line that names a flag.
func TestARunOfAnyScaleFitsItsClockOrIsRefused(t *testing.T) {
	refused := 0
	for _, work := range []string{
		"exponential:1us", "constant:1us", "bimodal:1us,1h,p=0.5", "exponential:1ms", "bimodal:1ms,1h,p=0.01", "constant:1h", "exponential:1h",
	} {
		for _, requesters := range []int{1, 100, 10_000, 100_000} {
			for _, workers := range []int{1, 100, 10_000} {
				args := fmt.Sprintf("--work=%s --requesters=%d --workers=%d --requests=100000 --grace=0s", work, requesters, workers)
				c, err := Parse(words(args))
				if err != nil {
					refused++
					require.Regexp(t, "^--[a-z-]+=[^ ]*: want (a run of )?at most ", err.Error(), args)
					require.Equal(t, 1, strings.Count(err.Error()+"\n", "\n"), args)
					continue
				}
				s := c.Simulation
				seconds := float64(s.Requests)/s.Rate + float64(s.Requests)*s.Work.Mean().Seconds()
				require.LessOrEqual(t, seconds*s.Scale(), maxClock.Seconds(), args)
				require.LessOrEqual(t, 1000*float64(s.LanePeriod())/s.Scale(), s.Shortest(), args)
			}
		}
	}
	require.NotZero(t, refused)
	require.Less(t, refused, 7*4*3/2, "most can be played")
}
