package verify

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"
)

// WriteText writes a table for people: each system with its flags, and below it a line for each case. The last line is the verdict.
func (r Report) WriteText(w io.Writer) error {
	var b bytes.Buffer
	if r.published() {
		r.writeStories(&b)
		_, err := w.Write(b.Bytes())
		return err
	}
	fmt.Fprintf(&b, "%d replications of %d requests each. A case passes if its mean is within %.2f standard errors of theory, and %g %%\n",
		r.Replications, r.Requests, r.Limit, 100*Allowance)
	fmt.Fprintf(&b, "of it: a true program then fails, in one case or more of %d, for at most one seed in %.0f.\n\n", len(r.Verdicts), 1/Risk)
	r.writeRows(&b)
	fmt.Fprintf(&b, "\n%s\n", r.sentence())
	_, err := w.Write(b.Bytes())
	return err
}

// writeRows writes each system with its flags, and below it its cases.
func (r Report) writeRows(b *bytes.Buffer) {
	lines := r.rows("theory")
	b.WriteString(lines[0])
	for i, v := range r.Verdicts {
		if i == 0 || v.Model != r.Verdicts[i-1].Model || !slices.Equal(v.Flags, r.Verdicts[i-1].Flags) {
			fmt.Fprintf(b, "%s: %s\n", v.Model, v.Says)
			fmt.Fprintf(b, "  waza %s\n", strings.Join(v.Flags, " "))
		}
		b.WriteString(lines[i+1])
	}
}

// rows are a heading and a line for each case. Those below one system and those below the next are aligned by their columns.
func (r Report) rows(said string) []string {
	var rows bytes.Buffer
	t := tabwriter.NewWriter(&rows, 0, 0, 2, ' ', tabwriter.AlignRight)
	width := 0
	for _, v := range r.Verdicts {
		width = max(width, utf8.RuneCountInString(v.label()))
	}
	fmt.Fprintf(t, "%-*s\t%s\tmeasured\t95 %% interval\tdeviation\t\t\n", width, "", said)
	for _, v := range r.Verdicts {
		fmt.Fprintf(t, "%-*s\t%s\t%s\t%s\t%s\t%s\t\n", width, v.label(), v.said(), digits(v.Mean),
			"["+digits(v.Low)+", "+digits(v.High)+"]", deviation(v.Deviation), passed(v.Passed))
	}
	t.Flush()
	lines := slices.Collect(strings.Lines(rows.String()))
	lines[0] = strings.TrimRight(lines[0], " \n") + "\n"
	return lines
}

// said is what the figure is to be.
func (v Verdict) said() string {
	if v.Story == nil || v.Range == nil {
		return digits(v.Theory)
	}
	return v.Range.String()
}

func (v Verdict) label() string {
	if v.Figure.Unit == "" {
		return "    " + v.Figure.Name
	}
	return "    " + v.Figure.Name + ", " + v.Figure.Unit
}

// digits are five that say something.
func digits(v float64) string {
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return fmt.Sprint(v)
	}
	whole := int(math.Floor(math.Log10(math.Abs(v)))) + 1
	return fmt.Sprintf("%.*f", max(0, min(9, 5-whole)), v)
}

func deviation(v float64) string {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return "-"
	}
	return fmt.Sprintf("%+.2f", v)
}

func passed(p bool) string {
	if p {
		return "pass"
	}
	return "FAIL"
}

func (r Report) sentence() string {
	failed := r.Failed()
	if len(failed) == 0 {
		return fmt.Sprintf("All %d cases agree with %s.", len(r.Verdicts), r.by())
	}
	var names []string
	for _, v := range failed {
		names = append(names, v.Model+" ("+v.Figure.Name+")")
	}
	return fmt.Sprintf("%d of %d cases do not agree with %s: %s.", len(failed), len(r.Verdicts), r.by(), strings.Join(names, ", "))
}

// by is with what cases are to agree.
func (r Report) by() string {
	if r.published() {
		return "what was published"
	}
	return "theory"
}
