package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestSpellsUniteWhatOverlaps(t *testing.T) {
	const s = time.Second
	e := &ending{second: 1e9}
	u := spells{ended: 120 * s}
	for _, episode := range [][2]time.Duration{{10 * s, 20 * s}, {12 * s, 15 * s}, {20 * s, 30 * s}, {40 * s, 41 * s}, {110 * s, 1000 * s}, {130 * s, 140 * s}} {
		u.add(episode[0], episode[1], e)
	}
	assert.Equal(t, []Spell{{"crash", 10, 30, 1}, {"crash", 40, 41, 1}, {"crash", 110, 120, 1}}, u.describe("crash", e))
}

// Of many only the share of the time in each hundred-and-twentieth of the run is kept: here, of a second.
func TestOfManySpellsTheShareIsKept(t *testing.T) {
	const s = time.Second
	e := &ending{second: 1e9}
	u := spells{ended: 120 * s}
	for i := range 50 {
		u.add(time.Duration(i)*s, time.Duration(i)*s+s/4, e)
	}
	u.add(60*s+s/2, 62*s, e)
	all := u.describe("stall", e)
	assert.Len(t, all, 52)
	assert.Equal(t, Spell{"stall", 49, 50, 0.25}, all[49])
	assert.Equal(t, []Spell{{"stall", 60, 61, 0.5}, {"stall", 61, 62, 1}}, all[50:])
}

// What goes on for ever ends with each run. What comes at other times in each seed, or too often, they do not have in common.
func TestSeedsHaveTheSpellsThatBeginAtTheSameTime(t *testing.T) {
	first := Result{Spells: Spells{{"crash", 3, 4, 1}, {"slow", 10, 20, 1}, {"stall", 0, 1, 0.5}, {"fail-fast", 0, 100, 1}}}
	second := Result{Spells: Spells{{"crash", 5, 6, 1}, {"slow", 10, 20, 1}, {"stall", 0, 1, 0.5}, {"fail-fast", 0, 104, 1}}}
	assert.Equal(t, Spells{{"slow", 10, 20, 1}, {"fail-fast", 0, 102, 1}}, Mean([]Result{first, second}).Spells)
	assert.Empty(t, Mean([]Result{first, {}}).Spells)
}
