package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// Two members, so that forty dispatches to the other say that a worker is passed over. One dispatch a second, from instant 1 s on.
func TestAFaultIsDetectedAtTheLastDispatchBeforeFortyToTheOther(t *testing.T) {
	to := func(worker, times int) (all []int) {
		for range times {
			all = append(all, worker)
		}
		return all
	}
	for _, row := range []struct {
		says       string
		from, to   time.Duration // of the fault of worker 0, in seconds; 0: for ever
		dispatches [][]int
		want       [][]time.Duration // in seconds after the start; -1: not
	}{
		{"sent to at 10, 11 and 12, and then forty times not", 10, 0, [][]int{to(0, 12), to(1, 40)}, [][]time.Duration{{2}}},
		{"39 times are not enough", 10, 0, [][]int{to(0, 12), to(1, 39)}, [][]time.Duration{nil}},
		{"39 times twice are not enough", 10, 0, [][]int{to(0, 12), to(1, 39), to(0, 1), to(1, 39)}, [][]time.Duration{nil}},
		{"the second time it is", 10, 0, [][]int{to(0, 12), to(1, 39), to(0, 1), to(1, 40), to(0, 1)}, [][]time.Duration{{42}}},
		{"who was not sent to since the start is passed over at once", 10, 0, [][]int{to(0, 5), to(1, 44)}, [][]time.Duration{{0}}},
		{"what was before the start does not count", 10, 0, [][]int{to(0, 5), to(1, 43), to(0, 1)}, [][]time.Duration{nil}},
		{"a dispatch after the end says that it was not", 10, 20, [][]int{to(0, 12), to(1, 20), to(0, 1), to(1, 100)}, [][]time.Duration{nil}},
		{"forty may reach beyond the end", 10, 20, [][]int{to(0, 12), to(1, 40), to(0, 1)}, [][]time.Duration{{2}}},
	} {
		fault := worker.Fault{Kind: "slow", At: row.from * time.Second, Set: option.Values{"factor": 2.0}}
		if row.to > 0 {
			fault.For = (row.to - row.from) * time.Second
		}
		b := New(nil)
		b.Faults = []*worker.Episodes{worker.NewEpisodes(fault, []int{0}, func(id int) worker.Trouble { return fault.Meet(1, 0, id) }, nil, nil, 1)}
		b.members = []*member{{Worker: strategy.Worker{ID: 0}}, {Worker: strategy.Worker{ID: 1}}, nil, nil} // two stand in reserve
		b.health.members = 2
		d := newDetection(b)
		for _, some := range row.dispatches {
			for _, id := range some {
				b.now += time.Second
				b.sent++
				d.sent(b.members[id], nil)
			}
		}
		got := d.result()
		for i := range got {
			for j := range got[i] {
				got[i][j] /= time.Second
			}
		}
		assert.Equal(t, row.want, got, row.says)
	}
}

func TestEpisodesAreToldByTheirNumber(t *testing.T) {
	d := &detection{b: &Balancer{}, found: make([][]time.Duration, 1)}
	assert.False(t, d.heeds(doubt{number: 2, last: 7}, 19), "it has been the only member")
	assert.True(t, d.heeds(doubt{number: 2, last: 7}, 20))
	assert.Equal(t, [][]time.Duration{{requester.Never, requester.Never, 7}}, d.found)
}
