package option

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSizes(t *testing.T) {
	for text, want := range map[string]struct {
		bytes float64
		shown string
	}{
		"1B": {1, "1B"}, "500kB": {5e5, "500kB"}, "1MB": {1e6, "1MB"}, "1.5MB": {1.5e6, "1500kB"}, "1MiB": {1 << 20, "1MiB"}, "2048KiB": {2 << 20, "2MiB"},
		"2GB": {2e9, "2GB"}, "1000TB": {1e15, "1000TB"}, "1234.5B": {1234.5, "1234.5B"}, "1e3kB": {1e6, "1MB"},
	} {
		is, err := Size().Parse(text)
		assert.NoError(t, err, text)
		assert.Equal(t, want.bytes, is, text)
		assert.Equal(t, want.shown, Size().Show(is), text)
		again, err := Size().Parse(want.shown)
		assert.NoError(t, err, text)
		assert.Equal(t, is, again, text)
		rate, err := Bandwidth().Parse(text + "/s")
		assert.NoError(t, err, text)
		assert.Equal(t, want.shown+"/s", Bandwidth().Show(rate))
	}
	for _, text := range []string{"", "1", "MB", "1mB", "1Mb", "1KB", "0B", "0.5B", "-1MB", "1001TB", "NaNMB", "1 MB", "1MB/s", "1MBB", "0x1MB"} {
		_, err := Size().Parse(text)
		assert.EqualError(t, err, "want a size from 1B to 1000TB, such as 500kB, 1MB or 1MiB", text)
	}
	for _, text := range []string{"", "1MB", "/s", "1Mbit/s", "1MB/m", "1/s"} {
		_, err := Bandwidth().Parse(text)
		assert.EqualError(t, err, "want bytes per second from 1B/s to 1000TB/s, such as 500kB/s or 1MB/s", text)
	}
}
