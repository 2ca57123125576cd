package worker

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/virtualtime"
	"waza/requester"
)

// What a hole swallows comes back at instants of the hole's own, one at each, though all of it came at once; what it passes on begins when it came.
// Its lane is 5 mod 8. A worker of which a slot is busy does not call itself idle.
func TestAHoleSendsBackOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const jobs = 4
		f := Fault{Kind: "blackhole", At: 10 * ms, For: 10 * ms, Zone: AnyZone}
		taken := make(chan struct{}, 1)
		slot := newSlot()
		slot.Taken = taken
		w := &Worker{
			Slots: []*Slot{slot}, Arrivals: make(chan *Job, jobs), Queue: make(chan *Job, jobs),
			Hole: &Hole{
				Worker: 7, Faults: []Trouble{f.Meet(1, 0, 0)}, Epoch: slot.Epoch, Taken: taken,
				Aim: virtualtime.Lane{Phase: 5, Period: 8}.Aim,
			},
		}
		for _, life := range w.Serve(t.Context()) {
			go life()
		}
		done, replies := make(chan *Job), make(chan requester.Response, jobs)
		send := func(id int, work time.Duration) {
			r := ask(id, work)
			r.Reply, r.Waits = replies, never
			w.Entry() <- &Job{Request: r, Done: done, Dispatched: time.Since(slot.Epoch)}
		}
		type end struct {
			at, finished time.Duration
			verdict      requester.Verdict
			idle         bool
		}
		var ends []end
		hear := func() {
			j := <-done
			ends = append(ends, end{time.Since(slot.Epoch), j.Finished, j.Verdict, j.Idle})
		}
		time.Sleep(9 * ms)
		send(0, 2*ms)
		time.Sleep(ms)
		send(1, ms)
		send(2, ms)
		hear()
		hear()
		hear()
		send(3, ms)
		hear()
		close(w.Entry())
		assert.Equal(t, []end{
			{10*ms + 5, 10*ms + 5, requester.Lost, false}, {10*ms + 13, 10*ms + 13, requester.Lost, false},
			{11 * ms, 11 * ms, requester.Succeeded, true}, {11*ms + 5, 11*ms + 5, requester.Lost, true},
		}, ends)
		synctest.Wait()
		tally := w.Tally()
		assert.Equal(t, []int{4, 1, 3}, []int{tally.Received, tally.Begun, tally.Buried})
		assert.Equal(t, 2*ms, tally.Busy)
		assert.Equal(t, requester.Response{
			Ticket: 1, Verdict: requester.Lost, Worker: 7, Dispatched: 10 * ms, Began: never, Finished: 10*ms + 5,
		}, <-replies)
	})
}
