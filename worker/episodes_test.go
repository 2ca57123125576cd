package worker

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/requester"
)

const s = time.Second

// listed returns the first episodes of one of the faults, as workers 0 to 2 meet it.
func listed(most int, faults []Fault, number int) []Episode {
	same := func(int) func(now, due time.Duration) time.Duration {
		return func(_, due time.Duration) time.Duration { return due }
	}
	meet := func(i int) func(int) Trouble {
		return func(id int) Trouble { return faults[i].Meet(1, i, id) }
	}
	fate := func(id int) *Fate {
		var troubles []Trouble
		for i := range faults {
			troubles = append(troubles, meet(i)(id))
		}
		return NewFate(troubles, 1, same(id), nil)
	}
	e := NewEpisodes(faults[number], []int{0, 1, 2}, meet(number), fate, same, 1)
	var all []Episode
	for range most {
		start := e.Start()
		episode, ok := e.Next()
		if !ok {
			break
		}
		if start != episode.From {
			panic("Start is not that of Next")
		}
		all = append(all, episode)
	}
	return all
}

func TestEpisodesAreThoseOfTheFault(t *testing.T) {
	slow := Fault{Kind: "slow", At: 2 * s, For: 3 * s, Set: option.Values{"factor": 2.0}}
	crash := Fault{Kind: "crash", At: 4 * s, For: s, Set: option.Values{"notify": requester.Failed}}
	cold := Fault{Kind: "cold", At: s, Set: option.Values{"factor": 2.0, "ramp": 10 * s}}
	for _, row := range []struct {
		says   string
		faults []Fault
		want   []Episode
	}{
		{"at once at all workers", []Fault{slow}, []Episode{{0, 2 * s, 5 * s}, {1, 2 * s, 5 * s}, {2, 2 * s, 5 * s}}},
		{"for ever", []Fault{{Kind: "slow", At: s, Set: slow.Set}}, []Episode{{0, s, requester.Never}, {1, s, requester.Never}, {2, s, requester.Never}}},
		{"a cold worker warms up until it dies, and once more from its rebirth", []Fault{cold, crash}, []Episode{
			{0, s, 4 * s}, {1, s, 4 * s}, {2, s, 4 * s}, {0, 5 * s, 15 * s}, {1, 5 * s, 15 * s}, {2, 5 * s, 15 * s},
		}},
		{"without a death, once", []Fault{cold}, []Episode{{0, s, 11 * s}, {1, s, 11 * s}, {2, s, 11 * s}}},
	} {
		assert.Equal(t, row.want, listed(100, row.faults, 0), row.says)
	}
}

func TestEpisodesEndAtTheirLimit(t *testing.T) {
	fault := Fault{Kind: "slow", MTBF: time.Millisecond, MTTR: time.Millisecond, Set: option.Values{"factor": 2.0}}
	assert.Len(t, listed(MostEpisodes+1, []Fault{fault}, 0), MostEpisodes)
}

func TestEpisodesThatComeAndGoAreThoseThatWorkersMeet(t *testing.T) {
	fault := Fault{Kind: "stall", MTBF: 10 * s, MTTR: s, Set: option.Values{}}
	episodes := listed(300, []Fault{fault}, 0)
	assert.Len(t, episodes, 300)
	var met [3]Trouble
	for id := range met {
		met[id] = fault.Meet(1, 0, id)
	}
	for i, e := range episodes {
		if i > 0 {
			assert.LessOrEqual(t, episodes[i-1].From, e.From, "in order of their start")
		}
		m := &met[e.Worker]
		assert.False(t, m.holds(e.From-2), "before %v", e)
		assert.True(t, m.holds(e.From) && m.holds(e.To-1), "in %v", e)
		assert.False(t, m.holds(e.To), "after %v", e)
	}
}
