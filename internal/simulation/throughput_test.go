package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// TestThroughputIsOfAnswers: of 1,000 requests, 100 a second, those of the last 9 s are measured, and each takes 1 ms of work. The answers that
// workers give inside the window are counted, several of one request and those for which nobody waits any more, and the goodput is of those
// with which a request succeeds. What one request in the window more or less
// brings is a ninth of its answers per second.
func TestThroughputIsOfAnswers(t *testing.T) {
	fails := worker.Fault{Kind: "flaky", Zone: worker.AnyZone, Workers: worker.Selection{Share: 1}, Set: option.Values{"p": 1.0}}
	loses := worker.Fault{Kind: "drop", Zone: worker.AnyZone, Workers: worker.Selection{Share: 1}, Set: option.Values{"p": 1.0}}
	dead := worker.Fault{Kind: "crash", Zone: worker.AnyZone, Workers: worker.Selection{Share: 1}, Set: option.Values{"notify": requester.Failed}}
	for _, row := range []struct {
		says                string
		set                 func(*Config)
		throughput, goodput float64
	}{
		{"one answer each", func(*Config) {}, 100, 100},
		{"three failures each", func(c *Config) {
			c.Retries, c.Backoff, c.Faults = 2, requester.Backoff{Kind: requester.NoBackoff}, []worker.Fault{fails}
		}, 300, 0},
		{"each of them late", func(c *Config) { c.Timeout = 500 * time.Microsecond }, 100, 0},
		{"each skipped, or late on the one worker that there is", func(c *Config) {
			c.Timeout, c.Work, c.Workers, c.Speeds = 500*time.Microsecond, requester.Constant(20*time.Millisecond), 1, []float64{1}
		}, 50, 0},
		{"two answers, of which the hedge's comes second", func(c *Config) {
			c.Hedge.After = 500 * time.Microsecond
		}, 200, 100},
		{"what is swallowed is no answer", func(c *Config) { c.Timeout, c.Faults = 5*time.Millisecond, []worker.Fault{loses} }, 0, 0},
		{"nor is what the dead refuse", func(c *Config) { c.Faults = []worker.Fault{dead} }, 0, 0},
	} {
		c := base(2, 1000, 1)
		c.Strategies, c.Arrivals, c.Rate, c.Work = []string{"least-loaded"}, Constant, 100, requester.Constant(time.Millisecond)
		row.set(&c)
		r := mustRun(t, c)[0]
		assert.InDelta(t, row.throughput, *r.Throughput, max(1, row.throughput/100)/9+1e-9, row.says)
		assert.InDelta(t, row.goodput, *r.Goodput, 1./9+1e-9, row.says)
	}
}
