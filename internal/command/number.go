package command

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// whole reads whole numbers from low to high, in plain decimal digits.
func whole(low, high int) kind[int] {
	k := kind[int]{want: fmt.Sprintf("a whole number from %s to %s", grouped(low), grouped(high)), show: strconv.Itoa}
	k.parse = func(s string) (int, error) {
		n, err := strconv.ParseInt(s, 10, 0)
		if err != nil || n < int64(low) || n > int64(high) {
			return 0, k.refuse()
		}
		return int(n), nil
	}
	return k
}

// wholeOrNone is whole, or the word none, which stands for the given number.
func wholeOrNone(low, high, none int) kind[int] {
	number := whole(low, high)
	k := kind[int]{want: number.want + ", or none"}
	k.parse = func(s string) (int, error) {
		if s == "none" {
			return none, nil
		}
		if n, err := number.parse(s); err == nil {
			return n, nil
		}
		return 0, k.refuse()
	}
	k.show = func(n int) string {
		if n == none {
			return "none"
		}
		return strconv.Itoa(n)
	}
	return k
}

// seeds reads whole numbers of 64 bits.
func seeds() kind[uint64] {
	k := kind[uint64]{want: fmt.Sprintf("a whole number from 0 to %d", uint64(math.MaxUint64))}
	k.parse = func(s string) (uint64, error) {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			return 0, k.refuse()
		}
		return n, nil
	}
	k.show = func(n uint64) string { return strconv.FormatUint(n, 10) }
	return k
}

// decimal is a number as people write it. strconv alone also takes NaN, Inf, 0x10 and 1_000.
var decimal = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$`)

// parseDecimal returns a finite number, and whether s is one.
func parseDecimal(s string) (float64, bool) {
	if !decimal.MatchString(s) {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil
}

// formatDecimal is the shortest text that means x.
func formatDecimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// number reads numbers from low to high.
func number(low, high float64) kind[float64] {
	return numberIn(fmt.Sprintf("a number from %s to %s", formatDecimal(low), bound(high)),
		func(x float64) bool { return low <= x && x <= high })
}

// above reads numbers above low and at most high.
func above(low, high float64) kind[float64] {
	return numberIn(fmt.Sprintf("a number above %s and at most %s", formatDecimal(low), bound(high)),
		func(x float64) bool { return low < x && x <= high })
}

func numberIn(want string, allowed func(float64) bool) kind[float64] {
	k := kind[float64]{want: want, show: formatDecimal}
	k.parse = func(s string) (float64, error) {
		x, ok := parseDecimal(s)
		if !ok || !allowed(x) {
			return 0, k.refuse()
		}
		return x, nil
	}
	return k
}

// share reads a part of a whole, below 1, as a percentage or as a number.
func share() kind[float64] {
	k := kind[float64]{want: "a share from 0% to below 100%, such as 10% or 0.1", show: formatDecimal}
	k.parse = func(s string) (float64, error) {
		x, ok := parseDecimal(strings.TrimSuffix(s, "%"))
		if strings.HasSuffix(s, "%") {
			x /= 100
		}
		if !ok || x < 0 || x >= 1 {
			return 0, k.refuse()
		}
		return x, nil
	}
	return k
}

// length reads durations from low to maxLength. The text always has a unit, or nobody could tell what was meant.
func length(low time.Duration) kind[time.Duration] {
	k := kind[time.Duration]{want: "a duration above 0s and at most " + short(maxLength) + ", such as 10ms", show: short}
	if low != 1 {
		k.want = "a duration from " + short(low) + " to " + short(maxLength) + ", such as 10ms"
	}
	k.parse = func(s string) (time.Duration, error) {
		d, err := time.ParseDuration(s)
		if err != nil || d < low || d > maxLength || strings.Trim(s, "+-0") == "" {
			return 0, k.refuse()
		}
		return d, nil
	}
	return k
}

// lengthOrNone is length, or the word none, which the run knows as 0.
func lengthOrNone() kind[time.Duration] {
	some := length(1)
	k := kind[time.Duration]{want: some.want + ", or none"}
	k.parse = func(s string) (time.Duration, error) {
		if s == "none" {
			return 0, nil
		}
		if d, err := some.parse(s); err == nil {
			return d, nil
		}
		return 0, k.refuse()
	}
	k.show = func(d time.Duration) string {
		if d == 0 {
			return "none"
		}
		return short(d)
	}
	return k
}

// short is a duration as one would type it: 1h and not 1h0m0s.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// bound is a limit as errors tell it: with groups of digits where it is whole.
func bound(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return grouped(int(x))
	}
	return formatDecimal(x)
}

// grouped writes a whole number with a comma between groups of three digits.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
