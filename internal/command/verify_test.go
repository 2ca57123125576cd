package command

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/verify"
)

func TestATableStandsAlone(t *testing.T) {
	for _, row := range []badRow{
		{"a system of one's own", words("--verify --load=0.5"), "--verify=true: want no --load beside it: it plays systems of its own"},
		{"the same of stories", words("--stories --workers=3"), "--stories=true: want no --workers beside it: it plays systems of its own"},
		{"a number of replications", words("--stories --replications=2"), "--stories=true: want no --replications beside it: it plays systems of its own"},
		{"both", words("--verify --stories"), "--verify=true: want no --stories beside it: it plays systems of its own"},
	} {
		row.check(t)
	}
}

// TestATableIsPlanned: there is a point for each of its systems, and a seed may stand beside it.
func TestATableIsPlanned(t *testing.T) {
	for flag, table := range map[string]verify.Table{"verify": verify.Theory(), "stories": verify.Stories()} {
		c, err := Parse(words("--" + flag + " --seed=5 --quiet"))
		require.NoError(t, err)
		assert.Equal(t, flag, c.Table.Flag)
		assert.Len(t, c.Plan.Points, len(verify.Systems(table.Cases)))
		assert.Equal(t, table.Replications, c.Plan.Replications)
		assert.EqualValues(t, 5, c.Plan.Seed)
	}
}
