package worker

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/requester"
)

// A delivery is a job that comes to a worker, and what becomes of it.
type delivery struct {
	at, work time.Duration
	waits    time.Duration // until when its requester waits; 0: for ever
	fate     fate
}

// A fate is what the balancer and the requester hear of a job.
type fate struct {
	began, finished time.Duration
	verdict         requester.Verdict
	until           time.Duration // lost: so long it is pending
}

// ctxOfTest is of a run that is not over.
var ctxOfTest = context.Background()

const never = requester.Never

// deliver lets the jobs come to a worker of so many slots that meets the faults, and tells what became of each.
func deliver(faults []Fault, concurrency int, jobs []delivery, set ...func(*Slot)) (fates []fate, all Tally) {
	w, epoch := &Worker{Arrivals: make(chan *Job, len(jobs)), Queue: make(chan *Job, len(jobs))}, time.Now()
	taken := make(chan struct{}, concurrency)
	done, replies := make(chan *Job, len(jobs)), make(chan requester.Response, len(jobs))
	for range concurrency {
		s := newSlot(set...)
		s.Taken, s.Faults, s.Fate = taken, met(faults), NewFate(met(faults), 1, s.Aim, nil)
		w.Slots = append(w.Slots, s)
	}
	w.Hole = &Hole{Taken: taken, Faults: met(faults), Fate: NewFate(met(faults), 1, w.Slots[0].Aim, nil), Epoch: epoch, Aim: w.Slots[0].Aim}
	ended := make(chan bool)
	for _, life := range w.Serve(ctxOfTest) {
		go func() {
			life()
			ended <- true
		}()
	}
	for id, j := range jobs {
		time.Sleep(j.at - time.Since(epoch))
		r := ask(id, j.work)
		if r.Reply, r.Waits = replies, j.waits; r.Waits == 0 {
			r.Waits = never
		}
		w.Entry() <- &Job{Request: r, Done: done, Dispatched: j.at}
	}
	close(w.Entry())
	for range 1 + concurrency {
		<-ended
	}
	fates = make([]fate, len(jobs))
	for range jobs {
		a, j := <-replies, <-done
		fates[a.Ticket].began, fates[a.Ticket].finished, fates[a.Ticket].verdict = a.Began, a.Finished, a.Verdict
		if j.Verdict == requester.Lost {
			fates[j.Request.Ticket].until = j.Until
		}
	}
	return fates, w.Tally()
}

// met are the faults as worker 0 meets them.
func met(faults []Fault) (all []Trouble) {
	for i, f := range faults {
		all = append(all, f.Meet(1, i, 0))
	}
	return all
}

func stalled(at, length time.Duration) Fault {
	return Fault{Kind: "stall", At: at, For: length, Zone: AnyZone}
}

func crashed(at, length time.Duration, told requester.Verdict) Fault {
	return Fault{Kind: "crash", At: at, For: length, Zone: AnyZone, Set: option.Values{"notify": told}}
}

// A service of length s begun at t < a < t + s meets a stall [a, b): it ends at t + s + (b − a).
func TestWhatDyingAndStandingStillDoToJobs(t *testing.T) {
	const ok, failed, lost = requester.Succeeded, requester.Failed, requester.Lost
	rows := []struct {
		says   string
		faults []Fault
		slots  int
		jobs   []delivery
		buried int
	}{
		{"a service meets a stall and ends so much later", []Fault{stalled(4*ms, 30*ms)}, 1, []delivery{
			{at: ms, work: 10 * ms, fate: fate{ms, 41 * ms, ok, 0}},
			{at: 2 * ms, work: 10 * ms, fate: fate{41 * ms, 51 * ms, ok, 0}},
		}, 0},
		{"what ends when the stall begins has ended", []Fault{stalled(11*ms, 30*ms)}, 1, []delivery{
			{at: ms, work: 10 * ms, fate: fate{ms, 11 * ms, ok, 0}},
			{at: 2 * ms, work: 10 * ms, fate: fate{41 * ms, 51 * ms, ok, 0}},
		}, 0},
		{"one that would end inside the next stall is held up by that, too", []Fault{stalled(4*ms, 10*ms), stalled(18*ms, 5*ms), stalled(60*ms, ms)}, 1, []delivery{
			{at: ms, work: 10 * ms, fate: fate{ms, 26 * ms, ok, 0}}, // 3 before, 4 between, 3 after the second
		}, 0},
		{"stalls that overlap or touch are one", []Fault{stalled(4*ms, 10*ms), stalled(8*ms, 10*ms), stalled(18*ms, 2*ms)}, 1, []delivery{
			{at: ms, work: 10 * ms, fate: fate{ms, 27 * ms, ok, 0}},
		}, 0},
		{"what is received in a stall waits for its end, in every slot", []Fault{stalled(4*ms, 30*ms)}, 2, []delivery{
			{at: 5 * ms, work: 10 * ms, fate: fate{34 * ms, 44 * ms, ok, 0}},
			{at: 6 * ms, work: 20 * ms, fate: fate{34 * ms, 54 * ms, ok, 0}},
			{at: 7 * ms, work: ms, fate: fate{44 * ms, 45 * ms, ok, 0}},
			{at: 34*ms + 1, work: ms, fate: fate{45 * ms, 46 * ms, ok, 0}},
		}, 0},
		{"a crash in a stall wins over what waits for its end and what it holds up", []Fault{stalled(4*ms, 30*ms), crashed(20*ms, 40*ms, failed)}, 2, []delivery{
			{at: ms, work: 10 * ms, fate: fate{ms, 20 * ms, failed, 0}},
			{at: 5 * ms, work: 10 * ms, fate: fate{never, 20 * ms, failed, 0}},
			{at: 50 * ms, work: 10 * ms, fate: fate{never, 50 * ms, failed, 0}},
			{at: 61 * ms, work: 10 * ms, fate: fate{61 * ms, 71 * ms, ok, 0}},
		}, 2},
		{"a worker that is born in a stall stands still", []Fault{stalled(10*ms, 90*ms), crashed(20*ms, 40*ms, failed)}, 1, []delivery{
			{at: 61 * ms, work: 10 * ms, fate: fate{100 * ms, 110 * ms, ok, 0}},
		}, 0},
		{"a service that ends at the crash has ended", []Fault{crashed(11*ms, 0, failed)}, 2, []delivery{
			{at: ms, work: 10 * ms, fate: fate{ms, 11 * ms, ok, 0}},
			{at: 2 * ms, work: 10 * ms, fate: fate{2 * ms, 11 * ms, failed, 0}},
		}, 0},
		{"the dead refuse what they hold and what comes", []Fault{crashed(20*ms, 40*ms, failed)}, 1, []delivery{
			{at: ms, work: 50 * ms, fate: fate{ms, 20 * ms, failed, 0}},
			{at: 2 * ms, work: 10 * ms, fate: fate{never, 20 * ms, failed, 0}},
			{at: 30 * ms, work: 10 * ms, fate: fate{never, 30 * ms, failed, 0}},
			{at: 61 * ms, work: 10 * ms, fate: fate{61 * ms, 71 * ms, ok, 0}},
		}, 2},
		{"or swallow it: pending until its requester gives up", []Fault{crashed(20*ms, 40*ms, lost)}, 1, []delivery{
			{at: ms, work: 50 * ms, waits: 35 * ms, fate: fate{ms, 20 * ms, lost, 35 * ms}},
			{at: 2 * ms, work: 10 * ms, fate: fate{never, 20 * ms, lost, never}},
			{at: 30 * ms, work: 10 * ms, waits: 37 * ms, fate: fate{never, 30 * ms, lost, 37 * ms}},
			{at: 61 * ms, work: 10 * ms, fate: fate{61 * ms, 71 * ms, ok, 0}},
		}, 2},
		{"two crashes that overlap are one, and the first says who is told", []Fault{crashed(30*ms, 40*ms, lost), crashed(20*ms, 20*ms, failed)}, 1, []delivery{
			{at: 45 * ms, work: 10 * ms, waits: never, fate: fate{never, 45 * ms, failed, 0}},
			{at: 50 * ms, work: 10 * ms, fate: fate{never, 50 * ms, failed, 0}},
			{at: 71 * ms, work: 10 * ms, fate: fate{71 * ms, 81 * ms, ok, 0}},
		}, 2},
		{"each life has its end", []Fault{crashed(10*ms, 10*ms, failed), crashed(40*ms, 10*ms, lost)}, 1, []delivery{
			{at: 5 * ms, work: 10 * ms, fate: fate{5 * ms, 10 * ms, failed, 0}},
			{at: 35 * ms, work: 10 * ms, fate: fate{35 * ms, 40 * ms, lost, never}},
			{at: 45 * ms, work: ms, fate: fate{never, 45 * ms, lost, never}},
			{at: 53 * ms, work: 10 * ms, fate: fate{53 * ms, 63 * ms, ok, 0}},
		}, 1},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				fates, all := deliver(row.faults, row.slots, row.jobs)
				for i, j := range row.jobs {
					assert.Equal(t, j.fate, fates[i], "job %d", i)
				}
				begun := len(row.jobs) - row.buried
				assert.Equal(t, []int{len(row.jobs), begun, row.buried}, []int{all.Received, all.Begun, all.Buried})
			})
		})
	}
}

// A worker that meets crashes which come by themselves has as many lives as its heart and its slots know of, at the same instants.
func TestAllWhoLiveALifeWorkOutTheSame(t *testing.T) {
	faults := []Fault{
		{Kind: "crash", Zone: AnyZone, MTBF: 50 * ms, MTTR: 20 * ms, Set: option.Values{"notify": requester.Failed}},
		{Kind: "crash", Zone: AnyZone, MTBF: 80 * ms, MTTR: 30 * ms, Set: option.Values{"notify": requester.Failed}},
	}
	aim := onLane(3, 8)
	heartOf := newSlot(aim)
	often, seldom := NewFate(met(faults), 16, heartOf.Aim, nil), NewFate(met(faults), 16, heartOf.Aim, nil)
	lives, now := 0, time.Duration(0)
	for now < 10*time.Second {
		dies, rises := often.Death(now)
		assert.Equal(t, []time.Duration{3, 3}, []time.Duration{dies % 8, rises % 8}, "its instants are the heart's")
		assert.LessOrEqual(t, dies+32, rises)
		for ; now < dies-16; now += ms {
			_, gone := often.buries(now, now)
			assert.False(t, gone)
		}
		_, dead := often.buries(dies-1, dies)
		_, still := often.buries(rises-16, rises-16)
		_, late := often.buries(rises-1, rises)
		_, anew := often.buries(rises, rises)
		assert.Equal(t, []bool{true, true, true, false}, []bool{dead, still, late, anew}, "life %d", lives)
		lives++
		now = rises
		assert.Equal(t, rises, often.born(now))
	}
	assert.Greater(t, lives, 100)
	last, _ := often.Death(now)
	same, _ := seldom.Death(now)
	assert.Equal(t, last, same, "however often it is asked")
}
