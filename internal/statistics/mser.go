package statistics

// mserBatch is how many observations in a row MSER-5 makes one of, and mserShortest how many batches it wants at least: fewer have
// no half whose spread would say anything.
const (
	mserBatch    = 5
	mserShortest = 10
)

// MSERShortest is how many observations MSER-5 wants at least.
const MSERShortest = mserShortest * mserBatch

// A Truncation is the part at the beginning of a series that is left out.
type Truncation struct {
	Observations int  // left out, a multiple of five
	AtLimit      bool // it is the longest that was tried: the transient may be longer, and the series too short to tell
}

// MSER5 returns where the initial transient of a series ends, by the rule of White, Cobb and Spratt ("A comparison of five steady-state
// truncation heuristics for simulation", 2000). The series are the observations of one run in the order in which they were made. Their
// n batch means Z of five each are taken, and of the d of them to be left out, d ≤ n/2, the one for which
//
//	1/(n−d)² · Σ_{i>d} (Z_i − mean of Z_{d+1}…Z_n)²
//
// is smallest, which is the squared standard error of what remains, as if the batches were independent; of equal ones the smallest d.
// Observations after the last full batch are not looked at. There is no answer for fewer than fifty of them, or for a value that is not
// finite. Time O(n), no memory.
func MSER5(series []float64) (Truncation, bool) {
	batches := len(series) / mserBatch
	if batches < mserShortest || !finite(series...) {
		return Truncation{}, false
	}
	var mean, squares float64 // of the batches from d on, as Welford (1962) adds one
	best, least := 0, 0.0
	for d := batches - 1; d >= 0; d-- {
		remaining := float64(batches - d)
		distance := batchMean(series, d) - mean
		mean += distance / remaining
		squares += distance * distance * (remaining - 1) / remaining
		error2 := squares / (remaining * remaining)
		if d == batches/2 || d < batches/2 && error2 <= least {
			best, least = d, error2
		}
	}
	return Truncation{Observations: best * mserBatch, AtLimit: best == batches/2}, finite(squares)
}

// batchMean returns the mean of a batch, by way of the distances from its first value, which leave no noise if all are equal.
func batchMean(series []float64, batch int) float64 {
	values := series[batch*mserBatch:][:mserBatch]
	sum := 0.0
	for _, v := range values {
		sum += v - values[0]
	}
	return values[0] + sum/mserBatch
}
