package e2e

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/golden"
)

const fewRequests = "-strategy=least-loaded,pull -workers=2 -requesters=2 -load=1.5 -timeout=20ms -retries=1 -plots= -events"

// TestEventsTellTheStory of a run that is small enough to be read.
func TestEventsTellTheStory(t *testing.T) {
	t.Parallel()
	golden.Check(t, "events.txt", events(succeeded(t, fewRequests+" -requests=6")))
}

// events are what --events wrote to stderr, without the last line, which tells how long that took.
func events(e ending) string {
	return regexp.MustCompile(`(?m)^.* of real time\n\z`).ReplaceAllString(e.stderr, "")
}

// TestARefusalComesBeforeWhatFollows from it, and after the question, though all of it is at one instant.
func TestARefusalComesBeforeWhatFollows(t *testing.T) {
	t.Parallel()
	e := succeeded(t, "-workers=1 -requesters=1 -requests=4 -load=2 -queue=0 -backlog=0 -when-full=reject -retries=1 -backoff=none -plots= -events")
	story := regexp.MustCompile(` +`).ReplaceAllString(events(e), " ")
	require.Contains(t, story, "balancer refuses request 1: rejected")
	for attempt, kind := range map[string]string{"request 1": "", "request 1, attempt 2": ": a retry"} {
		asks := strings.Index(story, "requester 0 asks "+attempt+kind+"\n")
		refuses := strings.Index(story, "balancer refuses "+attempt+": rejected\n")
		follows := regexp.MustCompile(`requester 0 (?:decides|will retry) ` + attempt + `: rejected`).FindStringIndex(story)
		require.NotNil(t, follows)
		assert.True(t, 0 <= asks && asks < refuses && refuses < follows[0], story)
	}
}

// TestEventsAreInOrder of time, one strategy after the other, and tell of every request and attempt that the result counts.
func TestEventsAreInOrder(t *testing.T) {
	t.Parallel()
	e := succeeded(t, fewRequests+" -format=json -requests=300")
	stories := strings.Split(events(e), "events of ")[1:]
	runs := e.document(t).Runs
	require.Len(t, stories, len(runs))
	line := regexp.MustCompile(`^ *(\d+\.\d{6}) ms  (?:requester|balancer|worker) .* request \d+`)
	for i, run := range runs {
		name, story, _ := strings.Cut(stories[i], ":")
		assert.Equal(t, run.Strategy, name, "one strategy after the other")
		last := 0.0
		for _, text := range strings.Split(strings.TrimSpace(story), "\n")[1:] {
			parts := line.FindStringSubmatch(text)
			require.NotNil(t, parts, text)
			at, err := strconv.ParseFloat(parts[1], 64)
			require.NoError(t, err)
			require.GreaterOrEqual(t, at, last, text)
			last = at
		}
		assert.Equal(t, run.Requests["issued"], strings.Count(story, " decides "), "each request is decided once")
		assert.GreaterOrEqual(t, strings.Count(story, " ends "), strings.Count(story, " begins "), "what begins ends")
		assert.Equal(t, run.Executions["skipped"], strings.Count(story, " skips "), "least-loaded and pull let every request in")
		assert.Equal(t, run.Executions["begun"], strings.Count(story, " begins "))
	}
}
