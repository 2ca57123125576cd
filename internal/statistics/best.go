package statistics

import "math"

// Best returns the strategies, by index in order, that cannot be told from the best at 95 % over all of them together; see BestAt.
func Best(values [][]float64) ([]int, bool) { return BestAt(values, Level) }

// BestAt takes values of a figure of which less is better, one row for each of k strategies, one column for each of K replications.
// Strategy i stays if for no l the mean of the paired differences i − l exceeds t(1 − (1−level)/(k−1), K−1)·S_il/√K: the subset
// selection of Gupta ("On some multiple decision (selection and ranking) rules", 1965), on paired differences, as common random numbers
// ask for. If i is a best one, then each of its k − 1 differences has a mean of at most zero, and is that large with a probability of at
// most (1−level)/(k−1), so that i goes with one of at most 1−level (Bonferroni), whatever the values of one replication have in common.
// The strategy with the smallest mean always stays, and so does whoever equals it in each replication; one strategy is its own best.
//
// Nothing is told of fewer than two replications, or of values that are not finite. Rows of different length are a mistake of the caller.
func BestAt(values [][]float64, level float64) ([]int, bool) {
	if len(values) == 0 || len(values[0]) < 2 {
		return nil, false
	}
	for _, row := range values {
		if sameNumber(row, values[0]); !finite(row...) {
			return nil, false
		}
	}
	replications := len(values[0])
	limit := 0.0
	if len(values) > 1 {
		limit = student(1-(1-level)/float64(len(values)-1), replications) / math.Sqrt(float64(replications))
	}
	var stay []int
	for i := range values {
		if !beaten(values, i, limit) {
			stay = append(stay, i)
		}
	}
	return stay, true
}

// beaten tells whether the mean difference of strategy i to another exceeds so many standard deviations of that difference.
func beaten(values [][]float64, i int, limit float64) bool {
	for l := range values {
		mean, sd, ok := meanAndSD(less(values[i], values[l]))
		if l != i && ok && mean > limit*sd {
			return true
		}
	}
	return false
}
