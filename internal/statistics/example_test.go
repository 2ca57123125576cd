package statistics_test

import (
	"fmt"

	"waza/internal/statistics"
)

// Two strategies have met the same five seeds; these are their mean latencies in milliseconds.
func Example() {
	random := []float64{52.1, 48.9, 55.3, 50.2, 51.0}
	leastLoaded := []float64{24.6, 23.1, 26.4, 23.9, 24.2}

	mean, _ := statistics.MeanInterval(leastLoaded)
	difference, _ := statistics.Difference(leastLoaded, random)
	ratio, _ := statistics.Ratio(leastLoaded, random)
	fmt.Printf("%.1f [%.1f, %.1f]\n", mean.Mean, mean.Low, mean.High)
	fmt.Printf("%.1f [%.1f, %.1f]: %v\n", difference.Mean, difference.Low, difference.High, statistics.Judge(difference))
	fmt.Printf("%.3f [%.3f, %.3f]\n", ratio.Mean, ratio.Low, ratio.High)
	// Output:
	// 24.4 [22.9, 26.0]
	// -27.1 [-28.6, -25.6]: better
	// 0.475 [0.472, 0.477]
}
