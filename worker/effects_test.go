package worker

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/requester"
)

// In a hole no slot is held: what comes there is gone at once, whatever the slots do. It is pending until its requester gives up, told of that or not, else until the
// hole's end. What was there before is answered.
func TestABlackHole(t *testing.T) {
	const ok, lost = requester.Succeeded, requester.Lost
	hole := func(at, length time.Duration) Fault {
		return Fault{Kind: "blackhole", At: at, For: length, Zone: AnyZone}
	}
	for _, row := range []struct {
		says   string
		faults []Fault
		jobs   []delivery
	}{
		{"with an end", []Fault{hole(10*ms, 30*ms)}, []delivery{
			{at: 8 * ms, work: 10 * ms, fate: fate{8 * ms, 18 * ms, ok, 0}},
			{at: 9 * ms, work: 10 * ms, fate: fate{18 * ms, 28 * ms, ok, 0}},
			{at: 11 * ms, work: 10 * ms, fate: fate{never, 11 * ms, lost, 40 * ms}}, // though the slot is busy, and the queue is not empty
			{at: 12 * ms, work: 10 * ms, waits: 15 * ms, fate: fate{never, 12 * ms, lost, 15 * ms}},
			{at: 30 * ms, work: 10 * ms, fate: fate{never, 30 * ms, lost, 40 * ms}},
			{at: 31 * ms, work: 10 * ms, waits: 90 * ms, fate: fate{never, 31 * ms, lost, 90 * ms}},
			{at: 40 * ms, work: 10 * ms, fate: fate{40 * ms, 50 * ms, ok, 0}},
		}},
		{"without", []Fault{hole(10*ms, 0)}, []delivery{
			{at: 11 * ms, work: 10 * ms, fate: fate{never, 11 * ms, lost, never}},
			{at: 12 * ms, work: 10 * ms, waits: 50 * ms, fate: fate{never, 12 * ms, lost, 50 * ms}},
		}},
		{"and then the worker dies: what comes is refused, until it is born into the hole", []Fault{hole(10*ms, 0), crashed(20*ms, 10*ms, requester.Failed)}, []delivery{
			{at: 9 * ms, work: 20 * ms, fate: fate{9 * ms, 20 * ms, requester.Failed, 0}},
			{at: 19 * ms, work: ms, fate: fate{never, 19 * ms, lost, never}},
			{at: 25 * ms, work: ms, fate: fate{never, 25 * ms, requester.Failed, 0}},
			{at: 30 * ms, work: ms, fate: fate{never, 30 * ms, lost, never}},
		}},
		{"and the worker stands still", []Fault{hole(10*ms, 0), stalled(5*ms, 20*ms)}, []delivery{
			{at: 9 * ms, work: ms, fate: fate{25 * ms, 26 * ms, ok, 0}},
			{at: 15 * ms, work: ms, fate: fate{never, 15 * ms, lost, never}},
		}},
	} {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				fates, _ := deliver(row.faults, 1, row.jobs)
				for i, j := range row.jobs {
					assert.Equal(t, j.fate, fates[i], "job %d", i)
				}
			})
		})
	}
}

// A service begun so long after the start, or the rebirth, takes factor times as long, less what of the ramp is over.
func TestAColdWorkerWarmsUp(t *testing.T) {
	cold := func(at time.Duration) Fault {
		return Fault{Kind: "cold", At: at, Zone: AnyZone, Set: option.Values{"factor": 5.0, "ramp": 100 * ms}}
	}
	for _, row := range []struct {
		says   string
		faults []Fault
		jobs   []delivery
	}{
		{"from its start", []Fault{cold(100 * ms)}, []delivery{
			{at: 50 * ms, work: ms, fate: fate{50 * ms, 51 * ms, 0, 0}},
			{at: 100 * ms, work: ms, fate: fate{100 * ms, 105 * ms, 0, 0}},
			{at: 125 * ms, work: ms, fate: fate{125 * ms, 129 * ms, 0, 0}},
			{at: 150 * ms, work: 2 * ms, fate: fate{150 * ms, 156 * ms, 0, 0}},
			{at: 199 * ms, work: 100 * ms, fate: fate{199 * ms, 303 * ms, 0, 0}}, // 1.04 times
			{at: 350 * ms, work: ms, fate: fate{350 * ms, 351 * ms, 0, 0}},
		}},
		{"and from each rebirth", []Fault{cold(0), crashed(200*ms, 100*ms, requester.Failed)}, []delivery{
			{at: 0, work: ms, fate: fate{0, 5 * ms, 0, 0}},
			{at: 150 * ms, work: ms, fate: fate{150 * ms, 151 * ms, 0, 0}},
			{at: 300 * ms, work: ms, fate: fate{300 * ms, 305 * ms, 0, 0}},
			{at: 350 * ms, work: ms, fate: fate{350 * ms, 353 * ms, 0, 0}},
			{at: 400 * ms, work: ms, fate: fate{400 * ms, 401 * ms, 0, 0}},
		}},
	} {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				fates, _ := deliver(row.faults, 1, row.jobs)
				for i, j := range row.jobs {
					assert.Equal(t, j.fate, fates[i], "job %d", i)
				}
			})
		})
	}
}

// The balancer hears of a job whose answer gets lost: the worker has done it. The others are longer on their way, once.
func TestDroppedAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlot()
		s.Ways = []time.Duration{2 * ms}
		f := Fault{Kind: "drop", At: 10 * ms, Set: option.Values{"p": 0.0, "delay": 7 * ms}}
		all := Fault{Kind: "drop", At: 20 * ms, Set: option.Values{"p": 1.0, "delay": time.Duration(0)}}
		s.Faults = []Trouble{f.Meet(1, 0, 0), all.Meet(1, 1, 0)}
		rec := serve(ctxOfTest, []*requester.Request{ask(0, 10*ms), ask(1, 10*ms), ask(2, 10*ms)}, s)
		assert.Equal(t, []time.Duration{10 * ms, 20 * ms, 30 * ms}, rec.heard)
		for i, want := range []requester.Response{
			{Verdict: requester.Succeeded, Way: 2 * ms},
			{Verdict: requester.Succeeded, Way: 9 * ms},
			{Verdict: requester.Lost, Way: 9 * ms},
		} {
			assert.Equal(t, want.Verdict, rec.answers[i].Verdict, "answer %d", i)
			assert.Equal(t, want.Way, rec.answers[i].Way, "answer %d", i)
			assert.Equal(t, requester.Succeeded, rec.dones[i].Verdict, "the books are settled by the worker's word")
		}
	})
}
