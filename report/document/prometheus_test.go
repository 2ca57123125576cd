package document

import (
	"bytes"
	"testing"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
	"waza/report"
)

// The text is what the parser of Prometheus reads, and what it reads is what the JSON says.
func TestPrometheus(t *testing.T) {
	d := document(t, six, "pull", "least-loaded")
	mean, active := 3.5, 0.75
	d.Runs[0].Queue = &report.QueueFigures{Mean: &mean}
	d.Runs[1].Workers[0].Failed, d.Runs[1].Workers[0].MeanActive = 12, &active
	var b bytes.Buffer
	require.NoError(t, d.WritePrometheus(&b))
	golden.Check(t, "metrics.prom", b.String())

	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(&b)
	require.NoError(t, err)
	processed, failed := 0, 0
	for _, r := range d.Runs {
		for _, w := range r.Workers {
			processed += w.Processed
			failed += w.Failed
		}
	}
	sum := func(name string) (total float64) {
		require.Contains(t, families, name)
		for _, m := range families[name].Metric {
			total += m.GetCounter().GetValue()
		}
		return total
	}
	assert.Equal(t, float64(processed), sum("worker_messages_processed_total"))
	assert.Equal(t, float64(failed), sum("worker_messages_failed_total"))
	require.Len(t, families["redis_queue_size"].Metric, 1, "of the run that watched its queue")
	assert.Equal(t, mean, families["redis_queue_size"].Metric[0].GetGauge().GetValue())
}
