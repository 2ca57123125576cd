package simulation

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
	"waza/strategy"
)

// TestDecisionsAreWhatTheyWere holds a digest of every decision (request, attempts, worker, dispatch, service start,
// finish, verdict) under each condition, for every strategy. Work on speed must leave it alone; a change of meaning
// changes it, and says so in its commit. Without -long each condition is played with every second strategy, and the next with the others.
func TestDecisionsAreWhatTheyWere(t *testing.T) {
	for file, conditions := range map[string][]condition{"decisions.txt": conditions, "decisions_balancers.txt": several, "decisions_faults.txt": faulty} {
		t.Run(file, func(t *testing.T) {
			switch {
			case testing.Short():
				checkOne(t, file, conditions)
			case *long || golden.Updating():
				golden.Check(t, file, digests(t, conditions, strategy.Names()))
			default:
				for n := range conditions {
					checkSome(t, file, digests(t, conditions[n:n+1], everySecond(strategy.Names(), n)))
				}
			}
		})
	}
}

// checkOne plays one condition of the file, in which much happens at once, for a choice of strategies, and so sees most changes of a
// decision within a second.
func checkOne(t *testing.T, file string, all []condition) {
	const timeouts = 4 // in conditions: timeouts, retries and failures; in several: two balancers that see snapshots, and reject; in faulty: crashes, stalls and claims
	checkSome(t, file, digests(t, all[timeouts:timeouts+1], []string{"least-loaded", "power-of-two", "pull", "prequal", "join-idle-queue"}))
}

// checkSome looks for the digests in the file.
func checkSome(t *testing.T, file, got string) {
	want, err := os.ReadFile(filepath.Join("testdata", file))
	require.NoError(t, err)
	require.NotEmpty(t, got)
	for digest := range strings.Lines(got) {
		assert.Contains(t, string(want), digest, "another decision: run the test with -long to see which and where")
	}
}

// digests returns a line for each condition and strategy.
func digests(t *testing.T, conditions []condition, strategies []string) string {
	var digests strings.Builder
	for _, condition := range conditions {
		c := base(10, 2500, 0.9)
		condition.set(&c)
		c.Strategies = severable(strategies, c.Balancers)
		c.Log = true
		for _, r := range mustRun(t, c) {
			fmt.Fprintf(&digests, "%x  %s: %s\n", sha256.Sum256([]byte(decided(logOf(t, r)))), condition.name, r.Strategy)
		}
	}
	return digests.String()
}

// decided is the log as it was before it said why requests were rejected, which is the last of its columns.
func decided(log string) string {
	const columns = 10
	var b strings.Builder
	for row := range strings.Lines(log) {
		fmt.Fprintln(&b, strings.Join(strings.SplitN(row, ",", columns+1)[:columns], ","))
	}
	return b.String()
}
