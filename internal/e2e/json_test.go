package e2e

import (
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/internal/golden"
)

// jsonRuns are runs whose JSON together shows every field there is.
var jsonRuns = []string{
	"-strategy=all -requests=2000",
	"-requests=2 -trace=" + ours, // too few for any percentile
	"-requests=2000 -timeout=1us",
	"-requests=2000 -arrivals=closed",
	"-scenario=adaptive-pool-burst",
}

// ours is the trace in testdata, from wherever the program runs.
var ours = absolute("../../testdata/trace.csv")

// TestFieldsOfTheJSONAreOnlyEverAdded compares the paths of all keys with a golden list. A program that reads the
// JSON breaks when one goes, so -update only adds to the list; a field is taken out of it by hand.
func TestFieldsOfTheJSONAreOnlyEverAdded(t *testing.T) {
	t.Parallel()
	paths := map[string]bool{}
	for _, args := range []string{"-strategy=all -requests=100", jsonRuns[3], "-requests=100 -priorities=0.5,0.5",
		"-strategy=pull,random,first -replications=2 -requests=2000 -timeout=60ms", "-until=mean:50% -requests=200",
		"-strategy=pull,random -select=mean:20% -max-replications=10 -requests=200",
		"-strategy=pull,random -select=mean:20% -max-replications=10 -requests=400 -fault=fail-fast:worker=3",
		"-requests=200 -strategy=pull -queues=2x5 -workers=2 -max-workers=4 -load=1.5 -scale-interval=5ms",
		"-requests=2000 -strategy=mod-hash -keys=uniform:100 -fault=crash:worker=0,at=1s,for=100ms -claim=100ms"} {
		var document any
		decode(t, succeeded(t, "-format=json -plots= "+args).stdout, &document)
		collect(paths, "", document)
	}
	if golden.Updating() {
		if old, err := os.ReadFile("testdata/json_fields.txt"); err == nil {
			for _, path := range strings.Fields(string(old)) {
				paths[path] = true
			}
		}
	}
	var list []string
	for path := range paths {
		list = append(list, path)
	}
	sort.Strings(list)
	golden.Check(t, "json_fields.txt", strings.Join(list, "\n")+"\n")
}

// collect gathers the paths of all keys below a value.
func collect(paths map[string]bool, path string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for key, child := range value {
			collect(paths, strings.TrimPrefix(path+"."+key, "."), child)
		}
	case []any:
		for _, child := range value {
			collect(paths, path+"[]", child)
		}
		if len(value) == 0 {
			paths[path+"[]"] = true
		}
	default:
		paths[path] = true
	}
}

// TestAFigureThatDoesNotExistIsNull names, for runs that lack them, figures that must be null and not 0.
func TestAFigureThatDoesNotExistIsNull(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		says, args string
		null       []string
	}{
		{"what was not asked for", "-requests=2000", []string{
			"scenario", "config.rate", "config.duration", "config.think", "config.trace", "config.choices", "config.backlog",
			"config.timeout", "config.fault", "runs[].latency_ci95_seconds", "runs[].difference",
		}},
		{"a percentile with fewer than 10 samples beyond it", "-requests=500", []string{
			"runs[].latency_seconds.p99", "runs[].latency_seconds.p999", "runs[].wait_seconds.p99", "runs[].slowdown.p99",
		}},
		{"the spread of one request", "-requests=1 -warmup=0", []string{"runs[].latency_seconds.sd", "runs[].latency_seconds.p50"}},
		{"the latency where nobody is answered in time", "-requests=2000 -work=10ms -timeout=1ms", []string{
			"runs[].latency_seconds.mean", "runs[].latency_seconds.max", "runs[].slowdown.p50",
		}},
	} {
		t.Run(row.says, func(t *testing.T) {
			var document any
			decode(t, succeeded(t, "-format=json -plots= "+row.args).stdout, &document)
			for _, path := range row.null {
				value, there := at(document, path)
				assert.True(t, there, "%s is missing", path)
				assert.Nil(t, value, path)
			}
		})
	}
}

// at follows a path; [] is the first element.
func at(value any, path string) (any, bool) {
	for _, key := range strings.Split(path, ".") {
		key, list := strings.CutSuffix(key, "[]")
		object, ok := value.(map[string]any)
		if !ok {
			return nil, false
		}
		if value, ok = object[key]; !ok {
			return nil, false
		}
		if list {
			value = value.([]any)[0]
		}
	}
	return value, true
}
