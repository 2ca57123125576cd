package statistics_test

import (
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/statistics"
)

func TestTheFirstReplicationHasTheSeedItself(t *testing.T) {
	for _, s := range []uint64{0, 1, 42, 1 << 63, ^uint64(0)} {
		assert.Equal(t, s, statistics.Seed(s, 0))
	}
}

// Two million seeds of replications, those that users type among them, are all different: by chance two of them would be equal with a
// probability of 0.0002.
func TestNoTwoReplicationsHaveOneSeed(t *testing.T) {
	var all []uint64
	for s := range uint64(2000) {
		for k := range uint64(1000) {
			all = append(all, statistics.Seed(s, k))
		}
	}
	for s := range uint64(100) { // seeds that differ in high bits
		for k := range uint64(100) {
			all = append(all, statistics.Seed((s+1)<<56|1, k), statistics.Seed(s+1<<32, k))
		}
	}
	slices.Sort(all)
	assert.Len(t, slices.Compact(slices.Clone(all)), len(all))
}

func TestASeedIsExactInAFloat(t *testing.T) {
	ones := 0
	for s := range uint64(100) {
		for k := range uint64(100) {
			seed := statistics.Seed(s, k+1)
			assert.Equal(t, seed, uint64(float64(seed)))
			assert.Less(t, seed, uint64(1)<<53)
			ones += bits.OnesCount64(seed ^ statistics.Seed(s, k+2))
		}
	}
	// Of 53 bits half change from one replication to the next: over 10,000 of them the standard error is √53/2/100 = 0.036.
	assert.InDelta(t, 26.5, float64(ones)/10_000, 4*0.036)
}

// The seeds stand in results that others have kept.
func TestSeedsStayWhatTheyAre(t *testing.T) {
	assert.Equal(t, []uint64{1, 6395866557964726, 5145244485205841}, []uint64{statistics.Seed(1, 0), statistics.Seed(1, 1), statistics.Seed(2, 1)})
}
