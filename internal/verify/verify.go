// Package verify holds the simulator to what theory says: a table of cases, each a system that queueing theory knows exactly, the flags that
// play it, and a figure. Cases are data; who plays them is handed in, so that they can be played on any number of cores, or by a
// program that is meant to be wrong.
//
// How it is judged. Each case is played with several seeds, and its figure is the mean of as many independent values, m, with the standard
// error s/√R. It fails if |m − theory| > t·s/√R + Allowance·|theory|, where t is the quantile of Student's distribution with R−1 degrees of
// freedom at which a case that is true fails with probability Risk/number of cases, on either side. By Bonferroni's inequality, whatever
// the cases have to do with each other, a true program fails in at most one of 1/Risk tries: for one seed in a thousand.
//
// The allowance is for what is known to be a little beside theory, whatever the number of seeds: percentiles are told in three digits,
// upwards, by less than 0.1 %; a run begins empty and has a tenth of it as warm-up, which leaves less than a millionth of that at these
// lengths; and N arrivals in a given time vary less than those of a Poisson process, which takes ρ²/((1−ρ)²N) from the mean of M/M/1, 0.03
// % at a load of 0.7.
//
// Its sister is a table of published claims, stories.go. Some of these are numbers, and judged in the same way. The others say between which
// bounds a figure is, or that of one system over that of another with the same seeds: such a claim has to be shown, and passes if both
// ends of the interval of t standard errors are within the bounds.
//
// Next: cases.go, the table; judge.go, the rule.
package verify

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"waza/report"
)

// Risk is the probability that a true program fails, at most.
const Risk = 0.001

// Allowance is the share of what theory says by which a figure may be beside it.
const Allowance = 0.001

// How much is played for each system: at a load of 0.7 the standard error of the mean latency of M/M/1 is about 1 %. Fewer requests of more
// seeds would be too few for the warm-up; of fewer seeds Student's quantile would be higher, 5.2 with 30, and 9 with 10.
const (
	Replications = 30
	Requests     = 20_000
)

// A Case is one thing that theory says of a system.
type Case struct {
	Model  string   // in the field's notation
	Says   string   // the theory in a few words
	Flags  []string // of the program, without seed, requests and output
	Figure Figure
	Theory float64 // what the figure is, in its unit
	*Story         // nil: Theory says what is so
}

// A Table is what is judged together.
type Table struct {
	Flag         string // that plays it
	Cases        []Case
	Replications int
	Requests     int // of each run; 0: the flags of a case say it
}

// Theory is the table of what is known exactly.
func Theory() Table {
	return Table{Flag: "verify", Cases: Cases(), Replications: Replications, Requests: Requests}
}

// Settings are the flags of a system with the requests of the table.
func (t Table) Settings(flags []string) []string { return withRequests(t.Requests, flags) }

// Judge judges the table by the results of its systems.
func (t Table) Judge(played [][]report.Result) (Report, error) {
	return Judge(t.Cases, played, t.Replications, t.Requests)
}

func withRequests(requests int, flags []string) []string {
	if requests == 0 {
		return flags
	}
	return append([]string{fmt.Sprintf("--requests=%d", requests)}, flags...)
}

// A Figure is a number of a result, in its unit; nil where a result has none.
type Figure struct {
	Name, Unit string // no unit: a number, or a share
	Of         func(report.Result) *float64
}

// Play plays the flags with so many independent seeds, and returns a result for each. The flags are those of one strategy.
type Play func(flags []string, replications int) ([]report.Result, error)

// Run plays all cases, those that have the same flags once, so many requests with so many seeds each, and judges them. It is an error if a run fails, does not account for
// everything, or lacks the figure; that the program disagrees with theory is none. At least two replications are needed.
func Run(play Play, cases []Case, replications, requests int) (Report, error) {
	var played [][]report.Result
	for _, flags := range Systems(cases) {
		results, err := play(withRequests(requests, flags), replications)
		if err != nil {
			return Report{}, fmt.Errorf("%s: %w", strings.Join(flags, " "), err)
		}
		played = append(played, results)
	}
	return Judge(cases, played, replications, requests)
}

// Systems are the flags of all cases, those that several have once.
func Systems(cases []Case) (systems [][]string) {
	for _, c := range cases {
		for _, flags := range c.systems() {
			if indexOf(flags, systems) < 0 {
				systems = append(systems, flags)
			}
		}
	}
	return systems
}

// systems are the one that is played, and the one with which it is compared.
func (c Case) systems() [][]string {
	if c.Story == nil || c.Against == nil {
		return [][]string{c.Flags}
	}
	return [][]string{c.Flags, c.Against}
}

func indexOf(flags []string, systems [][]string) int {
	return slices.IndexFunc(systems, func(others []string) bool { return slices.Equal(flags, others) })
}

// Judge judges the cases by the results of their systems, in the order of Systems, each of so many requests and with so many seeds.
func Judge(cases []Case, played [][]report.Result, replications, requests int) (Report, error) {
	if replications < 2 {
		return Report{}, errors.New("verifying takes at least two replications")
	}
	systems := Systems(cases)
	told := Report{Replications: replications, Requests: requests, Limit: limit(len(cases), replications)}
	for _, c := range cases {
		var values []float64
		for i, flags := range c.systems() {
			more, err := c.valuesOf(played[indexOf(flags, systems)], replications)
			if err != nil {
				return told, fmt.Errorf("%s (%s): %w", c.Model, strings.Join(flags, " "), err)
			}
			if i == 0 {
				values = more
				continue
			}
			for k := range values {
				values[k] /= more[k]
			}
		}
		told.Verdicts = append(told.Verdicts, judge(c, values, told.Limit))
	}
	return told, nil
}

// wrong tells what makes results useless.
func wrong(results []report.Result, replications int) error {
	if len(results) != replications {
		return fmt.Errorf("%d results of %d replications", len(results), replications)
	}
	for _, r := range results {
		if r.Unaccounted != "" {
			return errors.New(r.Unaccounted)
		}
	}
	return nil
}

func (c Case) valuesOf(results []report.Result, replications int) ([]float64, error) {
	if err := wrong(results, replications); err != nil {
		return nil, err
	}
	values := make([]float64, len(results))
	for i, r := range results {
		v := c.Figure.Of(r)
		if v == nil {
			return nil, fmt.Errorf("replication %d has no %s", i+1, c.Figure.Name)
		}
		values[i] = *v
	}
	return values, nil
}
