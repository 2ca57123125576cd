package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/requester"
)

func TestWindowOfAnOpenLoop(t *testing.T) {
	w := NewWindow(10, 100)
	for _, c := range []struct {
		says string
		at   time.Duration
		want bool
	}{
		{"the warm-up is outside", 9, false},
		{"the instant of opening is inside", 10, true},
		{"the last instant before it closes is inside", 99, true},
		{"the instant of closing is outside", 100, false},
		{"the drain is outside", 101, false},
	} {
		assert.Equal(t, c.want, w.Contains(c.at), c.says)
	}
	for _, c := range []struct {
		says     string
		ended    time.Duration
		opened   bool
		from, to time.Duration
	}{
		{"a run that ended in its warm-up is reported whole", 8, false, 0, 8},
		{"a run that ended as the window opened is reported whole", 10, false, 0, 10},
		{"an interrupted window ends with the run", 50, true, 10, 50},
		{"the drain does not make the window longer", 120, true, 10, 100},
	} {
		from, to := w.Bounds(c.ended)
		assert.Equal(t, c.opened, w.Opened(c.ended), c.says)
		assert.Equal(t, []time.Duration{c.from, c.to}, []time.Duration{from, to}, c.says)
	}
}

func TestWindowOfAClosedLoop(t *testing.T) {
	for _, c := range []struct {
		says       string
		milestones []requester.Milestone
		opened     bool
		from, to   time.Duration
	}{
		{"it opens with the last that is warm and closes with the first that is through",
			[]requester.Milestone{{At: 5}, {At: 9}, {At: 7}, {Last: true, At: 40}, {Last: true, At: 60}}, true, 9, 40},
		{"one requester is not warm: it never opened", []requester.Milestone{{At: 5}, {At: 9}}, false, 0, 100},
		{"nobody is through: it lasts to the end", []requester.Milestone{{}, {}, {At: 3}}, true, 3, 100},
		{"one was through before another was warm: there is nothing between",
			[]requester.Milestone{{}, {}, {Last: true, At: 4}, {At: 6}}, false, 0, 100},
	} {
		w := NewClosedLoopWindow(3)
		w.Opening, w.Closing = make(chan struct{}), make(chan struct{})
		milestones := make(chan requester.Milestone, len(c.milestones))
		for _, m := range c.milestones {
			milestones <- m
		}
		close(milestones)
		w.Run(milestones)
		from, to := w.Bounds(100)
		assert.Equal(t, c.opened, w.Opened(100), c.says)
		assert.Equal(t, []time.Duration{c.from, c.to}, []time.Duration{from, to}, c.says)
		if !c.opened {
			assert.Zero(t, w.Overlap(0, 100), c.says)
		}
	}
}

func TestWindowOfAClosedLoopThatTimeEnds(t *testing.T) {
	for _, c := range []struct {
		says       string
		milestones []requester.Milestone
		from, to   time.Duration
		inside     [4]bool // what is a nanosecond after the opening, at it, at the closing, a nanosecond before it
	}{
		{"the requests are over before the time", []requester.Milestone{{At: 5}, {At: 9}, {At: 7}, {Last: true, At: 90}}, 9, 90,
			[4]bool{true, false, true, true}},
		{"nobody is warm when the time opens it, nor through when it closes it", []requester.Milestone{{At: 80}}, 20, 200,
			[4]bool{true, true, false, true}},
		{"all are warm after that", []requester.Milestone{{At: 30}, {At: 30}, {At: 30}}, 20, 200, [4]bool{true, true, false, true}},
	} {
		w := NewTimedLoopWindow(3, 20, 200)
		w.Opening, w.Closing = make(chan struct{}), make(chan struct{})
		milestones := make(chan requester.Milestone, len(c.milestones))
		for _, m := range c.milestones {
			milestones <- m
		}
		close(milestones)
		w.Run(milestones)
		from, to := w.Bounds(300)
		assert.Equal(t, []time.Duration{c.from, c.to}, []time.Duration{from, to}, c.says)
		inside := [4]bool{w.Contains(from + 1), w.Contains(from), w.Contains(to), w.Contains(to - 1)}
		assert.Equal(t, c.inside, inside, c.says)
	}
}

// Whatever the cuts, the parts of a time overlap the window by as much as the whole of it does.
func TestWindowOverlapAddsUp(t *testing.T) {
	instant := rapid.Custom(func(t *rapid.T) time.Duration { return time.Duration(rapid.Int64Range(0, 1000).Draw(t, "instant")) })
	drawn.Check(t, func(t *rapid.T) {
		open := instant.Draw(t, "open")
		w := NewWindow(open, open+instant.Draw(t, "length"))
		from := instant.Draw(t, "from")
		cut := from + instant.Draw(t, "to the cut")
		to := cut + instant.Draw(t, "to the end")
		assert.Equal(t, w.Overlap(from, to), w.Overlap(from, cut)+w.Overlap(cut, to))
		assert.LessOrEqual(t, w.Overlap(from, to), to-from)
		if w.Contains(from) && w.Contains(to) {
			assert.Equal(t, to-from, w.Overlap(from, to))
		}
	})
}

func TestAnInterruptionEndsTheWindow(t *testing.T) {
	w := NewWindow(10, 100)
	w.Stop(40)
	assert.True(t, w.Contains(40), "what began before it is measured")
	assert.False(t, w.Contains(41), "the drain is not")
	assert.Equal(t, 30*time.Nanosecond, w.Overlap(0, 90))
	from, to := w.Bounds(95)
	assert.Equal(t, []time.Duration{10, 40}, []time.Duration{from, to})
}

// What arrives in the fifths of a window is what the window contains, whatever else passes through it.
func TestFifthsCountTheArrivalsOfTheirWindow(t *testing.T) {
	w := NewWindow(1000, 2000)
	w.Resolve(100)
	f := fifthsOf(w)
	var block []requester.Outcome
	for _, start := range []time.Duration{0, 900, 901, 1000, 1500, 1900, 1901, 2000} {
		block = append(block, requester.Outcome{Start: start, Decided: start + 400})
	}
	f.add(block)
	_, arrivals, length := f.means()
	assert.Equal(t, 4, arrivals, "those from 901 to 1900")
	assert.Equal(t, 200*time.Nanosecond, length)
	assert.Nil(t, fifthsOf(NewClosedLoopWindow(1)))
}
