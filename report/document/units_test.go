package document

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
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
