package command

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"waza/internal/option"
	"waza/worker"
)

// A faultList is the flag --fault, which may be given many times: each adds one. It implements flagValue.
type faultList struct {
	faults []worker.Fault
	typed  []string // as they stand on the command line
}

func (l *faultList) Set(s string) error {
	f, err := parseFault(s)
	if err != nil {
		return err
	}
	if len(l.faults) == maxFaults {
		return fmt.Errorf("want at most %d faults", maxFaults)
	}
	l.faults, l.typed = append(l.faults, f), append(l.typed, s)
	return nil
}

func (l *faultList) String() string {
	var texts []string
	for _, f := range l.faults {
		texts = append(texts, faultText(f))
	}
	return strings.Join(texts, " ")
}

func (l *faultList) Type() string { return "" }

func (l *faultList) wants() string {
	return "slow:factor=3 or flaky:p=0.1, with worker=, and at= and for= or mtbf= and mttr="
}

func (l *faultList) wasGiven() bool { return len(l.faults) > 0 }

func (l *faultList) asTyped() string { return strings.Join(l.typed, " ") }

func (l *faultList) setting() any {
	if !l.wasGiven() {
		return nil
	}
	return l.String()
}

// faultKinds are those that are built.
func faultKinds() option.Kind[worker.FaultKind] {
	return option.OneOf(option.Choice[worker.FaultKind]{Name: "slow", Is: worker.Slow}, option.Choice[worker.FaultKind]{Name: "flaky", Is: worker.Flaky})
}

// parseFault reads KIND:key=value,…
func parseFault(s string) (worker.Fault, error) {
	c := option.ParseClause(s)
	kind, err := faultKinds().Parse(c.Kind)
	if err != nil {
		return worker.Fault{}, errors.New(strings.Replace(err.Error(), "want ", "want as kind of fault ", 1))
	}
	f := worker.Fault{Kind: kind, Workers: worker.Selection{Share: 1}}
	common := []string{"worker", "at", "for", "mtbf", "mttr"}
	if kind == worker.Slow {
		c.Expect(0, append(common, "factor")...)
		f.Factor = option.Named(c, "factor", option.Number(minFactor, maxFactor))
	} else {
		c.Expect(0, append(common, "p")...)
		f.P = option.Named(c, "p", option.Above(0, 1))
	}
	if c.Has("worker") {
		f.Workers = option.Named(c, "worker", selections())
	}
	f.At, f.For = optional(c, "at", option.Length(0)), optional(c, "for", option.Length(1))
	f.MTBF, f.MTTR = optional(c, "mtbf", option.Length(time.Millisecond)), optional(c, "mttr", option.Length(time.Millisecond))
	if c.Has("mtbf") != c.Has("mttr") {
		c.Fail("mtbf and mttr together")
	}
	if c.Has("mtbf") && (c.Has("at") || c.Has("for")) {
		c.Fail("either at and for, or mtbf and mttr")
	}
	return f, c.Err
}

// selections reads which workers a fault hits.
func selections() option.Kind[worker.Selection] {
	k := option.Kind[worker.Selection]{Want: "an ID, ID-ID, N% or all", Show: selectionText}
	k.Parse = func(s string) (worker.Selection, error) {
		if s == "all" {
			return worker.Selection{Share: 1}, nil
		}
		if percent, ok := strings.CutSuffix(s, "%"); ok {
			x, err := option.Above(0, 100).Parse(percent)
			if err != nil || x/100 == 0 {
				return worker.Selection{}, k.Refuse()
			}
			return worker.Selection{Share: x / 100}, nil
		}
		from, to, more := strings.Cut(s, "-")
		if !more {
			to = from
		}
		ids := option.Whole(0, maxWorkers-1)
		first, err1 := ids.Parse(from)
		last, err2 := ids.Parse(to)
		if err1 != nil || err2 != nil || first > last {
			return worker.Selection{}, k.Refuse()
		}
		return worker.Selection{First: first, Last: last}, nil
	}
	return k
}

func selectionText(s worker.Selection) string {
	switch {
	case s.Share == 1:
		return "all"
	case s.Share > 0:
		return strconv.FormatFloat(s.Share*100, 'g', 15, 64) + "%" // 15 digits: 7 and not 7.000000000000001
	case s.First == s.Last:
		return strconv.Itoa(s.First)
	default:
		return fmt.Sprintf("%d-%d", s.First, s.Last)
	}
}

// faultText is the canonical text: every key that says something, in one order.
func faultText(f worker.Fault) string {
	text := faultKinds().Show(f.Kind) + ":worker=" + selectionText(f.Workers)
	if f.MTBF > 0 {
		text += ",mtbf=" + option.Short(f.MTBF) + ",mttr=" + option.Short(f.MTTR)
	}
	if f.At > 0 {
		text += ",at=" + option.Short(f.At)
	}
	if f.For > 0 {
		text += ",for=" + option.Short(f.For)
	}
	if f.Kind == worker.Flaky {
		return text + ",p=" + option.FormatDecimal(f.P)
	}
	return text + ",factor=" + option.FormatDecimal(f.Factor)
}

// optional reads the value of a key, or is the zero value where there is none.
func optional[T any](c *option.Clause, key string, k option.Kind[T]) T {
	if !c.Has(key) {
		var none T
		return none
	}
	return option.Named(c, key, k)
}
