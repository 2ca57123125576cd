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
	retries := report.Count(7)
	d.Runs[1].Workers[0].Retries = &retries
	var b bytes.Buffer
	require.NoError(t, d.WritePrometheus(&b))
	golden.Check(t, "metrics.prom", b.String())

	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(&b)
	require.NoError(t, err)
	processed, failed := report.Count(0), report.Count(0)
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
	assert.Equal(t, float64(retries), sum("worker_retry_attempts"), "of the worker that has tried again")
	require.Len(t, families["redis_queue_size"].Metric, 1, "of the run that watched its queue")
	assert.Equal(t, mean, families["redis_queue_size"].Metric[0].GetGauge().GetValue())
}

// What an exporter of proxies would say has the same parser, and agrees with the JSON.
func TestPrometheusOfProxies(t *testing.T) {
	d := document(t, six, "pull")
	half := 0.001
	d.Runs[0].Proxies = []report.ProxyRow{
		{ID: 0, Total: 40, Responses: 40, ResponseTotal: 0.05, ResponseSeconds: report.Spread{P50: &half}}, {ID: 1, Total: 2, Responses: 2, ResponseTotal: 0.002},
	}
	var b bytes.Buffer
	require.NoError(t, d.WritePrometheus(&b))
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(&b)
	require.NoError(t, err)
	for i, x := range d.Runs[0].Proxies {
		assert.Equal(t, float64(x.Total), families["proxy_requests_total"].Metric[i].GetCounter().GetValue())
		summary := families["proxy_requests_duration_seconds"].Metric[i].GetSummary()
		assert.Equal(t, []any{uint64(x.Responses), x.ResponseTotal}, []any{summary.GetSampleCount(), summary.GetSampleSum()})
	}
	quantiles := families["proxy_requests_duration_seconds"].Metric[0].GetSummary().Quantile
	require.Len(t, quantiles, 1, "others had too few beyond them")
	assert.Equal(t, []float64{0.5, half}, []float64{quantiles[0].GetQuantile(), quantiles[0].GetValue()})
}

// A counter of several runs is the mean of theirs, and may have a fraction: its help says so, of how many seeds, and a parser still reads it.
func TestPrometheusOfSeveralSeeds(t *testing.T) {
	for _, row := range []struct {
		seeds []int
		help  string
	}{
		{[]int{1, 1}, "Messages that the worker has processed well."},
		{[]int{3, 3}, "Messages that the worker has processed well. The mean over 3 seeds."},
		{[]int{1, 3}, "Messages that the worker has processed well. The mean over 1 to 3 seeds."},
		{[]int{5, 3}, "Messages that the worker has processed well. The mean over 3 to 5 seeds."},
	} {
		d := document(t, six, "pull", "least-loaded")
		for i, n := range row.seeds {
			d.Runs[i].Replications = n
		}
		d.Runs[0].Workers[0].Processed = 512.5
		var b bytes.Buffer
		require.NoError(t, d.WritePrometheus(&b))
		parser := expfmt.NewTextParser(model.UTF8Validation)
		families, err := parser.TextToMetricFamilies(&b)
		require.NoError(t, err)
		assert.Equal(t, row.help, families["worker_messages_processed_total"].GetHelp())
	}
}
