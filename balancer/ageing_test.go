package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// Requests of priorities 3, 2, 1, 0 and 0 come half a second apart, from 0 on. What goes first depends on how long a level takes.
func TestWhoWaitsRises(t *testing.T) {
	for _, row := range []struct {
		says   string
		ageing time.Duration
		want   []int
	}{
		{"strict: nobody rises", 0, []int{4, 5, 3, 2, 1}},
		// At 2 s the levels are 1, 1, 0, 0, 0, at 2.5 s 1, 0, 0, 0, and from 3 s on all are 0.
		{"a level a second", time.Second, []int{3, 2, 1, 4, 5}},
		// At 2 s all are 0 but the first, which is 1 (it has waited 2 of 2.1 s): only later levels tell.
		{"a level in 700 ms", 700 * time.Millisecond, []int{2, 1, 3, 4, 5}},
		{"a level in no time is first come first served", time.Millisecond, []int{1, 2, 3, 4, 5}},
		{"a level in an hour is strict", time.Hour, []int{4, 5, 3, 2, 1}},
	} {
		t.Run(row.says, func(t *testing.T) {
			play(t, func(b *Balancer) { b.Discipline, b.Ageing = named("priority"), row.ageing }, func(t *testing.T, f *floor) {
				f.join(0, 1)
				f.ask()
				for i, priority := range []int{3, 2, 1, 0, 0} {
					if i > 0 {
						time.Sleep(time.Second / 2)
					}
					f.ask(func(r *requester.Request) { r.Priority = priority })
				}
				var got []int
				for range row.want {
					f.serve(0)
					got = append(got, f.peek(0))
					time.Sleep(time.Second / 2)
				}
				assert.Equal(t, row.want, got)
			})
		})
	}
}

// A level is reached at its very instant, and those that are closer to it than a period are equal to it.
func TestALevelIsReachedAtItsInstant(t *testing.T) {
	l := &ageingLine{ageing: time.Second, now: new(time.Duration), resolution: 10}
	w := &waiter{Request: &requester.Request{Priority: 2}, since: time.Minute}
	for after, want := range map[time.Duration]int{
		0: 2, time.Second - 10: 2, time.Second - 9: 1, time.Second: 1, 2*time.Second - 10: 1, 2 * time.Second: 0, time.Hour: 0,
	} {
		*l.now = time.Minute + after
		assert.Equal(t, want, l.level(w), "%v after it came", after)
	}
}
