package simulation

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/option"
	"waza/report"
	"waza/report/document"
	"waza/requester"
	"waza/strategy"
)

// base is a configuration as --help's defaults have it, with so many workers at the load.
func base(workers, requests int, load float64) Config {
	return Config{
		Strategies: strategy.Names(), Parameters: strategy.Parameters{Set: option.Values{}},
		Workers: workers, Requesters: 100, Balancers: 1, Requests: requests, Seed: 1,
		Arrivals: Poisson, Rate: load * float64(workers) / 0.01, Work: requester.Exponential(10 * time.Millisecond),
		Speeds: slices.Repeat([]float64{1}, workers), Concurrency: 1, Queue: 1024, Backlog: balancer.Unlimited,
		Propagate: true, Grace: 5 * time.Second, Warmup: 0.1,
	}
}

// mustRun returns the results of a run in which everything is accounted for.
func mustRun(t testing.TB, c Config) []report.Result {
	t.Helper()
	results, err := Run(context.Background(), c, 2, Spectators{})
	require.NoError(t, err)
	return results
}

// bytesOf is everything that a run says of itself: the figures and the life of every request.
func bytesOf(t testing.TB, c Config) string {
	t.Helper()
	return bytesBefore(t, c, Spectators{})
}

// bytesBefore is bytesOf before spectators.
func bytesBefore(t testing.TB, c Config, s Spectators) string {
	t.Helper()
	all, _ := bytesAndResults(t, c, s)
	return all
}

// bytesAndResults are bytesBefore, and the results that say so.
func bytesAndResults(t testing.TB, c Config, s Spectators) (all string, results []report.Result) {
	t.Helper()
	c.Log = true
	results, err := Run(context.Background(), c, 2, s)
	require.NoError(t, err)
	for _, r := range results {
		figures, err := json.Marshal(r)
		require.NoError(t, err)
		all += string(figures) + "\n" + logOf(t, r)
		if r.Transient != nil {
			all += fmt.Sprint(*r.Transient)
		}
	}
	return all, results
}

// logOf returns the requests log of a run as it is written, without its header.
func logOf(t require.TestingT, r report.Result) string {
	var b strings.Builder
	require.NoError(t, document.Document{Runs: []report.Result{r}}.WriteLog(&b))
	_, rows, _ := strings.Cut(b.String(), "\n")
	return rows
}

// The plots put strategies together by their group, and the groups in the order of the table.
func TestAResultSaysWhereItsStrategyStands(t *testing.T) {
	c := base(2, 20, 0.5)
	c.Strategies = []string{"random", "least-loaded"}
	for _, r := range mustRun(t, c) {
		kind, found := strategy.Find(r.Strategy)
		require.True(t, found)
		require.Equal(t, kind.Group, r.Group)
		require.Equal(t, kind.Place, r.Place)
	}
}
