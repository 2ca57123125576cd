package command

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

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
func faultKinds() kind[worker.FaultKind] {
	return oneOf(choice[worker.FaultKind]{"slow", worker.Slow}, choice[worker.FaultKind]{"flaky", worker.Flaky})
}

// parseFault reads KIND:key=value,…
func parseFault(s string) (worker.Fault, error) {
	c := parseClause(s)
	kind, err := faultKinds().parse(c.kind)
	if err != nil {
		return worker.Fault{}, errors.New(strings.Replace(err.Error(), "want ", "want as kind of fault ", 1))
	}
	f := worker.Fault{Kind: kind, Workers: worker.Selection{Share: 1}}
	common := []string{"worker", "at", "for", "mtbf", "mttr"}
	if kind == worker.Slow {
		c.expect(0, append(common, "factor")...)
		f.Factor = named(c, "factor", number(minFactor, maxFactor))
	} else {
		c.expect(0, append(common, "p")...)
		f.P = named(c, "p", above(0, 1))
	}
	if c.has("worker") {
		f.Workers = read(c, "worker", c.keys["worker"], selections())
	}
	f.At, f.For = optional(c, "at", length(0)), optional(c, "for", length(1))
	f.MTBF, f.MTTR = optional(c, "mtbf", length(time.Millisecond)), optional(c, "mttr", length(time.Millisecond))
	if c.has("mtbf") != c.has("mttr") {
		c.fail("mtbf and mttr together")
	}
	if c.has("mtbf") && (c.has("at") || c.has("for")) {
		c.fail("either at and for, or mtbf and mttr")
	}
	return f, c.err
}

// selections reads which workers a fault hits.
func selections() kind[worker.Selection] {
	k := kind[worker.Selection]{want: "an ID, ID-ID, N% or all", show: selectionText}
	k.parse = func(s string) (worker.Selection, error) {
		if s == "all" {
			return worker.Selection{Share: 1}, nil
		}
		if percent, ok := strings.CutSuffix(s, "%"); ok {
			x, err := above(0, 100).parse(percent)
			if err != nil || x/100 == 0 {
				return worker.Selection{}, k.refuse()
			}
			return worker.Selection{Share: x / 100}, nil
		}
		from, to, more := strings.Cut(s, "-")
		if !more {
			to = from
		}
		ids := whole(0, maxWorkers-1)
		first, err1 := ids.parse(from)
		last, err2 := ids.parse(to)
		if err1 != nil || err2 != nil || first > last {
			return worker.Selection{}, k.refuse()
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
	text := faultKinds().show(f.Kind) + ":worker=" + selectionText(f.Workers)
	if f.MTBF > 0 {
		text += ",mtbf=" + short(f.MTBF) + ",mttr=" + short(f.MTTR)
	}
	if f.At > 0 {
		text += ",at=" + short(f.At)
	}
	if f.For > 0 {
		text += ",for=" + short(f.For)
	}
	if f.Kind == worker.Flaky {
		return text + ",p=" + formatDecimal(f.P)
	}
	return text + ",factor=" + formatDecimal(f.Factor)
}
