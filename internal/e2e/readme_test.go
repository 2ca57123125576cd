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
	skipIfShort(t, "six runs of the usual length")
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	shown := regexp.MustCompile("(?s)```\nwaza (.*?)\n(.*?)```\n").FindStringSubmatch(string(readme))
	require.Len(t, shown, 3)
	_, printed, _ := strings.Cut(succeeded(t, shown[1]+" -plots=").stdout, "\n")
	assert.Equal(t, printed, shown[2], "waza %s", shown[1])
}

// commands are those of a section that a reader can copy, without the program.
var commands = regexp.MustCompile(`(?m)^    go run \. (.*)$`)

// readmeSection is what stands in the README below a heading.
func readmeSection(t *testing.T, heading string) string {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(readme), "\n## "+heading+"\n")
	require.True(t, found, heading)
	section, _, _ = strings.Cut(section, "\n## ")
	return section
}

// The stories of faults say what their commands print: every figure with two or three decimals, and every count of what failed, in the text
// below the commands of a story.
func TestTheREADMEsStoriesAreTrue(t *testing.T) {
	skipIfShort(t, "eleven runs, of up to 100,000 requests")
	t.Parallel()
	section := readmeSection(t, "When things go wrong")
	stories := strings.Split(section, "\n**")[1:]
	require.Len(t, stories, 5)
	for _, story := range stories {
		title, _, _ := strings.Cut(story, "**")
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			printed := ""
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

// The decision that the README tells from beginning to end can be made: its commands, with fewer and shorter runs, print sentences of the same
// kind and draw the picture that is shown, and the flags that it names are there.
func TestTheREADMEsDecisionCanBeMade(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	section := readmeSection(t, "A decision, from beginning to end")
	parts := commands.Split(section, -1)[1:] // what follows each command
	all := commands.FindAllStringSubmatch(section, -1)
	require.Len(t, all, 2)
	shorter := regexp.MustCompile(` -(requests|replications)=\S+`)
	said, shown := 0, 0
	for i, command := range all {
		e := succeeded(t, shorter.ReplaceAllString(command[1], "")+" -requests=2000 -replications=2")
		printed := strings.Join(strings.Fields(e.stdout), " ")
		for _, says := range regexp.MustCompile(`(?m)^\S+ needs \d+ workers for p99 ≤ 60 ms: |^Knee: .* is kept:`).FindAllString(sentences(parts[i]), -1) {
			said++
			assert.Regexp(t, regexp.MustCompile(`\d+ workers`).ReplaceAllString(regexp.QuoteMeta(says), `\d+ workers`), printed)
		}
		for _, picture := range regexp.MustCompile(`\(testdata/(\w+\.png)\)`).FindAllStringSubmatch(parts[i], -1) {
			shown++
			assert.Contains(t, e.files(t), "plots/"+picture[1])
		}
	}
	assert.Equal(t, []int{4, 1}, []int{said, shown}, "what three strategies need, the knees, and a picture are looked for")
	help := succeeded(t, "-help").stdout
	for _, flag := range regexp.MustCompile("`-([a-z]+)").FindAllStringSubmatch(section, -1) {
		assert.Regexp(t, `(?m)^  --`+flag[1]+`\b`, help)
	}
}

// sentences are the printed ones in a part of the README, each on a line.
func sentences(part string) string {
	_, block, _ := strings.Cut(part, "```\n")
	block, _, _ = strings.Cut(block, "```")
	return regexp.MustCompile(`\n +`).ReplaceAllString(block, " ")
}
