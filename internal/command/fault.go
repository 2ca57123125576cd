package command

import (
	"errors"
	"fmt"
	"slices"
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
	return faultExamples() + ", with worker=, and at= and for= or mtbf= and mttr="
}

func (l *faultList) wasGiven() bool { return len(l.faults) > 0 }

func (l *faultList) asTyped() string { return strings.Join(l.typed, " ") }

func (l *faultList) setting() any {
	if !l.wasGiven() {
		return nil
	}
	return l.String()
}

// parseFault reads KIND:key=value,…
func parseFault(s string) (worker.Fault, error) {
	c, set := option.ParseClause(s), option.Values{}
	kind, found := worker.FindFault(c.Kind)
	if !found {
		var names []string
		for _, k := range worker.FaultKinds() {
			names = append(names, k.Name)
		}
		return worker.Fault{}, errors.New("want as kind of fault " + option.Either(names) + option.Suggestion(c.Kind, names))
	}
	c.Expect(0, slices.Concat(worker.CommonKeys(), kind.Keys).Names()...)
	for _, key := range kind.Keys {
		c.Need(key, set)
	}
	for _, key := range worker.CommonKeys() {
		c.Read(key, set)
	}
	if c.Err != nil {
		return worker.Fault{}, c.Err
	}
	return kind.New(set)
}

// faultText is the canonical text: every key that says something, in one order.
func faultText(f worker.Fault) string {
	text := f.Kind + ":worker=" + f.Workers.String()
	for _, time := range []struct {
		key string
		is  time.Duration
	}{{"mtbf", f.MTBF}, {"mttr", f.MTTR}, {"at", f.At}, {"for", f.For}} {
		if time.is > 0 {
			text += "," + time.key + "=" + option.Short(time.is)
		}
	}
	kind, _ := worker.FindFault(f.Kind)
	for _, key := range kind.Keys {
		text += "," + key.Name() + "=" + key.Text(f.Set)
	}
	return text
}

// listFaults shows every kind of fault with what it does and the keys that it takes.
func listFaults() string {
	text := ""
	keys := func(keys option.List) {
		for _, key := range keys {
			text += fmt.Sprintf("  %-6s  %s (%s)\n", key.Name(), key.Help(), key.Want())
		}
	}
	for _, k := range worker.FaultKinds() {
		text += k.Name + ": " + k.Does + "\n"
		keys(k.Keys)
	}
	text += "each of them also takes\n"
	keys(worker.CommonKeys())
	return text
}

// faultExamples are one of each kind.
func faultExamples() string {
	var all []string
	for _, k := range worker.FaultKinds() {
		all = append(all, k.Example)
	}
	return option.Either(all)
}
