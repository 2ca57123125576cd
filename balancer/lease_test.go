package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// A diary has what is told of workers, by the balancer and by hearts, until the test reads it.
type diary chan requester.Event

// newDiary has room for more than any test does.
func newDiary() diary { return make(diary, 100) }

func (d diary) read() (told []requester.Event) {
	for len(d) > 0 {
		told = append(told, <-d)
	}
	return told
}

// leased sets a lease, and keeps what is told of workers.
func leased(lease time.Duration, told diary) func(*Balancer) {
	return func(b *Balancer) {
		b.Lease, b.Aim = lease, asDue
		b.Tell = func(e requester.Event) {
			if e.What >= requester.Dies && e.What <= requester.Returns {
				told <- e
			}
		}
	}
}

// fateOf is that of a worker with these faults.
func fateOf(faults ...worker.Fault) *worker.Fate {
	var troubles []worker.Trouble
	for i, f := range faults {
		troubles = append(troubles, f.Meet(1, i, 0))
	}
	return worker.NewFate(troubles, 1, asDue, nil)
}

func crash(at, length time.Duration) worker.Fault {
	return worker.Fault{Kind: "crash", At: at, For: length, Set: option.Values{"notify": requester.Lost}}
}

// beat lets the heart of worker 0 beat until stop is closed.
func (f *floor) beat(every time.Duration, fate *worker.Fate, stop chan struct{}) (ended chan struct{}) {
	h := &Heart{Every: every, Fate: fate, Epoch: f.Epoch, Aim: asDue, Tell: f.Tell}
	ended = make(chan struct{})
	ear := Ear{Control: f.control, Ended: f.ended, Silence: f.Silence, Rebirth: Join{Concurrency: 1, Limit: 10, Weight: 1, Queue: f.queues[0]}}
	go func() {
		h.Run(stop, []Ear{ear})
		close(ended)
	}()
	return ended
}

// A crash at T is known a lease after the last beat before it. Beats come every third of a second: 333,333,333 ns.
func TestACrashIsKnownALeaseAfterTheLastBeat(t *testing.T) {
	const second, beat = time.Second, time.Second / 3
	for _, row := range []struct{ dies, last, known time.Duration }{
		{20_100 * time.Millisecond, 60 * beat, 21 * second},
		{20_300 * time.Millisecond, 60 * beat, 21 * second},
		{20_340 * time.Millisecond, 61 * beat, 21_333 * time.Millisecond},
		{500 * time.Millisecond, beat, 1_333 * time.Millisecond},
		{100 * time.Millisecond, 0, second}, // it joined at 0
	} {
		t.Run(row.dies.String(), func(t *testing.T) {
			diary := newDiary()
			play(t, leased(second, diary), func(t *testing.T, f *floor) {
				f.join(0, 10)
				stop := make(chan struct{})
				ended := f.beat(beat, fateOf(crash(row.dies, 0)), stop)
				f.sleep(30 * second)
				<-ended // the dead have no heart
				told := diary.read()
				require.Len(t, told, 2)
				assert.Equal(t, []requester.Happening{requester.Dies, requester.Suspects}, []requester.Happening{told[0].What, told[1].What})
				assert.Equal(t, []time.Duration{row.dies, row.last + second}, []time.Duration{told[0].At, told[1].At})
				assert.InDelta(t, row.known, told[1].At, float64(time.Millisecond))
			})
		})
	}
}

// A worker that is reborn joins anew at that instant, suspected or not, and beats from then on: its next lease begins there.
func TestARebirthIsAJoiningAndTheFirstBeat(t *testing.T) {
	const second, beat = time.Second, time.Second / 3
	for _, row := range []struct {
		says      string
		away      time.Duration
		suspected []time.Duration
		forgotten int
	}{
		{"before anybody knew", second / 2, []time.Duration{13 * second / 2}, 1},
		{"after it was suspected", 2 * second, []time.Duration{2 * second, 8 * second}, 1},
	} {
		t.Run(row.says, func(t *testing.T) {
			diary := newDiary()
			play(t, leased(second, diary), func(t *testing.T, f *floor) {
				f.join(0, 10)
				stop := make(chan struct{})
				born := 3*second/2 - second/2 + row.away // it dies at 1 s
				f.beat(beat, fateOf(crash(second, row.away), crash(born+4*second+beat/2, 0)), stop)
				f.ask()
				f.sleep(second + beat) // nobody serves it
				assert.Equal(t, 1, f.at(0))
				f.bury(<-f.queues[0])
				f.sleep(20 * second)
				var suspected []time.Duration
				var risen time.Duration
				for _, e := range diary.read() {
					switch e.What {
					case requester.Suspects:
						suspected = append(suspected, e.At)
					case requester.Rises:
						risen = e.At
					}
				}
				assert.Equal(t, second+row.away, risen)
				last := suspected[len(suspected)-1]
				assert.Equal(t, risen+12*beat+second, last, "12 beats of the new life")
				assert.Len(t, suspected, len(row.suspected))
				assert.Equal(t, row.suspected[0], suspected[0].Round(time.Millisecond/10), row.says)
				assert.Equal(t, row.forgotten, f.close().Forgotten)
			})
		})
	}
}
