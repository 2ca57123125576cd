package report_test

import (
	"testing"

	"waza/internal/invented"
	"waza/report"
)

// What one request costs the report.
func BenchmarkFold(b *testing.B) {
	v := invented.Run{Workers: 10, Requests: 100_000, Load: 0.8, Seed: 1}
	outcomes, _ := v.Outcomes(v.Window())
	for b.Loop() {
		invented.Fold(report.Options{Window: v.Window()}, outcomes, 256)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(outcomes)), "ns/request")
}
