package balancer

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/instant"
)

// A given window is one that is known from the start.
type givenWindow struct{ instant.Interval }

func (w givenWindow) Known() instant.Interval { return w.Interval }

// A queue of which every change is kept is, in each thirtieth of the last minute of its window, as long as the books say, however long the run
// was before the minute and goes on after it, and however seldom the queue changed.
func TestTheLastMinuteOfAQueue(t *testing.T) {
	const minute = time.Minute
	for _, row := range []struct {
		says              string
		window, run, gaps time.Duration
	}{
		{"a minute", time.Minute, time.Minute, 50 * time.Millisecond},
		{"less than one", 40 * time.Millisecond, time.Second, 50 * time.Microsecond},
		{"an hour, and ten more", time.Hour, 11 * time.Hour, time.Second},
		{"a day", 24 * time.Hour, 24 * time.Hour, 3 * time.Second},
		{"a day of few changes", 24 * time.Hour, 25 * time.Hour, 10 * time.Minute},
		{"a day, and ninety", 24 * time.Hour, 91 * 24 * time.Hour, 10 * time.Second},
	} {
		random := rand.New(rand.NewPCG(1, 2))
		var l Ledger
		window := givenWindow{instant.Interval{Close: row.window}}
		type change struct {
			at time.Duration
			to int
		}
		all := []change{{}}
		for at := time.Duration(0); at < row.run; at += time.Duration(float64(row.gaps) * random.ExpFloat64()) {
			all = append(all, change{at, random.IntN(20)})
			l.Queue.watch(all[len(all)-1].to, at, window, minute)
		}
		part := min(row.window, minute) / 30
		for from := row.window - 30*part; from < row.window; from += part {
			want := 0.0
			for i, c := range all {
				until := row.run
				if i+1 < len(all) {
					until = all[i+1].at
				}
				want += float64(c.to) * float64(max(0, min(until, from+part)-max(c.at, from))) / float64(part)
			}
			assert.InDelta(t, want, l.Queue.AtEnd.Mean(from, from+part), 1.5, "%s, from %v", row.says, from)
		}
		assert.LessOrEqual(t, len(l.Queue.AtEnd.size.marks), mostMarks)
	}
}
