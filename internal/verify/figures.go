package verify

import "waza/report"

// The figures. Times are in milliseconds.
var (
	meanLatency = milliseconds("mean latency", func(r report.Result) *float64 { return r.LatencySeconds.Mean })
	p50Latency  = milliseconds("p50 of latency", func(r report.Result) *float64 { return r.LatencySeconds.P50 })
	p90Latency  = milliseconds("p90 of latency", func(r report.Result) *float64 { return r.LatencySeconds.P90 })
	p99Latency  = milliseconds("p99 of latency", func(r report.Result) *float64 { return r.LatencySeconds.P99 })
	meanWait    = milliseconds("mean wait", func(r report.Result) *float64 { return r.WaitSeconds.Mean })
	p95Wait     = milliseconds("p95 of wait", func(r report.Result) *float64 { return r.WaitSeconds.P95 })
	p99Wait     = milliseconds("p99 of wait", func(r report.Result) *float64 { return r.WaitSeconds.P99 })
	meanService = milliseconds("mean service", func(r report.Result) *float64 { return r.ServiceSeconds.Mean })

	waitedShare = Figure{"share that waited", "", func(r report.Result) *float64 { return r.WaitedShare }}
	utilisation = Figure{"utilisation", "", func(r report.Result) *float64 { return r.Utilization }}
	inSystem    = Figure{"mean in system", "", func(r report.Result) *float64 { return r.MeanInSystem }}
	success     = Figure{"share that succeeded", "", func(r report.Result) *float64 { return r.SuccessShare }}
	attempts    = Figure{"attempts per request", "", func(r report.Result) *float64 { return r.AttemptsPerRequest }}

	failure  = Figure{"share that failed", "", func(r report.Result) *float64 { return besideSuccess(r) }}
	rejected = Figure{"share that was rejected", "", func(r report.Result) *float64 { return besideSuccess(r) }}
	skipped  = Figure{"share that was skipped", "", func(r report.Result) *float64 {
		return over(float64(r.Executions.Skipped), float64(r.Attempts.Sent))
	}}
	littles = Figure{"mean in system / (throughput · mean latency)", "", func(r report.Result) *float64 {
		if r.MeanInSystem == nil || r.Throughput == nil || r.LatencySeconds.Mean == nil {
			return nil
		}
		return over(*r.MeanInSystem, *r.Throughput**r.LatencySeconds.Mean)
	}}
)

func milliseconds(name string, seconds func(report.Result) *float64) Figure {
	return Figure{name, "ms", func(r report.Result) *float64 {
		if v := seconds(r); v != nil {
			return over(*v, 1e-3)
		}
		return nil
	}}
}

// besideSuccess is the share of those that did not succeed, where there is but one way not to.
func besideSuccess(r report.Result) *float64 {
	if r.SuccessShare == nil {
		return nil
	}
	return over(1-*r.SuccessShare, 1)
}

// classLatency is the mean latency of the k-th class, from 0.
func classLatency(k int, name string) Figure {
	return milliseconds("mean latency, "+name, func(r report.Result) *float64 {
		if k >= len(r.Classes) {
			return nil
		}
		return r.Classes[k].LatencySeconds.Mean
	})
}

func over(a, b float64) *float64 {
	if b == 0 {
		return nil
	}
	v := a / b
	return &v
}
