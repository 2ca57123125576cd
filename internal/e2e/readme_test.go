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

// The stories of faults say what their commands print: every figure with two or three decimals, and every count of what failed, in the text
// below the commands of a story.
func TestTheREADMEsStoriesAreTrue(t *testing.T) {
	if testing.Short() {
		t.Skip("eleven runs, of up to 100,000 requests")
	}
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(readme), "\n## When things go wrong\n")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n## ")
	stories := strings.Split(section, "\n**")[1:]
	require.Len(t, stories, 5)
	for _, story := range stories {
		title, _, _ := strings.Cut(story, "**")
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			printed, commands := "", regexp.MustCompile(`(?m)^    go run \. (.*)$`)
			for _, command := range commands.FindAllStringSubmatch(story, -1) {
				printed += succeeded(t, command[1]).stdout
			}
			figures := regexp.MustCompile(`\b\d+\.\d{2,3}\b|\b\d+ failed\b`).FindAllString(commands.ReplaceAllString(story, ""), -1)
			require.NotEmpty(t, figures)
			for _, figure := range figures {
				assert.Regexp(t, `\b`+regexp.QuoteMeta(figure)+`\b`, printed)
			}
		})
	}
}
