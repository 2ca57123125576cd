package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Where to begin: each strategy that the README names with a p99 has that p99 in what the command of its condition prints. The
// conditions stand in the order of the commands.
func TestTheREADMEsStrategiesAreWhereToBegin(t *testing.T) {
	if testing.Short() {
		t.Skip("seventy runs")
	}
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
