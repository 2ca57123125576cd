package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPrometheusSaysWhatTheJSONSays plays one broker twice, and compares all that the parser of Prometheus finds in one result with what the other
// says: every counter of every worker and proxy, every gauge and every quantile.
func TestPrometheusSaysWhatTheJSONSays(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	const args = "-plots= -scenario=broker-medium -strategy=pull,least-loaded -requests=2000 -fault=flaky:worker=0,p=0.5 -message-retry=1s,attempts=3"
	said := parsed(t, succeeded(t, "-format=prometheus "+args).stdout)
	var d struct{ Runs []exported }
	decode(t, succeeded(t, "-format=json "+args).stdout, &d)
	want := map[string]float64{}
	for _, r := range d.Runs {
		r.export(want)
	}
	assert.Equal(t, want, said)
	const worker0 = "{strategy=pull,worker=0}"
	for _, counter := range []string{"worker_messages_processed_total", "worker_messages_failed_total", "worker_retry_attempts"} {
		assert.Positive(t, said[counter+worker0], counter)
	}
	assert.Equal(t, 2000.0, said["proxy_requests_total{proxy=0,strategy=pull}"]+said["proxy_requests_total{proxy=1,strategy=pull}"])
}

// parsed returns what the parser of Prometheus finds in a text, by name and labels.
func parsed(t *testing.T, text string) map[string]float64 {
	t.Helper()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	require.NoError(t, err)
	said := map[string]float64{}
	for name, family := range families {
		for _, m := range family.Metric {
			var labels []string
			for _, l := range m.Label {
				labels = append(labels, l.GetName()+"="+l.GetValue())
			}
			of := "{" + strings.Join(labels, ",") + "}"
			switch {
			case m.Counter != nil:
				said[name+of] = m.Counter.GetValue()
			case m.Gauge != nil:
				said[name+of] = m.Gauge.GetValue()
			case m.Summary != nil:
				said[name+"_count"+of] = float64(m.Summary.GetSampleCount())
				for _, q := range m.Summary.Quantile {
					said[fmt.Sprint(name, of, " ", q.GetQuantile())] = q.GetValue()
				}
			}
		}
	}
	return said
}

// An exported run is what its JSON says of what an exporter would.
type exported struct {
	Strategy string
	Queue    struct{ Mean float64 }
	Workers  []struct {
		ID                         int
		Processed, Failed, Retries float64
		MeanActive                 float64 `json:"mean_active"`
	}
	Proxies []struct {
		ID              int
		Total           float64
		ResponseSeconds struct{ P50, P90, P99 *float64 } `json:"response_seconds"`
	}
}

// export writes down what an exporter would say of a run in which every proxy answers.
func (r *exported) export(to map[string]float64) {
	to["redis_queue_size{strategy="+r.Strategy+"}"] = r.Queue.Mean
	for _, w := range r.Workers {
		of := fmt.Sprintf("{strategy=%s,worker=%d}", r.Strategy, w.ID)
		to["worker_messages_processed_total"+of], to["worker_messages_failed_total"+of] = w.Processed, w.Failed
		to["worker_retry_attempts"+of], to["worker_active_tasks"+of] = w.Retries, w.MeanActive
	}
	for _, x := range r.Proxies {
		of := fmt.Sprintf("{proxy=%d,strategy=%s}", x.ID, r.Strategy)
		to["proxy_requests_total"+of], to["proxy_requests_duration_seconds_count"+of] = x.Total, x.Total
		for share, figure := range map[float64]*float64{0.5: x.ResponseSeconds.P50, 0.9: x.ResponseSeconds.P90, 0.99: x.ResponseSeconds.P99} {
			if figure != nil {
				to[fmt.Sprint("proxy_requests_duration_seconds", of, " ", share)] = *figure
			}
		}
	}
}
