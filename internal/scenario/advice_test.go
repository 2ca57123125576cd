package scenario_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/command"
	"waza/internal/scenario"
)

// advised are flags that a text names, one or several in a row.
var advised = regexp.MustCompile(`--[a-z-]+=\S*[^\s.,:;)](?: --[a-z-]+=\S*[^\s.,:;)])*`)

// What a text advises can be typed beside its scenario as it stands there, and a claim plays it.
func TestWhatIsAdvisedCanBeTypedAndIsHeld(t *testing.T) {
	total := 0
	for _, s := range scenario.All() {
		for _, flags := range advised.FindAllString(s.LookFor, -1) {
			total++
			words := strings.Fields(flags)
			_, err := command.Parse(append([]string{"--scenario=" + s.Name}, words...))
			assert.NoError(t, err, "%s advises %s", s.Name, flags)
			assert.True(t, slices.ContainsFunc(claims, func(c claim) bool { return c.scenario == s.Name && (c.of.plays(words) || c.than.plays(words)) }),
				"%s advises %s, and no claim plays it", s.Name, flags)
		}
	}
	assert.Greater(t, total, 20)
}

// plays tells whether the run has all of these flags, and one of the strategies that they name.
func (r run) plays(words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool {
		if names, named := strings.CutPrefix(word, "--strategy="); named {
			return !slices.Contains(strings.Split(names, ","), r.strategies)
		}
		return !slices.Contains(strings.Fields(r.beside), word)
	})
}
