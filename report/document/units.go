package document

import (
	"cmp"
	"fmt"
	"math"
	"strconv"

	"waza/report"
)

// A unit is one in which people read times.
type unit struct {
	name    string
	seconds float64
	digits  int // behind the point in a table
}

// unitOf returns the unit in which a time has one to three digits before the point, or more seconds.
func unitOf(seconds float64) unit {
	for _, u := range []unit{{"s", 1e4, 0}, {"s", 1e3, 1}, {"s", 1, 2}, {"ms", 1e-3, 2}, {"µs", 1e-6, 2}} {
		if seconds >= u.seconds {
			u.seconds = min(u.seconds, 1)
			return u
		}
	}
	return unit{"ns", 1e-9, 2}
}

// unitNamed returns the unit of a time by its name.
func unitNamed(name string) unit {
	for _, u := range []unit{{"s", 1, 2}, {"ms", 1e-3, 2}, {"µs", 1e-6, 2}} {
		if u.name == name {
			return u
		}
	}
	return unit{"ns", 1e-9, 2}
}

// unit returns the unit in which the smallest of the runs' median latencies reads well: tails are longer, and means seldom shorter.
func (d Document) unit() unit {
	smallest := math.Inf(1)
	for i := range d.Runs {
		l := d.Runs[i].LatencySeconds
		if typical := cmp.Or(l.P50, l.Mean); typical != nil {
			smallest = min(smallest, *typical)
		}
	}
	if math.IsInf(smallest, 1) {
		return unitOf(1e-3)
	}
	return unitOf(smallest)
}

func (u unit) cell(seconds *float64) string { return cell(seconds, 1/u.seconds, u.digits) }

// inUnits writes a time with its own unit and four digits or so.
func inUnits(seconds float64) string {
	if seconds == 0 {
		return "0 s"
	}
	u := unitOf(seconds)
	v := seconds / u.seconds
	digits := 2
	switch {
	case v >= 1000: // seconds
		digits = 0
	case v >= 100:
		digits = 1
	}
	return fmt.Sprintf("%.*f %s", digits, v, u.name)
}

// Seconds writes a time with so many significant digits, at least 1, and the unit that suits it.
func Seconds(seconds float64, digits int) string {
	seconds = Significant(seconds, digits) // before the unit is chosen: 999.9 ms is 1 s
	u := unitOf(seconds)
	return Decimal(seconds/u.seconds, digits) + " " + u.name
}

// Decimal writes a number with so many significant digits, at least 1, and no exponent.
func Decimal(v float64, digits int) string {
	return strconv.FormatFloat(Significant(v, digits)+0, 'f', -1, 64) // adding 0 makes −0 a plain 0
}

// Significant rounds to so many significant digits, at least 1.
func Significant(v float64, digits int) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
	if err != nil {
		return v // rounded beyond the largest float
	}
	return rounded
}

// absent stands in the table for a figure that does not exist.
const absent = "–"

// cell writes v × factor with so many digits behind the point.
func cell(v *float64, factor float64, digits int) string {
	if v == nil {
		return absent
	}
	return fmt.Sprintf("%.*f", digits, *v*factor)
}

// percentCell writes a share in percent. Only the whole is written as 100.00: the one request in a million that did not
// succeed has to be seen.
func percentCell(share *float64) string {
	if share != nil && *share < 1 && *share > 0.9999 {
		return ">99.99"
	}
	return cell(share, 100, 2)
}

// rateUnit returns the unit in which the largest of the runs' throughputs reads well.
func (d Document) rateUnit() unit {
	largest := 0.
	for i := range d.Runs {
		if rate := d.Runs[i].Throughput; rate != nil {
			largest = max(largest, *rate)
		}
	}
	for _, u := range []unit{{name: "1/s", seconds: 1}, {name: "1/min", seconds: 60}, {name: "1/h", seconds: 3600}} {
		if largest*u.seconds >= 0.1 || largest == 0 {
			return u
		}
	}
	return unit{name: "1/day", seconds: 86400}
}

// rateCell writes a rate in that unit.
func (u unit) rateCell(perSecond *float64) string {
	switch {
	case perSecond == nil || *perSecond*u.seconds >= 10:
		return cell(perSecond, u.seconds, 1)
	case *perSecond*u.seconds < 0.01:
		return Decimal(*perSecond*u.seconds, 2) // what is more than nothing is not written as 0.000
	}
	return cell(perSecond, u.seconds, 3)
}

// counted is a number of things, in words that fit one as well.
func counted(n report.Count, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return Number(n) + " " + thing + "s"
}

// Number writes a count: without decimals where it is whole, and else with three digits, or all those before the point.
func Number(n report.Count) string {
	if v := float64(n); v < 100 && v != math.Trunc(v) {
		return Decimal(v, 3)
	}
	return strconv.FormatFloat(float64(n), 'f', 0, 64)
}
