package report

import "testing"

// What one request costs the report.
func BenchmarkFold(b *testing.B) {
	v := invention{workers: 10, requests: 100_000, load: 0.8, seed: 1}
	outcomes, _ := v.run(v.window())
	for b.Loop() {
		folded(Options{Window: v.window()}, outcomes, 256)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(outcomes)), "ns/request")
}
