package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSizes(t *testing.T) {
	plain, zipped, err := sizes(strings.NewReader(strings.Repeat("waza", 10_000)))
	require.NoError(t, err)
	require.EqualValues(t, 40_000, plain)
	require.Less(t, zipped, int64(200), "what repeats itself takes little room")
	require.Positive(t, zipped)
}
