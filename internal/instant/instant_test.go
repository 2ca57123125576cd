package instant_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/instant"
)

func TestInstantsCloserThanTheResolutionAreEqual(t *testing.T) {
	const never = time.Duration(math.MaxInt64)
	for _, row := range []struct {
		says   string
		r      instant.Resolution
		a, b   time.Duration
		before bool
	}{
		{"a nanosecond apart, on the wall clock", 1, 4, 5, true},
		{"the same", 1, 5, 5, false},
		{"the zero value is a nanosecond", 0, 5, 5, false},
		{"almost a period apart", 128, 1000, 1127, false},
		{"a period apart", 128, 1000, 1128, true},
		{"the other way round", 128, 1128, 1000, false},
		{"anything is before never", 128, 1 << 62, never, true},
		{"never is before nothing", 128, never, 1 << 62, false},
	} {
		assert.Equal(t, row.before, row.r.Before(row.a, row.b), row.says)
	}
}

func TestAnIntervalHasItsStartAndNotItsEnd(t *testing.T) {
	r := instant.Resolution(100)
	for at, within := range map[time.Duration]bool{900: false, 901: true, 1000: true, 1900: true, 1901: false, 2000: false} {
		assert.Equal(t, within, r.Within(at, 1000, 2000), "%d", at)
	}
	assert.Equal(t, time.Duration(901), r.First(1000))
	assert.False(t, r.Before(r.First(1000), 1000))
	assert.True(t, r.Before(r.First(1000)-1, 1000))
	assert.Equal(t, time.Duration(1099), r.Past(1000))
	assert.False(t, r.Before(1000, r.Past(1000)))
	assert.True(t, r.Before(1000, r.Past(1000)+1))
}
