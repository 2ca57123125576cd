package document

import (
	"io"
	"math"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"

	"waza/report"
)

// WritePrometheus writes what an exporter of each system that was simulated would say at the end of its run, in the text format of
// Prometheus. Counters are of the whole run; gauges are means over the measured window, for at the end nobody works any more. What does
// not exist is left out.
func (d Document) WritePrometheus(w io.Writer) error {
	registry := prometheus.NewPedanticRegistry()
	if err := registry.Register(exporter{d.Runs}); err != nil {
		return err
	}
	families, err := registry.Gather() // in order of their names and labels
	if err != nil {
		return err
	}
	out := expfmt.NewEncoder(w, expfmt.NewFormat(expfmt.TypeTextPlain))
	for _, family := range families {
		if err := out.Encode(family); err != nil {
			return err
		}
	}
	return nil
}

// An exporter collects the metrics of some runs.
type exporter struct{ runs []report.Result }

// metric is one that an exporter tells of each worker, or of each run. Its help says where it is a mean over several seeds: no counter has fractions.
func (x exporter) metric(name, help string, labels ...string) *prometheus.Desc {
	least, most := math.MaxInt, 0
	for i := range x.runs {
		least, most = min(least, x.runs[i].Replications), max(most, x.runs[i].Replications)
	}
	if most > 1 {
		seeds := strconv.Itoa(least)
		if least < most {
			seeds += " to " + strconv.Itoa(most)
		}
		help += " The mean over " + seeds + " seeds."
	}
	return prometheus.NewDesc(name, help, append([]string{"strategy"}, labels...), nil)
}

// Describe describes nothing: which metrics there are depends on what was simulated.
func (exporter) Describe(chan<- *prometheus.Desc) {}

// Collect tells the metrics of every run.
func (x exporter) Collect(to chan<- prometheus.Metric) {
	var (
		processed = x.metric("worker_messages_processed_total", "Messages that the worker has processed well.", "worker")
		failed    = x.metric("worker_messages_failed_total", "Messages whose processing ended with an error, or was cut.", "worker")
		active    = x.metric("worker_active_tasks", "Messages in processing, mean over the measured window.", "worker")
		retries   = x.metric("worker_retry_attempts", "Tries of messages beyond the first of each.", "worker")
		queue     = x.metric("redis_queue_size", "Messages that wait in the queue, mean over the measured window.")

		asked    = x.metric("proxy_requests_total", "Requests that the proxy has begun to serve.", "proxy")
		response = x.metric("proxy_requests_duration_seconds", "From being sent to the proxy until it has passed on or, if it waits, answered. Quantiles are over the measured window.", "proxy")
	)
	for i := range x.runs {
		r := &x.runs[i]
		tell := func(of *prometheus.Desc, is prometheus.ValueType, value float64, labels ...string) {
			to <- prometheus.MustNewConstMetric(of, is, value, append([]string{r.Strategy}, labels...)...)
		}
		for _, w := range r.Workers {
			id := strconv.Itoa(w.ID)
			tell(processed, prometheus.CounterValue, float64(w.Processed), id)
			tell(failed, prometheus.CounterValue, float64(w.Failed), id)
			if w.Retries != nil {
				tell(retries, prometheus.CounterValue, float64(*w.Retries), id)
			}
			if w.MeanActive != nil {
				tell(active, prometheus.GaugeValue, *w.MeanActive, id)
			}
		}
		for i := range r.Proxies {
			x := &r.Proxies[i]
			id := strconv.Itoa(x.ID)
			tell(asked, prometheus.CounterValue, float64(x.Total), id)
			quantiles := map[float64]float64{}
			for share, figure := range map[float64]*float64{0.5: x.ResponseSeconds.P50, 0.9: x.ResponseSeconds.P90, 0.99: x.ResponseSeconds.P99} {
				if figure != nil {
					quantiles[share] = *figure
				}
			}
			to <- prometheus.MustNewConstSummary(response, uint64(math.Round(float64(x.Responses))), x.ResponseTotal, quantiles, r.Strategy, id)
		}
		if r.Queue != nil && r.Queue.Mean != nil {
			tell(queue, prometheus.GaugeValue, *r.Queue.Mean)
		}
	}
}
