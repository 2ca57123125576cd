package report

import "waza/internal/statistics"

// What is in this file is said of several runs together, one with each seed or each value of a flag. The Result of one run
// alone has none of it; JSON and CSV have the fields all the same, and say so.

// Swept is the flag that a sweep varies, and its value in this run: a number, of a length its seconds, or a text.
type Swept struct {
	Flag  string `json:"flag" mean:"key"`
	Value any    `json:"value" mean:"key"`
	Text  string `json:"-" mean:"key"` // the value as people write it
}

// An Interval is one of 95 % confidence, low and high. There is none of one seed, nor where all seeds gave the same value, which shows
// nothing of how far off it may be.
type Interval [2]float64

// A SpreadCI holds intervals; nil: the figure does not exist.
type SpreadCI struct {
	Mean *Interval `json:"mean"`
	P50  *Interval `json:"p50"`
	P90  *Interval `json:"p90"`
	P99  *Interval `json:"p99"`
	P999 *Interval `json:"p999"`
}

// A SharesCI holds those of rates and shares.
type SharesCI struct {
	Throughput      *Interval `json:"throughput_per_second"`
	Goodput         *Interval `json:"goodput_per_second"`
	SuccessShare    *Interval `json:"success_share"`
	WastedWorkShare *Interval `json:"wasted_work_share"`
	Utilization     *Interval `json:"utilization"`
}

// A Difference compares a strategy with the baseline's, seed by seed.
type Difference struct {
	Baseline string         `json:"baseline"`
	Mean     DifferenceSpan `json:"mean"`
	P99      DifferenceSpan `json:"p99"`
}

// A DifferenceSpan is a difference of latencies, this one less that of the baseline, and their ratio, each with its 95 % interval; what
// does not exist is nil. A difference that is the same in all seeds has no interval, and the verdict says what all of them do.
type DifferenceSpan struct {
	Seconds   *float64  `json:"seconds"`
	CI95      *Interval `json:"ci95"`
	Ratio     *float64  `json:"ratio"`
	RatioCI95 *Interval `json:"ratio_ci95"`
	Verdict   string    `json:"verdict"` // better, worse or not distinguishable; empty: nobody can tell
}

// On is the difference of that figure: of the mean, or else of p99.
func (d *Difference) On(f Figure) DifferenceSpan {
	if f.Name == "mean" {
		return d.Mean
	}
	return d.P99
}

// values are those of a figure in each of the runs; nil if one of them does not have it.
func values(runs []Result, figure func(*Result) *float64) []float64 {
	var all []float64
	for i := range runs {
		v := figure(&runs[i])
		if v == nil {
			return nil
		}
		all = append(all, *v)
	}
	return all
}

// ci95 is the interval of a figure over the runs, which have independent seeds.
func ci95(runs []Result, figure func(*Result) *float64) *Interval {
	i, ok := statistics.MeanInterval(values(runs, figure))
	if !ok {
		return nil
	}
	return known(i)
}

// known is an interval, or nil if it has no width.
func known(i statistics.Interval) *Interval {
	if !i.Known() {
		return nil
	}
	return &Interval{i.Low, i.High}
}

// sure says how sure the figures of the mean of these runs are.
func (r *Result) sure(runs []Result) {
	r.LatencyCI95 = &SpreadCI{
		Mean: ci95(runs, func(r *Result) *float64 { return r.LatencySeconds.Mean }),
		P50:  ci95(runs, func(r *Result) *float64 { return r.LatencySeconds.P50 }),
		P90:  ci95(runs, func(r *Result) *float64 { return r.LatencySeconds.P90 }),
		P99:  ci95(runs, func(r *Result) *float64 { return r.LatencySeconds.P99 }),
		P999: ci95(runs, func(r *Result) *float64 { return r.LatencySeconds.P999 }),
	}
	r.CI95 = &SharesCI{
		Throughput:      ci95(runs, func(r *Result) *float64 { return r.Throughput }),
		Goodput:         ci95(runs, func(r *Result) *float64 { return r.Goodput }),
		SuccessShare:    ci95(runs, func(r *Result) *float64 { return r.SuccessShare }),
		WastedWorkShare: ci95(runs, func(r *Result) *float64 { return r.WastedWorkShare }),
		Utilization:     ci95(runs, func(r *Result) *float64 { return r.Utilization }),
	}
}

// Compare compares runs of a strategy with those of the baseline that have the same seeds, in the same order.
func Compare(runs, baseline []Result) *Difference {
	n := min(len(runs), len(baseline))
	if n < 2 {
		return nil
	}
	runs, baseline = runs[:n], baseline[:n]
	return &Difference{
		Baseline: baseline[0].Strategy,
		Mean:     differenceOf(runs, baseline, func(r *Result) *float64 { return r.LatencySeconds.Mean }),
		P99:      differenceOf(runs, baseline, func(r *Result) *float64 { return r.LatencySeconds.P99 }),
	}
}

func differenceOf(runs, baseline []Result, figure func(*Result) *float64) (d DifferenceSpan) {
	these, those := values(runs, figure), values(baseline, figure)
	if these == nil || those == nil {
		return d
	}
	if by, ok := statistics.Difference(these, those); ok {
		d.Seconds, d.CI95 = &by.Mean, known(by)
		d.Verdict = statistics.Judge(by).String()
	}
	if by, ok := statistics.Ratio(these, those); ok {
		d.Ratio, d.RatioCI95 = &by.Mean, known(by)
	}
	return d
}
