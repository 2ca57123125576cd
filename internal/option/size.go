package option

import "strings"

// units are those of sizes: decimal ones and their binary neighbours, the largest of each first.
var units = []struct {
	name  string
	bytes float64
}{
	{"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1},
}

// maxSize is in bytes.
const maxSize = 1e15

// Size reads so many bytes, as a number and a unit, without which nobody could tell what was meant.
func Size() Kind[float64] {
	k := Kind[float64]{Want: "a size from 1B to 1000TB, such as 500kB, 1MB or 1MiB", Show: showSize}
	k.Parse = func(s string) (float64, error) {
		for _, u := range units {
			number, is := strings.CutSuffix(s, u.name)
			if !is {
				continue
			}
			if x, ok := ParseDecimal(number); ok && 1 <= x*u.bytes && x*u.bytes <= maxSize {
				return x * u.bytes, nil
			}
			break
		}
		return 0, k.Refuse()
	}
	return k
}

// showSize writes a size in the largest unit of which it is a whole number, or in bytes.
func showSize(bytes float64) string {
	for _, u := range units {
		if x := bytes / u.bytes; x >= 1 && x == float64(int64(x)) {
			return FormatDecimal(x) + u.name
		}
	}
	return FormatDecimal(bytes) + "B"
}

// Bandwidth reads so many bytes, not bits, per second.
func Bandwidth() Kind[float64] {
	size := Size()
	k := Kind[float64]{Want: "bytes per second from 1B/s to 1000TB/s, such as 500kB/s or 1MB/s", Show: func(x float64) string { return size.Show(x) + "/s" }}
	k.Parse = func(s string) (float64, error) {
		number, is := strings.CutSuffix(s, "/s")
		x, err := size.Parse(number)
		if !is || err != nil {
			return 0, k.Refuse()
		}
		return x, nil
	}
	return k
}
