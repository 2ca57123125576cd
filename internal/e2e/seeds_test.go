package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Several seeds are told in the head, in the tables, in a picture of their own and in the last sentence; of one seed it is said that it is one.
func TestSeveralSeedsAreTold(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	e := succeeded(t, "-strategy=least-loaded,random,pull -replications=4 -requests=2000 -plots=.")
	for _, part := range []string{"4 seeds from 1 · ", " mean ± ", "against least-loaded ", "worse", "figures: means over the seeds"} {
		assert.Contains(t, e.stdout, part)
	}
	paragraphs := strings.Split(strings.TrimSpace(e.stdout), "\n\n")
	last := strings.Join(strings.Fields(paragraphs[len(paragraphs)-1]), " ")
	assert.Regexp(t, `on p99 latency at 95 % over all 3 strategies together and 4 seeds: .*\.$`, last)
	assert.NotEmpty(t, e.file(t, "comparison.png"))

	one := succeeded(t, "-strategy=least-loaded,random -requests=2000 -plots=.")
	assert.Contains(t, one.stdout, "was best on p99 latency in one seed: ")
	assert.NotContains(t, one.stdout, "±")
	assert.NotContains(t, one.stderr, "comparison")
}

// Each strategy that an assumption is said to flatter by its name or its group is one that there is: of all there are so many.
func TestAssumptionsNameStrategies(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	var d struct {
		Assumptions []struct {
			Assumption string
			Flatters   []string
		}
	}
	flattered := func(flags string) map[string]int {
		decode(t, succeeded(t, "-strategy=all -requests=200 -format=json -plots= "+flags).stdout, &d)
		counts := map[string]int{}
		for _, a := range d.Assumptions {
			counts[a.Assumption] = len(a.Flatters)
		}
		return counts
	}
	assert.Equal(t, map[string]int{"a message takes no time": 19, "the balancer costs nothing": 12, "workers are FIFO": 19, "arrivals are as configured": 1}, flattered(""))
	assert.Equal(t, map[string]int{"a message takes no time": 5, "the balancer costs nothing": 12, "workers are FIFO": 19, "arrivals are as configured": 2},
		flattered("-stale=10ms -arrivals=constant"))
	assert.NotContains(t, flattered("-zones=0.5,0.5 -zone-delay=1ms"), "a message takes no time")
}
