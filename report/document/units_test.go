package document

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

func TestSeconds(t *testing.T) {
	tests := []struct {
		seconds float64
		digits  int
		want    string
	}{
		{1e-9, 3, "1 ns"},
		{0.000_012_34, 3, "12.3 µs"},
		{0.01, 3, "10 ms"},
		{0.9996, 3, "1 s"}, // rounded before the unit is chosen
		{0.9996, 6, "999.6 ms"},
		{1_234_567, 3, "1230000 s"}, // no exponent
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, Seconds(tt.seconds, tt.digits))
	}
	assert.Equal(t, "0", Decimal(math.Copysign(0, -1), 3), "no minus before a zero")
}

func TestTimesInUnits(t *testing.T) {
	for seconds, want := range map[float64]string{12e-9: "12.00 ns", 0.0123456: "12.35 ms", 0.123456: "123.5 ms", 2_700_000.123: "2700000 s"} {
		assert.Equal(t, want, inUnits(seconds))
	}
}

// The mean of several runs may be any number; a count of one has no point and no exponent.
func TestNumbers(t *testing.T) {
	for n, want := range map[report.Count]string{
		0: "0", 7: "7", 1234: "1234", 12_345_678: "12345678", 0.3: "0.3", 1. / 30: "0.0333", 12.4: "12.4", 99.96: "100", 1234.4: "1234",
	} {
		assert.Equal(t, want, Number(n))
	}
	assert.Equal(t, "1 worker", counted(1, "worker"))
	assert.Equal(t, "0.5 workers", counted(0.5, "worker"))
}

// A throughput of a request in hours is no 0.000 per second.
func TestRatesHaveAUnit(t *testing.T) {
	for _, c := range []struct {
		perSecond  []float64
		unit, want string // the cell of the first
	}{
		{[]float64{797.77, 0.5}, "1/s", "797.8"},
		{[]float64{0.00012345, 100}, "1/s", "0.00012"},
		{[]float64{0.01, 0.1}, "1/s", "0.010"},
		{[]float64{1. / 90, 0}, "1/min", "0.667"},
		{[]float64{1. / 3600, 0.001}, "1/h", "1.000"},
		{[]float64{3.0864e-7}, "1/day", "0.027"},
		{[]float64{0}, "1/s", "0"},
	} {
		var d Document
		for i := range c.perSecond {
			d.Runs = append(d.Runs, report.Result{Throughput: &c.perSecond[i]})
		}
		u := d.rateUnit()
		assert.Equal(t, c.unit, u.name)
		assert.Equal(t, c.want, u.rateCell(&c.perSecond[0]))
	}
}
