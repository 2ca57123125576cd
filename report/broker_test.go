package report

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhatAnOperatorConcludes(t *testing.T) {
	for _, row := range []struct {
		says                   string
		queue, busy, p95, grew float64
		peak                   Count
		health, scale          string
		reasons                []string
		stable                 bool
	}{
		{"at rest", 0, 0.29, 0.1, 0, 0, "healthy", "down", []string{"queue", "utilization"}, true},
		{"idle, but once something has waited", 0.01, 0.29, 0.1, 0, 1, "healthy", "keep", []string{}, true},
		{"in use", 0, 0.3, 0.1, 0.02, 0, "healthy", "keep", []string{}, true},
		{"just below a hundred", 99.9, 0.8, 5, 0, 300, "healthy", "keep", []string{}, true},
		{"from a hundred on", 100, 0.7, 1, -4, 300, "watch", "keep", []string{}, true},
		{"a thousand", 1000, 0.7, 1, 0.04, 3000, "watch", "keep", []string{}, false},
		{"more than a thousand", 1000.5, 0.7, 1, 3, 3000, "add workers", "up", []string{"queue"}, false},
		{"busy and slow", 3, 0.81, 5.01, 0, 9, "healthy", "up", []string{"utilization", "latency"}, true},
	} {
		imbalance := 1.3
		r := Result{
			Queue:       &QueueFigures{Mean: &row.queue, Peak: row.peak, GrowthPerSecond: &row.grew, Slack: 0.01},
			Utilization: &row.busy, LatencySeconds: Spread{P95: &row.p95}, Imbalance: &imbalance,
			Workers:          []WorkerRow{{Utilization: &row.busy}, {}},
			MeasuredRequests: 1000, WindowSeconds: 10, WorkSeconds: 0.08,
		}
		describeBroker(&r, &ending{Facts: Facts{Broker: true, Workers: []WorkerFacts{{Concurrency: 4}, {Concurrency: 4}}}})
		b := r.Broker
		require.NotNil(t, b, row.says)
		assert.Equal(t, []any{row.health, row.scale, row.reasons}, []any{b.QueueHealth, b.Scale, b.ScaleReasons}, row.says)
		assert.EqualValues(t, 3, *b.RecommendedWorkers, "100/s · 80 ms / 0.7 are 11.4 slots, four at each worker")
		assert.Equal(t, []bool{false, row.stable, row.busy <= 0.8}, []bool{*b.Checklist[0].Passed, *b.Checklist[1].Passed, *b.Checklist[2].Passed}, row.says)
	}
	r := Result{Queue: &QueueFigures{}}
	describeBroker(&r, &ending{Facts: Facts{Broker: true}})
	assert.Nil(t, r.Broker.RecommendedWorkers)
	for _, c := range r.Broker.Checklist {
		assert.Nil(t, c.Passed, "of a run in which nothing was measured nothing can be told")
	}
	r.Broker = nil
	describeBroker(&r, &ending{})
	assert.Nil(t, r.Broker, "it is no broker")
}
