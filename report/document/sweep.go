package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"waza/report"
)

// A point is where a run of a sweep belongs: the values of what is swept there.
type point struct {
	first, also string
	word        bool // the value of the last flag is no number: nothing lies between two words
}

func pointOf(first, also *report.Swept) point {
	last := first
	if also != nil {
		last = also
	}
	word := false
	if last != nil {
		_, word = last.Value.(string)
	}
	return point{pointText(first), pointText(also), word}
}

func pointText(s *report.Swept) string {
	switch {
	case s == nil:
		return ""
	case s.Text != "":
		return visible(s.Text)
	}
	return visible(fmt.Sprint(s.Value))
}

func (p point) String() string {
	if p.also == "" {
		return p.first
	}
	return p.first + " and " + p.also
}

// sweptNames are the flags that are swept, before their values: load, or load and timeout.
func sweptNames(r *report.Result) string {
	if r.SweptAlso == nil {
		return visible(r.Swept.Flag)
	}
	return visible(r.Swept.Flag) + " and " + visible(r.SweptAlso.Flag)
}

// labelOf names a run.
func labelOf(r *report.Result) string {
	if r.Swept == nil {
		return r.Strategy
	}
	return fmt.Sprintf("%s at %s %v", r.Strategy, sweptNames(r), pointOf(r.Swept, r.SweptAlso))
}

// labels are those of the table, the heading first: of a sweep a column for each flag, and then the strategy.
func (d Document) labels() []string {
	rows := [][]string{{"strategy"}}
	for i := range d.Runs {
		r := &d.Runs[i]
		row := []string{r.Strategy}
		if also := r.SweptAlso; also != nil {
			rows[0], row = append([]string{visible(also.Flag)}, rows[0][len(rows[0])-1:]...), append([]string{pointText(also)}, row...)
		}
		if r.Swept != nil {
			rows[0] = append([]string{visible(r.Swept.Flag)}, rows[0][len(rows[0])-len(row):]...)
			row = append([]string{pointText(r.Swept)}, row...)
		}
		rows = append(rows, row)
	}
	labels := make([]string, len(rows))
	for column := range rows[0] {
		width := 0
		for _, row := range rows {
			width = max(width, utf8.RuneCountInString(row[column]))
		}
		for i, row := range rows {
			if column == len(row)-1 {
				labels[i] += row[column]
			} else {
				labels[i] += row[column] + strings.Repeat(" ", width-utf8.RuneCountInString(row[column])+gap)
			}
		}
	}
	return labels
}

// mostStretches is in how many parts of a sweep something is said to be before it is only said at how many values; of words there are more, for
// each is one.
const (
	mostStretches = 3
	mostWords     = 8
)

// points are those of the runs, each once, in their order; numbers that neither rise nor fall throughout are put in order, so that a stretch
// of them is one.
func points(runs []report.Result) []point {
	var all []point
	var first, also []*report.Swept
	for i := range runs {
		if p := pointOf(runs[i].Swept, runs[i].SweptAlso); !slices.Contains(all[max(0, len(all)-1):], p) {
			all, first, also = append(all, p), append(first, runs[i].Swept), append(also, runs[i].SweptAlso)
		}
	}
	outer, inner := ranks(first), ranks(also)
	slices.SortStableFunc(all, func(a, b point) int { return cmp.Or(outer[a.first]-outer[b.first], inner[a.also]-inner[b.also]) })
	return all
}

// ranks are the places of the values of a flag, by their texts.
func ranks(values []*report.Swept) map[string]int {
	seen := map[string]bool{}
	values = slices.DeleteFunc(slices.Clone(values), func(s *report.Swept) bool {
		again := seen[pointText(s)]
		seen[pointText(s)] = true
		return again
	})
	number := func(s *report.Swept) (v float64, is bool) {
		if s != nil {
			v, is = s.Value.(float64)
		}
		return v, is
	}
	up := func(a, b *report.Swept) int {
		one, _ := number(a)
		other, _ := number(b)
		return cmp.Compare(one, other)
	}
	words := slices.ContainsFunc(values, func(s *report.Swept) bool { _, is := number(s); return !is })
	if !words && !slices.IsSortedFunc(values, up) && !slices.IsSortedFunc(values, func(a, b *report.Swept) int { return up(b, a) }) {
		slices.SortFunc(values, up)
	}
	places := map[string]int{}
	for i, s := range values {
		places[pointText(s)] = i
	}
	return places
}

// stretches names some of all points: 0.1 to 0.5 and 0.9. In a grid a stretch is at one value of the first. Words are listed.
func stretches(some, all []point) string {
	var texts []string
	most := mostStretches
	for i := 0; i < len(all); i++ {
		if !slices.Contains(some, all[i]) {
			continue
		}
		last := i
		if all[i].word {
			most = mostWords
		}
		for last+1 < len(all) && !all[i].word && !all[last+1].word && slices.Contains(some, all[last+1]) && (all[i].also == "" || all[last+1].first == all[i].first) {
			last++
		}
		text := all[i].String()
		switch {
		case last > i && all[i].also != "":
			text += " to " + all[last].also
		case last > i:
			text = span(text, all[last].String())
		}
		texts, i = append(texts, text), last
	}
	if len(texts) > most {
		return fmt.Sprintf("%d of %d values", len(some), len(all))
	}
	return strings.Join(texts, ", ")
}

// whoSwept names some of the runs of a sweep: by strategy, and at which values unless it is at all.
func whoSwept(some []*report.Result, all []report.Result) string {
	every := points(all)
	var order []string
	at := map[string][]point{}
	for _, r := range some {
		if at[r.Strategy] == nil {
			order = append(order, r.Strategy)
		}
		at[r.Strategy] = append(at[r.Strategy], pointOf(r.Swept, r.SweptAlso))
	}
	same := len(order) > 1 && !slices.ContainsFunc(order, func(name string) bool { return !slices.Equal(at[name], at[order[0]]) })
	if same {
		who := enumerated(order)
		if !slices.ContainsFunc(all, func(r report.Result) bool { return !slices.Contains(order, r.Strategy) }) {
			who = "all"
		}
		return fmt.Sprintf("%s at %s %s: ", who, sweptNames(some[0]), stretches(at[order[0]], every))
	}
	var names []string
	for _, name := range order {
		if len(at[name]) < len(every) {
			names = append(names, fmt.Sprintf("%s at %s %s", name, sweptNames(some[0]), stretches(at[name], every)))
		} else {
			names = append(names, name)
		}
	}
	return strings.Join(names, "; ") + ": "
}

// missing says in one line which runs there were to be, and are not, and names each point once.
func (d Document) missing() string {
	const most = 6
	var parts []string
	rest := 0
	for all := d.Missing; len(all) > 0; {
		n := 1
		for n < len(all) && pointOf(all[n].Swept, all[n].SweptAlso) == pointOf(all[0].Swept, all[0].SweptAlso) {
			n++
		}
		if len(parts) < most {
			parts = append(parts, missingAt(all[:n]))
		} else {
			for _, m := range all[:n] {
				rest += m.Wanted - m.Played
			}
		}
		all = all[n:]
	}
	if rest > 0 {
		parts = append(parts, "and "+counted(report.Count(rest), "run")+" more")
	}
	return "missing: " + strings.Join(parts, "; ")
}

// missingAt says which are missing at one point: random and pull at load 0.7: 2 of 5 runs each, jsq 1 of 5 runs.
func missingAt(all []Missing) string {
	const named = 4
	var order []string
	whose := map[string][]string{}
	for _, m := range all {
		lacks := fmt.Sprintf("%d of %s", m.Wanted-m.Played, counted(report.Count(m.Wanted), "run"))
		if whose[lacks] == nil {
			order = append(order, lacks)
		}
		whose[lacks] = append(whose[lacks], m.Strategy)
	}
	var parts []string
	for i, lacks := range order {
		names := whose[lacks]
		r := report.Result{Strategy: enumerated(names), Swept: all[0].Swept, SweptAlso: all[0].SweptAlso}
		if len(names) > named {
			r.Strategy = fmt.Sprintf("%d strategies", len(names))
		}
		text := r.Strategy + " "
		if i == 0 {
			text = labelOf(&r) + ": "
		}
		if text += lacks; len(names) > 1 {
			text += " each"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}
