package simulation

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"waza/internal/golden"
)

// TestDecisionsAreWhatTheyWere holds a digest of every decision (request, attempts, worker, dispatch, service start,
// finish, verdict) under each condition, for every strategy. Work on speed must leave it alone; a change of meaning
// changes it, and says so in its commit.
func TestDecisionsAreWhatTheyWere(t *testing.T) {
	if testing.Short() {
		t.Skip("every strategy under every condition: under the race detector TestSameSeedSameBytes plays a choice of them")
	}
	for file, conditions := range map[string][]condition{"decisions.txt": conditions, "decisions_balancers.txt": several} {
		t.Run(file, func(t *testing.T) { checkDecisions(t, file, conditions) })
	}
}

func checkDecisions(t *testing.T, file string, conditions []condition) {
	var digests strings.Builder
	for _, condition := range conditions {
		c := base(10, 2500, 0.9)
		condition.set(&c)
		c.Strategies = severable(c.Strategies, c.Balancers)
		c.Log = true
		for _, r := range mustRun(t, c) {
			fmt.Fprintf(&digests, "%x  %s: %s\n", sha256.Sum256(r.Log), condition.name, r.Strategy)
		}
	}
	golden.Check(t, file, digests.String())
}
