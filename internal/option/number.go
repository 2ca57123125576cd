package option

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Whole reads whole numbers from low to high, in plain decimal digits.
func Whole(low, high int) Kind[int] {
	k := Kind[int]{Want: fmt.Sprintf("a whole number from %s to %s", Grouped(low), Grouped(high)), Show: strconv.Itoa}
	k.Parse = func(s string) (int, error) {
		n, err := strconv.ParseInt(s, 10, 0)
		if err != nil || n < int64(low) || n > int64(high) {
			return 0, k.Refuse()
		}
		return int(n), nil
	}
	return k
}

// Prime reads a prime number.
func Prime(high int) Kind[int] {
	number := Whole(2, high)
	k := Kind[int]{Want: fmt.Sprintf("a prime number up to %s, such as 65537", Grouped(high)), Show: number.Show}
	k.Parse = func(s string) (int, error) {
		n, err := number.Parse(s)
		if err != nil || !isPrime(n) {
			return 0, k.Refuse()
		}
		return n, nil
	}
	return k
}

func isPrime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return n > 1
}

// Seed reads whole numbers of 64 bits.
func Seed() Kind[uint64] {
	k := Kind[uint64]{Want: fmt.Sprintf("a whole number from 0 to %d", uint64(math.MaxUint64))}
	k.Parse = func(s string) (uint64, error) {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			return 0, k.Refuse()
		}
		return n, nil
	}
	k.Show = func(n uint64) string { return strconv.FormatUint(n, 10) }
	return k
}

// Number reads numbers from low to high.
func Number(low, high float64) Kind[float64] {
	return numberIn(fmt.Sprintf("a number from %s to %s", FormatDecimal(low), bound(high)),
		func(x float64) bool { return low <= x && x <= high })
}

// Above reads numbers above low and at most high.
func Above(low, high float64) Kind[float64] {
	return numberIn(fmt.Sprintf("a number above %s and at most %s", FormatDecimal(low), bound(high)),
		func(x float64) bool { return low < x && x <= high })
}

// Between reads numbers above low and below high.
func Between(low, high float64) Kind[float64] {
	return numberIn(fmt.Sprintf("a number above %s and below %s", FormatDecimal(low), bound(high)),
		func(x float64) bool { return low < x && x < high })
}

func numberIn(want string, allowed func(float64) bool) Kind[float64] {
	k := Kind[float64]{Want: want, Show: FormatDecimal}
	k.Parse = func(s string) (float64, error) {
		x, ok := ParseDecimal(s)
		if !ok || !allowed(x) {
			return 0, k.Refuse()
		}
		return x, nil
	}
	return k
}

// Share reads a part of a whole, below 1, as a percentage or as a number.
func Share() Kind[float64] {
	k := Kind[float64]{Want: "a share from 0% to below 100%, such as 10% or 0.1", Show: FormatDecimal}
	k.Parse = func(s string) (float64, error) {
		x, ok := ParseDecimal(strings.TrimSuffix(s, "%"))
		if strings.HasSuffix(s, "%") {
			x /= 100
		}
		if !ok || x < 0 || x >= 1 {
			return 0, k.Refuse()
		}
		return x, nil
	}
	return k
}

// Percentage reads a part of a whole, up to all of it, as a percentage or as a number.
func Percentage() Kind[float64] {
	k := Kind[float64]{Want: "a share from 0% to 100%, such as 10% or 0.1"}
	k.Parse = func(s string) (float64, error) {
		x, ok := ParseDecimal(strings.TrimSuffix(s, "%"))
		if strings.HasSuffix(s, "%") {
			x /= 100
		}
		if !ok || x < 0 || x > 1 {
			return 0, k.Refuse()
		}
		return x, nil
	}
	k.Show = func(x float64) string { return strconv.FormatFloat(x*100, 'g', 15, 64) + "%" } // 15 digits: 7 and not 7.000000000000001
	return k
}

// ParseDecimal reads a finite number as people write it, and tells whether s is one. strconv alone also takes NaN, Inf, 0x10
// and 1_000, which have other characters.
func ParseDecimal(s string) (float64, bool) {
	if strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789+-.eE", r) }) {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil
}

// FormatDecimal is the shortest text that means x.
func FormatDecimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// bound is a limit as errors tell it: with groups of digits where it is whole.
func bound(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return Grouped(int(x))
	}
	return FormatDecimal(x)
}
