package e2e

import (
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAnInterruptionWhileATableIsMade, as large as they may be: the strategy makes it at its first pick, while no message is heard. A ring looks
// at the signal while it places its points; the limit on tables keeps theirs short.
func TestAnInterruptionWhileATableIsMade(t *testing.T) {
	skipIfShort(t, "it makes large tables")
	const keyed = "-quiet -format=json -plots= -keys=uniform:1000 -requests=10000000 "
	for _, row := range []struct{ says, args string }{
		{"a table of five million", "-strategy=maglev -workers=5 -table-size=5000011"},
		{"fourteen of them, one for each balancer", "-strategy=maglev -workers=1000 -balancers=14 -table-size=4999999"},
		{"a ring of sixteen million points, of five workers", "-strategy=ring-hash -workers=5 -ring-points=3200000"},
		{"a ring of as many, of a hundred thousand", "-strategy=bounded-hash -workers=100000 -requesters=100000 -ring-points=160"},
		{"a hundred rings of together as many", "-strategy=ring-hash -workers=1000 -balancers=100 -ring-points=160"},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := start(t, keyed+row.args)
			c.works(t, 700*time.Millisecond)
			e := c.gets(t, 2*soon, syscall.SIGINT)
			require.Equal(t, onInterrupt, e.status, e.stderr)
			d := e.document(t)
			assert.True(t, d.Interrupted)
			requireVerdicts(t, d.Runs[0].Requests)
		})
	}
}
