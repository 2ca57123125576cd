package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPictureIsFresh: the committed picture is what the source draws.
func TestPictureIsFresh(t *testing.T) {
	for path, draw := range pictures {
		t.Run(path, func(t *testing.T) { fresh(t, path, draw) })
	}
}

func fresh(t *testing.T, path string, draw func() ([]byte, error)) {
	drawn, err := draw()
	require.NoError(t, err)
	committed, err := os.ReadFile("../../" + path)
	require.NoError(t, err, "draw it with: go run ./internal/architecture")

	got, want := decode(t, drawn), decode(t, committed)
	require.Equal(t, want.Rect, got.Rect, "draw it anew with: go run ./internal/architecture")
	for i := range got.Pix {
		if !alike(got.Pix[i], want.Pix[i]) {
			t.Fatalf("%s is not what the source draws, first at pixel (%d, %d)\n"+
				"draw it anew with: go run ./internal/architecture", path, i%got.Stride/4, i/got.Stride)
		}
	}
}

// TestSamePictureAgain: one source, the same bytes.
func TestSamePictureAgain(t *testing.T) {
	for path, draw := range pictures {
		first, err := draw()
		require.NoError(t, err)
		second, err := draw()
		require.NoError(t, err)
		require.True(t, bytes.Equal(first, second), "two drawings of one source differ: %s", path)
	}
}

func decode(t *testing.T, file []byte) *image.RGBA {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(file))
	require.NoError(t, err)
	require.IsType(t, (*image.RGBA)(nil), picture)
	return picture.(*image.RGBA)
}

// alike tells whether two parts of a pixel differ by no more than rounding. Some processors multiply and add in one
// step, and the smoothed edges come out a shade lighter or darker there.
func alike(a, b byte) bool {
	const shade = 8
	return max(a, b)-min(a, b) <= shade
}
