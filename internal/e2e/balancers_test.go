package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// One queue has one owner. Who asks for all strategies and several balancers hears which cannot be; who names one of them
// has made a mistake.
func TestSeveralBalancersCannotHaveOneQueue(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	const several = "-balancers=2 -requests=200 -format=json -plots= "
	e := succeeded(t, several+"-strategy=all")
	assert.Contains(t, e.stderr, "note: --strategy=all leaves out pull")
	var result struct {
		Runs []struct {
			Strategy string
			Workers  []struct {
				MaxPending *int `json:"max_pending"`
			}
		}
	}
	decode(t, e.stdout, &result)
	for _, run := range result.Runs {
		assert.NotEqual(t, "pull", run.Strategy)
		for _, w := range run.Workers {
			assert.Nil(t, w.MaxPending, "no balancer has seen it")
		}
	}
	assert.Empty(t, succeeded(t, several+"-strategy=all -quiet").stderr)
	named := waza(t, several+"-strategy=random,pull")
	assert.Equal(t, 2, named.status)
	assert.Equal(t, "waza: --balancers=2: want 1 beside pull: one queue has one owner\n", named.stderr)
}
