package e2e

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The README shows what its first comparison prints, to the letter, where no terminal bounds the lines.
func TestTheREADMEShowsWhatItsCommandPrints(t *testing.T) {
	if testing.Short() {
		t.Skip("six runs of the usual length")
	}
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	shown := regexp.MustCompile("(?s)```\nwaza (.*?)\n(.*?)```\n").FindStringSubmatch(string(readme))
	require.Len(t, shown, 3)
	_, printed, _ := strings.Cut(succeeded(t, shown[1]+" -plots=").stdout, "\n")
	assert.Equal(t, printed, shown[2], "waza %s", shown[1])
}
