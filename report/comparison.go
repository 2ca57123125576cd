package report

// What is in this file is said of several runs together, one with each seed or each value of a flag. The Result of one run
// alone has none of it; JSON and CSV have the fields all the same, and say so.

// Swept is the flag that a sweep varies, and its value in this run.
type Swept struct {
	Flag  string  `json:"flag"`
	Value float64 `json:"value"`
}

// A SpreadCI holds 95 % confidence intervals, low and high.
type SpreadCI struct {
	Mean [2]float64 `json:"mean"`
	P50  [2]float64 `json:"p50"`
	P90  [2]float64 `json:"p90"`
	P99  [2]float64 `json:"p99"`
	P999 [2]float64 `json:"p999"`
}

// A Difference compares a run with the baseline's, seed by seed.
type Difference struct {
	Baseline string         `json:"baseline"`
	Mean     DifferenceSpan `json:"mean"`
	P99      DifferenceSpan `json:"p99"`
}

// A DifferenceSpan is a difference with its 95 % interval.
type DifferenceSpan struct {
	Seconds float64    `json:"seconds"`
	CI95    [2]float64 `json:"ci95"`
}
