package strategy

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/requester"
)

// threeZones: zone 2 is nearer to zone 0 than zone 1 is, and zone 3 has nobody in it.
func threeZones() Parameters {
	p := defaults()
	p.Set["spill"] = 2.0
	p.Delays = [][]time.Duration{
		{0, 9, 5, 1},
		{9, 0, 3, 1},
		{5, 3, 0, 1},
		{7, 4, 4, 0},
	}
	return p
}

// Workers 0 and 1 stand in zone 0, worker 2 in zone 1, workers 3 and 4 in zone 2. A zone is full at a mean of two.
func TestARequestStaysAtHomeWhileThereIsRoom(t *testing.T) {
	rows := []struct {
		says    string
		from    int
		pending []int
		barred  []int
		want    int
	}{
		{"at home, the least loaded", 0, []int{2, 1, 0, 0, 0}, nil, 1},
		{"the mean decides, not the least: one has room for three more", 0, []int{4, 0, 0, 0, 0}, nil, 3},
		{"a mean below spill is room, if one of them is full or not", 0, []int{3, 0, 0, 0, 0}, nil, 1},
		{"home is full: the nearest, which is zone 2", 0, []int{2, 2, 0, 1, 0}, nil, 4},
		{"and if that is full too, zone 1", 0, []int{2, 2, 1, 2, 2}, nil, 2},
		{"all are full: home after all", 0, []int{3, 2, 2, 2, 2}, nil, 1},
		{"all are full and nobody at home is eligible: the nearest", 0, []int{2, 2, 2, 3, 2}, []int{0, 1}, 4},
		{"nobody at home is eligible: the nearest with room", 0, []int{0, 0, 0, 2, 2}, []int{0, 1}, 2},
		{"home is full, and nobody eligible where there is room", 0, []int{2, 2, 0, 0, 0}, []int{2, 3, 4}, 0},
		{"a zone of nobody: the nearest, of equally near the lower number", 3, []int{0, 0, 0, 0, 0}, nil, 2},
		{"a zone of nobody, and the nearest is full", 3, []int{0, 0, 2, 0, 0}, nil, 3},
		{"nobody is eligible", 1, []int{0, 0, 0, 0, 0}, []int{0, 1, 2, 3, 4}, -1},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			d := newCallerWith(t, "locality", threeZones(), 1)
			for id, zone := range []int{0, 0, 1, 2, 2} {
				w := d.enter(Worker{Zone: zone})
				for range row.pending[id] {
					d.send(w)
				}
			}
			d.barred = row.barred
			assert.Equal(t, row.want, d.ask(requester.Request{Zone: row.from}))
		})
	}
}

func TestWithoutDelaysZonesAreEquallyNear(t *testing.T) {
	d := newCaller(t, "locality", 1)
	for zone := range 3 {
		d.enter(Worker{Zone: zone})
	}
	assert.Equal(t, 2, d.ask(requester.Request{Zone: 2}))
	assert.Equal(t, 0, d.ask(requester.Request{Zone: 7}))
}

// Whatever happens, also if the counts that it sees are old, locality does what the rule says, worked out from nothing.
func TestLocalityIsTheRule(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		p := threeZones()
		d := newCallerWith(t, "locality", p, 1)
		t.Repeat(map[string]func(*rapid.T){
			"join": func(t *rapid.T) {
				held := rapid.IntRange(0, 3).Draw(t, "brings")
				d.enter(Worker{Zone: rapid.IntRange(0, 3).Draw(t, "zone"), Limit: 4, Held: held, Pending: held})
			},
			"leave": func(t *rapid.T) { d.leave(anyOf(t, d.workers)) },
			"done":  func(t *rapid.T) { d.done(anyOf(t, d.busy())) },
			"see": func(t *rapid.T) {
				w := anyOf(t, d.workers)
				w.Pending = rapid.IntRange(0, 4).Draw(t, "pending")
				d.ranker.Changed(w)
			},
			"send": func(t *rapid.T) {
				r := requester.Request{Zone: rapid.IntRange(0, 3).Draw(t, "from")}
				w, zone := d.strategy.Pick(&r, d.eligible), zoneByTheRule(d, p, r.Zone)
				if w == nil {
					require.Equal(t, -1, zone)
					return
				}
				require.Equal(t, zone, w.Zone)
				for _, other := range d.workers {
					require.False(t, other.Zone == zone && d.eligible(other) && other.Pending < w.Pending)
				}
				d.send(w)
			},
		})
	})
}

// zoneByTheRule returns the zone that a request goes to, −1 for none, of those with somebody eligible: home if it has room,
// the nearest that has, home, the nearest. To be full counts as further than to be elsewhere, and that as further than
// any delay.
func zoneByTheRule(d *caller, p Parameters, from int) int {
	best, least := -1, time.Duration(0)
	for to := range p.Delays {
		pending, workers, eligible := 0, 0, 0
		for _, w := range d.workers {
			if w.Zone == to {
				workers++
				pending += w.Pending
				if d.eligible(w) {
					eligible++
				}
			}
		}
		if eligible == 0 {
			continue
		}
		far := p.Delays[from][to]
		if from != to {
			far += 100
		}
		if float64(pending)/float64(workers) >= spill.In(p.Set) {
			far += 1000
		}
		if best < 0 || far < least {
			best, least = to, far
		}
	}
	return best
}
