package worker

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// A Done says whether its worker holds nothing more. With several slots none of them knows that by itself.
func TestADoneTellsWhetherItsWorkerIsIdle(t *testing.T) {
	rows := []struct {
		says  string
		slots int
		works []time.Duration
		idle  []bool // in the order of the Dones
	}{
		{"one slot is idle after the last in the queue", 1, []time.Duration{ms, ms, ms}, []bool{false, false, true}},
		{"the slot that finishes first leaves another at work", 2, []time.Duration{ms, 3 * ms}, []bool{false, true}},
		{"with something in the queue nobody is the last", 2, []time.Duration{ms, 2 * ms, 5 * ms}, []bool{false, false, true}},
		{"a slot that never had anything to do counts for nothing", 3, []time.Duration{ms, 2 * ms}, []bool{false, true}},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var requests []*requester.Request
				for id, work := range row.works {
					requests = append(requests, ask(id, work))
				}
				var slots []*Slot
				var taken chan struct{}
				if row.slots > 1 {
					taken = make(chan struct{}, row.slots)
				}
				for range row.slots {
					slots = append(slots, newSlot(func(s *Slot) { s.Taken = taken }))
				}
				var idle []bool
				for _, job := range serve(t.Context(), requests, slots...).dones {
					idle = append(idle, job.Idle)
				}
				assert.Equal(t, row.idle, idle)
			})
		})
	}
}

// A job that is not served makes its worker busy until it is handed back, for so long there is something to hand back.
func TestASkippedJobIsHeldUntilItIsHandedBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		taken := make(chan struct{}, 2)
		both := func(s *Slot) { s.Taken = taken }
		expired := ask(1, ms)
		expired.End = 0
		rec := serve(t.Context(), []*requester.Request{ask(0, 3*ms), expired}, newSlot(onLane(0, 4), both), newSlot(onLane(1, 4), both))
		assert.Equal(t, requester.TimedOut, rec.dones[0].Verdict)
		assert.False(t, rec.dones[0].Idle, "the other slot is at work")
		assert.True(t, rec.dones[1].Idle)
		assert.Empty(t, taken)
	})
}
