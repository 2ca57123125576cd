package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Where to begin: each strategy that the README names with a p99 has that p99 in what the command of its condition prints. The
// conditions stand in the order of the commands.
func TestTheREADMEsStrategiesAreWhereToBegin(t *testing.T) {
	skipIfShort(t, "seventy runs")
	t.Parallel()
	_, begin, _ := strings.Cut(readmeSection(t, "The strategies"), "Where to begin")
	conditions := strings.Split(begin, "\n- ")[2:5]
	figures := 0
	for i, command := range commands.FindAllStringSubmatch(begin, len(conditions)) {
		p99 := p99s(t, command[1])
		for _, told := range regexp.MustCompile(`([A-Za-z-]+)\s\((\d+)\sms\)`).FindAllStringSubmatch(conditions[i], -1) {
			figures++
			assert.Equal(t, told[2], p99[strings.ToLower(told[1])], "%s: %s", told[1], command[1])
		}
	}
	assert.Equal(t, 13, figures)
}

// p99s are those of the strategies in the command, in milliseconds, as means over its seeds.
func p99s(t *testing.T, command string) map[string]string {
	t.Helper()
	var d struct {
		Runs []struct {
			Strategy string
			Latency  struct{ P99 float64 } `json:"latency_seconds"`
		}
	}
	decode(t, succeeded(t, command+" -format=json").stdout, &d)
	of := map[string]string{}
	for _, r := range d.Runs {
		of[r.Strategy] = fmt.Sprintf("%.0f", 1000*r.Latency.P99)
	}
	return of
}

// At one and a half times the load that workers can bear, so much of what they can do is done with each limit.
func TestTheREADMEsLimitsDoWhatItSays(t *testing.T) {
	skipIfShort(t, "four runs of the usual length")
	t.Parallel()
	section := readmeSection(t, "The strategies")
	told := regexp.MustCompile(`nothing useful is\s+done without a limit, (\d+) % of what they can do with .aimd. and (\d+) % with .gradient.(?s:.*) and (\d+) % is done`).
		FindStringSubmatch(section)
	require.Len(t, told, 4)
	const overload = "-load=1.5 -work=exponential:100ms -deadline=1400ms -propagate-deadline=false -backlog=0 -when-full=reject"
	for i, limit := range []string{"", " -limit=aimd:timeout=500ms", " -limit=gradient", " -limit=aimd"} {
		var d struct {
			Runs []struct {
				Goodput float64 `json:"goodput_per_second"`
			}
		}
		decode(t, succeeded(t, overload+limit+" -plots= -format=json").stdout, &d)
		done := fmt.Sprintf("%.0f", d.Runs[0].Goodput) // of a hundred that ten workers can do per second
		assert.Equal(t, append([]string{"0"}, told[1:]...)[i], done, limit)
		if i == 1 || i == 2 {
			assert.Contains(t, section, "    go run . "+overload+limit+" -plots=\n")
		}
	}
}
