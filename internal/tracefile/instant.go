package tracefile

import (
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"waza/internal/option"
)

// An instant is when a request of the trace began: a date, or a number of units since anything. A number is kept as the
// decimal that it is: as a float64 an epoch of today has no digit left for 200 ns.
type instant struct {
	dated bool
	date  time.Time
	whole int64 // units, towards zero; ±far: too many to count
	part  int64 // of a unit, in 1/denominator, with the sign of the whole number
}

const (
	digits      = 18 // behind the point; what is beyond them is cut off
	denominator = int64(1e18)
	far         = math.MaxInt64 / 2
)

// parseInstant reads either form, with or without fractions.
func parseInstant(s string) (instant, bool) {
	if _, ok := option.ParseDecimal(s); ok {
		return parseDecimal(s), true
	}
	for _, form := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05"} {
		if date, err := time.Parse(form, s); err == nil {
			return instant{dated: true, date: date}, true
		}
	}
	return instant{}, false
}

// parseDecimal takes apart a text that is known to be a number: a sign, digits, a point, an exponent.
func parseDecimal(s string) (i instant) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	negative := strings.HasPrefix(mantissa, "-")
	before, behind, _ := strings.Cut(strings.TrimLeft(mantissa, "+-"), ".")
	shift, _ := strconv.Atoi(exponent) // empty: 0; out of range: the nearest in it
	all := strings.TrimLeft(before+behind, "0")
	if all == "" {
		return i
	}
	point := len(all) - len(behind) // where the point stands among the digits that are left, or before or behind them all
	point += max(-1<<30, min(shift, 1<<30))
	switch {
	case point > digits+1:
		i.whole = far
	case point > -digits:
		padded := strings.Repeat("0", max(0, -point)) + all + strings.Repeat("0", max(0, point-len(all))+digits)
		point = max(0, point)
		whole, err := strconv.ParseInt("0"+padded[:point], 10, 64)
		if err != nil || whole > far {
			whole = far
		}
		i.whole = whole
		i.part, _ = strconv.ParseInt(padded[point:point+digits], 10, 64) // digits of them fit
	}
	if negative {
		i.whole, i.part = -i.whole, -i.part
	}
	return i
}

// since returns the time from first to i, to the nearest nanosecond; far beyond what is allowed it is just very long.
func (i instant) since(first instant, unit time.Duration) time.Duration {
	if i.dated {
		return i.date.Sub(first.date)
	}
	most := int64(option.MaxLength/unit) + 2
	whole := i.whole - first.whole // both are far at most, so this does not overflow
	if whole > most || whole < -most {
		return option.MaxLength * time.Duration(2*sign(whole))
	}
	part := i.part - first.part
	high, low := bits.Mul64(uint64(part*sign(part)), uint64(unit))
	low, carry := bits.Add64(low, uint64(denominator)/2, 0) // to the nearest
	nanoseconds, _ := bits.Div64(high+carry, low, uint64(denominator))
	return time.Duration(whole*int64(unit) + sign(part)*int64(nanoseconds))
}

func sign(x int64) int64 {
	if x < 0 {
		return -1
	}
	return 1
}

// latest is how many seconds since anything an arrival may be: the year 5138. Whoever has more counts in another unit.
const latest = 1e11

// plausible refuses milliseconds since 1970 that are taken for seconds, and the like.
func (i instant) plausible(unit time.Duration) error {
	units := math.Abs(float64(i.whole))
	if i.dated || units*unit.Seconds() <= latest && units < far {
		return nil
	}
	hint := ""
	for _, finer := range []struct {
		name    string
		seconds float64
	}{{"1ms", 1e-3}, {"1us", 1e-6}, {"1ns", 1e-9}} {
		if units*finer.seconds <= latest && units < far {
			hint = " (--trace-arrival-unit=" + finer.name + "?)"
			break
		}
	}
	return fmt.Errorf("want as arrival at most 1e11 seconds%s", hint)
}

// like says what the arrivals of the trace look like, from its second row on like the first one.
func (i instant) like(row int, unit time.Duration) string {
	number := "a number of seconds"
	if unit != time.Second {
		return "a number, in units of " + option.Short(unit)
	}
	switch {
	case row == 0:
		return number + ", or a timestamp such as 2023-11-16 18:15:46.68 or 2023-11-16T18:15:46Z"
	case i.dated:
		return "a timestamp"
	default:
		return number
	}
}
