package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

func TestAViewShowsCountsAsTheyStood(t *testing.T) {
	const s = time.Second
	// What a worker holds, one more at each of these instants.
	changes := []time.Duration{0, 1 * s, 3 * s, 3*s + 1}
	rows := []struct {
		says string
		view View
		now  time.Duration
		want int
	}{
		{"fresh: all of them, at once", View{}, 3*s + 1, 4},
		{"before anything is old enough nothing is held", View{Stale: 5 * s}, 4 * s, 0},
		{"a change is seen when it is exactly so old", View{Stale: 2 * s}, 3 * s, 2},
		{"and not a nanosecond before", View{Stale: 2 * s}, 3*s - 1, 1},
		{"all is seen in the end", View{Stale: 2 * s}, time.Hour, 4},
		{"a snapshot has what was true just before its instant", View{Refresh: 3 * s}, 5 * s, 2},
		{"and stays until the next", View{Refresh: 3 * s}, 6*s - 1, 2},
		{"which is at the next multiple", View{Refresh: 3 * s}, 6 * s, 4},
		{"before the first there is the beginning", View{Refresh: 3 * s}, 3*s - 1, 0},
		{"what is equal to an instant so long ago is seen", View{Stale: 2 * s, Resolution: 128}, 3*s - 127, 2},
		{"what is after it is not", View{Stale: 2 * s, Resolution: 128}, 3*s - 128, 1},
		{"who comes at an instant that is equal to that of a snapshot finds it taken", View{Refresh: 3 * s, Resolution: 128}, 6*s - 127, 4},
		{"who comes before does not", View{Refresh: 3 * s, Resolution: 128}, 6*s - 128, 2},
		{"what is equal to the instant of a snapshot is not in it", View{Refresh: s - 100, Resolution: 128}, s, 1},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			m := &member{}
			for _, at := range changes {
				m.Held++
				row.view.changed(m, at)
			}
			for row.view.next(row.now) != nil {
			}
			assert.Equal(t, row.want, m.Pending)
			assert.Equal(t, len(changes), m.Held, "what it holds is never old")
		})
	}
}

// TestAnyViewIsTheHistoryAtItsHorizon compares what is seen with the whole history, searched by hand.
func TestAnyViewIsTheHistoryAtItsHorizon(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		v := drawView(t, 20)
		members := []*member{{}, {}, {}}
		history := []note{{members[0], 0, 0}, {members[1], 0, 0}, {members[2], 0, 0}}
		now := time.Duration(0)
		for range rapid.IntRange(1, 100).Draw(t, "steps") {
			now += time.Duration(rapid.IntRange(0, 5).Draw(t, "passes"))
			if rapid.Bool().Draw(t, "changes") {
				m := rapid.SampledFrom(members).Draw(t, "member")
				m.Held = rapid.IntRange(0, 9).Draw(t, "held")
				v.changed(m, now)
				history = append(history, note{m, m.Held, now})
				continue
			}
			for v.next(now) != nil {
			}
			want := map[*member]int{}
			for _, n := range history {
				if n.at <= now-v.Stale && (v.Refresh == 0 || n.at < now/v.Refresh*v.Refresh) || n.at == 0 && n.held == 0 {
					want[n.member] = n.held
				}
			}
			for i, m := range members {
				require.Equal(t, want[m], m.Pending, "member %d at %d", i, now)
			}
		}
	})
}

// drawView draws a fresh view, or one that is up to so many nanoseconds old.
func drawView(t *rapid.T, oldest time.Duration) View {
	old := time.Duration(rapid.Int64Range(1, int64(oldest)).Draw(t, "age"))
	return rapid.SampledFrom([]View{{}, {Stale: old}, {Refresh: old}}).Draw(t, "view")
}

// A balancer with an old view does not even see what it has just sent: the least loaded is the same worker again and
// again, and only the turns that break ties move on.
func TestAnOldViewDoesNotShowOnesOwnSends(t *testing.T) {
	play(t, func(b *Balancer) { b.View.Stale = time.Second }, func(t *testing.T, f *floor) {
		f.join(0, 10)
		f.ask()
		time.Sleep(time.Second)
		f.join(1, 10)
		f.join(2, 10)
		for range 6 {
			f.ask()
		}
		assert.Equal(t, []int{1, 3, 3}, []int{f.at(0), f.at(1), f.at(2)}, "0 is seen with one, the others with none; they take turns")
		time.Sleep(time.Second)
		f.ask()
		assert.Equal(t, []int{2, 3, 3}, []int{f.at(0), f.at(1), f.at(2)}, "now it sees what it has done")
	})
}

func TestAFullWorkerIsFullInAnOldView(t *testing.T) {
	play(t, func(b *Balancer) { b.View.Refresh = time.Hour }, func(t *testing.T, f *floor) {
		f.join(0, 2)
		f.join(1, 2)
		for range 5 {
			f.ask()
		}
		assert.Equal(t, []int{2, 2}, []int{f.at(0), f.at(1)}, "limits are never old")
		f.serve(1)
		assert.Equal(t, 2, f.at(1), "what waited takes the place that has become free, though nobody sees that it has")
	})
}

// What an old view has yet to show of an incarnation says nothing of the next one.
func TestANewIncarnationIsSeenWithNothing(t *testing.T) {
	play(t, func(b *Balancer) { b.View.Stale = time.Second }, func(t *testing.T, f *floor) {
		f.join(0, 5)
		for range 3 {
			f.ask()
		}
		time.Sleep(500 * time.Millisecond)
		f.join(0, 5) // it comes back
		f.join(1, 5)
		f.ask() // to 1, for 0 was sent to before it came back; and then it is the other's turn
		f.ask()
		time.Sleep(500 * time.Millisecond)
		f.ask() // shows the three that the earlier incarnation had
		require.Zero(t, f.members[0].Pending)
		time.Sleep(500 * time.Millisecond)
		f.ask()
		assert.Equal(t, f.members[0].Held+f.members[1].Held, 4)
		assert.Equal(t, 2, f.members[0].Pending+f.members[1].Pending, "the two that were sent a second ago")
	})
}
