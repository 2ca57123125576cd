package command

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"waza/internal/option"
)

// A quantity is one value of a sweep: an exact number with its unit, or a text.
type quantity struct {
	text   string
	number *big.Rat // of a length its seconds, of a percentage the share; nil: it is a text
	unit   string   // "", % or s
}

// value is what JSON tells: a number, of a length its seconds, or the text.
func (q quantity) value() any {
	if q.number == nil {
		return q.text
	}
	x, _ := q.number.Float64()
	return x
}

// readQuantity reads a number, a length or a percentage; all else is a text.
func readQuantity(text string) quantity {
	number, unit := text, ""
	if share, is := strings.CutSuffix(text, "%"); is {
		number, unit = share, "%"
	}
	if x, is := option.ParseDecimal(number); is && math.Abs(x) < 1e18 && (x == 0 || math.Abs(x) > 1e-18) {
		q := quantity{text, new(big.Rat), unit}
		if _, is := q.number.SetString(number); is {
			if unit == "%" {
				q.number.Quo(q.number, big.NewRat(100, 1))
			}
			return q
		}
	}
	if d, err := time.ParseDuration(text); err == nil {
		return quantity{text, big.NewRat(int64(d), int64(time.Second)), "s"}
	}
	return quantity{text: text}
}

// quantityOf writes a number with its unit. A length has whole nanoseconds.
func quantityOf(number *big.Rat, unit string) quantity {
	switch unit {
	case "s":
		ns, _ := new(big.Rat).Mul(number, big.NewRat(int64(time.Second), 1)).Float64()
		d := time.Duration(math.Round(ns))
		return quantity{option.Short(d), big.NewRat(int64(d), int64(time.Second)), unit}
	case "%":
		return quantity{decimal(new(big.Rat).Mul(number, big.NewRat(100, 1))) + "%", number, unit}
	}
	return quantity{decimal(number), number, unit}
}

// decimal is the shortest text of a number that has an end.
func decimal(x *big.Rat) string {
	digits, _ := x.FloatPrec()
	return x.FloatString(digits)
}

// readValues reads all values of a sweep. A flag tells which texts it takes: in a geometric progression of one that takes whole numbers
// only all are whole. Merged is how many of these fell together with their neighbours.
func readValues(text string, takes func(string) bool) (all []quantity, merged int, err error) {
	parts := strings.Split(text, ":")
	if from := readQuantity(parts[0]); !strings.Contains(text, ",") && from.number != nil && len(parts) > 1 {
		if len(parts) != 3 {
			return nil, 0, errors.New("want from:to:step, or from:to:xN for N values in geometric progression")
		}
		to := readQuantity(parts[1])
		if to.number == nil || to.unit != from.unit {
			return nil, 0, fmt.Errorf("want numbers, lengths or percentages from and to, both of one kind, not %s and %s", option.Printable(parts[0]), option.Printable(parts[1]))
		}
		if n, geometric := strings.CutPrefix(parts[2], "x"); geometric {
			return progression(from, to, n, takes)
		}
		all, err = steps(from, to, readQuantity(parts[2]))
		return all, 0, err
	}
	for one := range strings.SplitSeq(text, ",") {
		q := readQuantity(one)
		switch {
		case one == "":
			return nil, 0, errors.New("want nothing empty between commas")
		case len(all) == maxPieces:
			return nil, 0, fmt.Errorf("want at most %s values", option.Grouped(maxPieces))
		}
		all = append(all, q)
	}
	seen := map[any]bool{}
	for _, q := range all {
		if seen[q.value()] {
			return nil, 0, fmt.Errorf("want each value once, and %s stands there twice", option.Printable(q.text))
		}
		seen[q.value()] = true
	}
	return all, 0, nil
}

// steps are the values from one to another, which is among them if a step meets it.
func steps(from, to, step quantity) ([]quantity, error) {
	if step.number == nil || step.unit != from.unit {
		return nil, fmt.Errorf("want a step of the same kind as %s, or xN", option.Printable(from.text))
	}
	way := to.number.Cmp(from.number)
	switch {
	case step.number.Sign() == 0:
		return nil, errors.New("want a step other than 0")
	case way != 0 && way != step.number.Sign():
		return nil, fmt.Errorf("want a step that leads from %s to %s: the range is empty", from.text, to.text)
	}
	many := new(big.Rat).Quo(new(big.Rat).Sub(to.number, from.number), step.number)
	n := new(big.Int).Quo(many.Num(), many.Denom())
	if n.Cmp(big.NewInt(maxPieces)) >= 0 {
		return nil, fmt.Errorf("want at most %s values", option.Grouped(maxPieces))
	}
	all := make([]quantity, n.Int64()+1)
	for i := range all {
		at := new(big.Rat).Mul(step.number, big.NewRat(int64(i), 1))
		all[i] = quantityOf(at.Add(at, from.number), from.unit)
	}
	return all, nil
}

// progression are so many values of which each has the same ratio to the one before, rounded to four digits or, if nothing else is taken,
// to whole numbers; those that are then equal are one, and merged is how many fewer there are.
func progression(from, to quantity, many string, takes func(string) bool) (all []quantity, merged int, err error) {
	n, err := strconv.Atoi(many)
	switch {
	case err != nil || n < 2 || n > maxPieces:
		return nil, 0, fmt.Errorf("want xN with N from 2 to %s", option.Grouped(maxPieces))
	case from.number.Sign() <= 0 || to.number.Sign() <= 0:
		return nil, 0, errors.New("want ends above 0: between others there is no geometric progression")
	case from.number.Cmp(to.number) == 0:
		return nil, 0, errors.New("want two ends that differ")
	}
	low, _ := from.number.Float64()
	high, _ := to.number.Float64()
	all = []quantity{quantityOf(from.number, from.unit)}
	way := to.number.Cmp(from.number)
	for i := 1; i < n-1; i++ {
		x := low * math.Pow(high/low, float64(i)/float64(n-1))
		exact, _ := new(big.Rat).SetString(strconv.FormatFloat(x, 'e', 3, 64))
		q := quantityOf(exact, from.unit)
		if from.unit == "" && !exact.IsInt() && !takes(q.text) {
			if whole := quantityOf(new(big.Rat).SetFloat64(math.Round(x)), ""); takes(whole.text) {
				q = whole
			}
		}
		if q.number.Cmp(all[len(all)-1].number) == way && to.number.Cmp(q.number) == way {
			all = append(all, q)
		}
	}
	all = append(all, quantityOf(to.number, to.unit))
	return all, n - len(all), nil
}
