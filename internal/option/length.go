package option

import (
	"strings"
	"time"
)

// MaxLength is the limit of any single length of time.
const MaxLength = 1000 * time.Hour

// Length reads lengths of time from low to MaxLength. The text always has a unit, or nobody could tell what was meant.
func Length(low time.Duration) Kind[time.Duration] {
	k := Kind[time.Duration]{Want: "a duration above 0s and at most " + Short(MaxLength) + ", such as 10ms", Show: Short}
	if low != 1 {
		k.Want = "a duration from " + Short(low) + " to " + Short(MaxLength) + ", such as 10ms"
	}
	k.Parse = func(s string) (time.Duration, error) {
		d, err := time.ParseDuration(s)
		if err != nil || d < low || d > MaxLength || strings.Trim(s, "+-0") == "" {
			return 0, k.Refuse()
		}
		return d, nil
	}
	return k
}

// LengthOrNone reads lengths above 0, or the word none, which the run knows as 0.
func LengthOrNone() Kind[time.Duration] { return OrNone(Length(1), 0) }

// Short is a length of time as one would type it: 1h and not 1h0m0s.
func Short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
