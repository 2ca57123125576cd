package verify

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"waza/internal/statistics"
)

// A Verdict is what came of a case.
type Verdict struct {
	Case
	Mean      float64 // of the replications
	Low, High float64 // the 95 % interval of the mean, by Student's t
	Deviation float64 // of the mean from theory in standard errors; infinite if there is one and the replications are all alike
	Passed    bool
}

// A Report is what came of all.
type Report struct {
	Replications, Requests int
	Limit                  float64 // standard errors, beyond the allowance, that a case may be away from theory
	Verdicts               []Verdict
}

// Passed tells whether all cases agree with theory.
func (r Report) Passed() bool { return len(r.Failed()) == 0 }

// Failed are the cases that do not.
func (r Report) Failed() (failed []Verdict) {
	for _, v := range r.Verdicts {
		if !v.Passed {
			failed = append(failed, v)
		}
	}
	return failed
}

// limit is how many standard errors the mean of so many replications may be away from the truth if one of so many cases is to be further
// away with probability Risk at most (Bonferroni).
func limit(cases, replications int) float64 {
	return student(1-Risk/float64(cases)/2, replications)
}

func student(p float64, replications int) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(replications - 1)}.Quantile(p)
}

// judge compares the values of at least two replications with theory. What is no number, measured or in theory, does not pass.
func judge(c Case, values []float64, limit float64) Verdict {
	measured, ok := statistics.MeanInterval(values)
	off, err := measured.Mean-c.Theory, measured.HalfWidth()/student((1+statistics.Level)/2, len(values))
	v := Verdict{Case: c, Mean: measured.Mean, Low: measured.Low, High: measured.High, Deviation: off / err}
	if off == 0 {
		v.Deviation = 0
	}
	if c.Story != nil && c.Range != nil {
		v.Deviation = math.NaN()
		v.Passed = ok && c.Range.holds(measured.Mean, limit*err)
		return v
	}
	v.Passed = ok && agrees(off, err, c.Theory, limit)
	return v
}

// holds tells whether a mean is in the range however far it is off within its margin.
func (r Range) holds(mean, margin float64) bool {
	return mean-margin >= r.Least && mean+margin <= r.Most
}

// agrees is the rule, for a mean that is off by so much and has this standard error.
func agrees(off, err, theory, limit float64) bool {
	return math.Abs(off) <= limit*err+Allowance*math.Abs(theory)
}
