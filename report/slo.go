package report

import (
	"cmp"
	"slices"
)

// A Held says whether an objective is kept.
type Held struct {
	Objective string    `json:"objective"` // as the command line has it: p99:50ms
	Figure    string    `json:"figure"`
	Limit     float64   `json:"limit"`           // in seconds, per second or a share; at most or, where more of the figure is better, at least so much
	Value     *float64  `json:"value"`           // nil: it does not exist, and then the objective is not kept
	CI95      *Interval `json:"ci95,omitempty"`  // of the value; nil: of one seed, of a maximum, or of equal values
	Equal     bool      `json:"equal,omitempty"` // all seeds gave this value: nothing tells how sure it is
	Kept      bool      `json:"kept"`
	Margin    *float64  `json:"margin_share"` // of the limit, below 0 if it is missed; nil: there is no value, or the limit is 0
}

// straddles tells whether the limit lies within the interval of the value.
func (h Held) straddles() bool { return h.CI95 != nil && h.CI95[0] < h.Limit && h.Limit < h.CI95[1] }

// Unsure tells whether intervals leave open that all objectives are kept, or that one is missed. Where there are none nothing is known of it.
func Unsure(held []Held) bool {
	if KeptAll(held) {
		return slices.ContainsFunc(held, Held.straddles)
	}
	return !slices.ContainsFunc(held, func(h Held) bool { return !h.Kept && !h.straddles() })
}

// KeptAll tells whether all objectives are kept.
func KeptAll(held []Held) bool {
	return !slices.ContainsFunc(held, func(h Held) bool { return !h.Kept })
}

// A Knee is the highest load or rate of a sweep up to which a strategy keeps the objectives at all values.
type Knee struct {
	Strategy    string   `json:"strategy"`
	Flag        string   `json:"flag"`
	At          *Swept   `json:"at,omitempty"`  // the value of the other flag, in a grid
	Value       *float64 `json:"value"`         // nil: the lowest misses them
	Next        *float64 `json:"next"`          // the lowest that misses them; nil: none does
	Again       bool     `json:"again"`         // higher ones keep them again
	Success     *float64 `json:"success_share"` // at the value
	ValueUnsure bool     `json:"value_unsure"`  // of several seeds: an interval at the value leaves open that all are kept
	NextUnsure  bool     `json:"next_unsure"`   // that one is missed at the next
}

// Knees are those of all strategies, in the order of the runs; none without objectives, or where neither load nor rate is swept, and
// none of a strategy that does not have the figure at each value: nobody can tell what it keeps.
func Knees(runs []Result) []Knee {
	var order []Knee
	of := map[[2]string][]*Result{}
	for i := range runs {
		on, at := runs[i].offered()
		if on == nil || len(runs[i].SLO) == 0 {
			continue
		}
		key := [2]string{runs[i].Strategy}
		if at != nil {
			key[1] = at.Text
		}
		if of[key] == nil {
			order = append(order, Knee{Strategy: runs[i].Strategy, Flag: on.Flag, At: at})
		}
		of[key] = append(of[key], &runs[i])
	}
	for i := range order {
		k := &order[i]
		key := [2]string{k.Strategy}
		if k.At != nil {
			key[1] = k.At.Text
		}
		k.find(of[key])
	}
	return slices.DeleteFunc(order, func(k Knee) bool {
		return slices.ContainsFunc(runs, func(r Result) bool {
			_, at := r.offered()
			same := r.Strategy == k.Strategy && (at == nil || k.At == nil || at.Text == k.At.Text)
			return same && slices.ContainsFunc(r.SLO, func(h Held) bool { return h.Value == nil })
		})
	})
}

// offered is the load or the rate that is swept, if one is, and what is swept beside it.
func (r *Result) offered() (on, beside *Swept) {
	for _, pair := range [][2]*Swept{{r.Swept, r.SweptAlso}, {r.SweptAlso, r.Swept}} {
		if s := pair[0]; s != nil && (s.Flag == "load" || s.Flag == "rate") {
			return s, pair[1]
		}
	}
	return nil, nil
}

// find looks from the lowest value upwards.
func (k *Knee) find(runs []*Result) {
	value := func(r *Result) float64 {
		on, _ := r.offered()
		v, _ := on.Value.(float64)
		return v
	}
	slices.SortStableFunc(runs, func(a, b *Result) int { return cmp.Compare(value(a), value(b)) })
	for _, r := range runs {
		v := value(r)
		switch kept := KeptAll(r.SLO); {
		case !kept && k.Next == nil:
			k.Next, k.NextUnsure = &v, Unsure(r.SLO)
		case kept && k.Next == nil:
			k.Value, k.Success, k.ValueUnsure = &v, r.SuccessShare, Unsure(r.SLO)
		case kept:
			k.Again = true
		}
	}
}
