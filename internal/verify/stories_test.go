package verify

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/theory"
	"waza/report"
)

// byStrategy plays results whose mean latencies these are, for the strategy that the first flag names.
func byStrategy(values map[string][]float64) Play {
	return func(flags []string, replications int) ([]report.Result, error) {
		return giving(values[strings.TrimPrefix(flags[0], "--strategy=")]...)(flags, replications)
	}
}

func told(within *Range, against string) []Case {
	return published{"a story", "It is so.", "Somebody, Something, 2001", "It was said to be so."}.cases(
		shown{name: "mean latency", figure: meanLatency, flags: "--strategy=a --load=0.5", against: against, within: within})
}

// The mean of 10 and 12 is 11 and its standard error 1; with two replications of one case 636.62 of these are the margin.
func TestABoundHasToBeShown(t *testing.T) {
	for _, row := range []struct {
		says   string
		within *Range
		passes bool
	}{
		{"the mean is above, but not by the margin", above(0), false},
		{"by just less than the margin", above(11 - 636.5), false},
		{"by just more", above(11 - 636.7), true},
		{"below likewise", below(11 + 636.5), false},
		{"and by just more", below(11 + 636.7), true},
		{"both", &Range{11 - 636.7, 11 + 636.7}, true},
		{"one of both", &Range{11 - 636.7, 11 + 636.5}, false},
	} {
		r, err := Run(byStrategy(map[string][]float64{"a": {10, 12}}), told(row.within, ""), 2, 0)
		require.NoError(t, err)
		assert.Equal(t, row.passes, r.Passed(), row.says)
	}
}

// Seed by seed 10, 20 and 40 are twice 5, 10 and 20: the ratio never varies, though both do.
func TestTwoSystemsArePairedBySeed(t *testing.T) {
	values := map[string][]float64{"a": {10, 20, 40}, "b": {5, 10, 20}}
	for most, passes := range map[float64]bool{1.99: false, 2.01: true} {
		r, err := Run(byStrategy(values), told(&Range{1.5, most}, "--strategy=b --load=0.5"), 3, 0)
		require.NoError(t, err)
		assert.Equal(t, passes, r.Passed(), most)
		assert.InDelta(t, 2, r.Verdicts[0].Mean, 1e-9)
	}
}

func TestAStoryIsTold(t *testing.T) {
	values := map[string][]float64{"a": {10, 20, 40}, "b": {5, 10, 20}}
	r, err := Run(byStrategy(values), told(below(1.5), "--strategy=b --load=0.5"), 3, 0)
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, r.WriteText(&text))
	assert.Equal(t, `3 replications of each. A number passes if the mean is within 31.60 standard errors of it, and 0.1 %
  of it; a bound, if the mean is so many standard errors within.

                    published  measured     95 % interval  deviation
a story: It is so.
  Somebody, Something, 2001. It was said to be so.
  waza --strategy=a,b --load=0.5 --replications=3
      mean latency  below 1.5    2.0000  [2.0000, 2.0000]          -  FAIL

1 of 1 cases do not agree with what was published: a story (mean latency).
`, text.String())
}

// Systems that differ in one flag are one command, by the strategies or as a sweep; others stand by themselves.
func TestSystemsThatDifferInOneFlagAreOneCommand(t *testing.T) {
	systems := [][]string{{"--strategy=a", "--load=1"}, {"--strategy=b", "--load=1"}, {"--strategy=a", "--load=2"}, {"--strategy=a", "--load=3"}, {"--strategy=a"}}
	assert.Equal(t, [][]string{{"--strategy=a,b", "--load=1"}, {"--strategy=a", "--sweep=load=2,3"}, {"--strategy=a"}}, commands(systems))
}

// Every story has what the table says of it, and fits.
func TestStoriesAreWhole(t *testing.T) {
	all := Stories()
	r := Report{Replications: all.Replications, Limit: limit(len(all.Cases), all.Replications)}
	titles, figures := map[string]bool{}, map[string]bool{}
	for _, c := range all.Cases {
		require.NotNil(t, c.Story, c.Model)
		assert.Regexp(t, `, (19|20)\d\d$`, c.Source, c.Model)
		assert.Regexp(t, `\.$`, c.Says, c.Model)
		assert.Regexp(t, `\.\)?$`, c.Published, c.Model)
		assert.True(t, (c.Range == nil) == (c.Theory > 0), "%s: a number or a range", c.Model)
		assert.False(t, figures[c.Model+c.Figure.Name], "%s, %s stands twice", c.Model, c.Figure.Name)
		titles[c.Model], figures[c.Model+c.Figure.Name] = true, true
		for _, flags := range c.systems() {
			assert.Contains(t, strings.Join(flags, " "), "--requests=", "the command plays as many")
		}
		r.Verdicts = append(r.Verdicts, Verdict{Case: c, Mean: 0.0123456, Low: 0.0123456, High: 0.0123456, Deviation: math.NaN()})
	}
	assert.Len(t, titles, 7)
	var text bytes.Buffer
	require.NoError(t, r.WriteText(&text))
	for line := range strings.Lines(text.String()) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), width, line)
	}
}

// TestTheLimitsAreThoseOfTheory: the paper's predictions, to four digits.
func TestTheLimitsAreThoseOfTheory(t *testing.T) {
	for _, load := range []float64{0.5, 0.7, 0.8, 0.9, 0.95, 0.99} {
		assert.Contains(t, twoChoices()[0].Published, fmt.Sprintf("%.4f", theory.ChoicesLimit(2, load, 1)), load)
	}
}
