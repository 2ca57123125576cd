package balancer

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
	"waza/worker"
)

// unheard is a balancer that claims after three seconds, all of whose announcements are lost.
func unheard(told diary) func(*Balancer) {
	return func(b *Balancer) {
		leased(3*time.Second, told)(b)
		b.Claims, b.Announcements = true, Announcements{Loss: 1}
	}
}

// What nobody hears of is found by the next sweep. There is one every three seconds; a lease that is over at its very instant, it has not seen.
func TestASweepFindsWhatNobodyHeardOf(t *testing.T) {
	for _, row := range []struct{ last, known, claimed time.Duration }{
		{0, 3 * time.Second, 6 * time.Second},
		{time.Second, 4 * time.Second, 6 * time.Second},
		{2 * time.Second, 5 * time.Second, 6 * time.Second},
		{2999 * time.Millisecond, 5999 * time.Millisecond, 6 * time.Second},
	} {
		t.Run(row.last.String(), func(t *testing.T) {
			diary := newDiary()
			play(t, unheard(diary), func(t *testing.T, f *floor) {
				f.join(0, 1)
				f.ask()
				f.take(0)
				if row.last > 0 {
					f.sleep(row.last)
					f.event(Beat{0})
				}
				f.sleep(8500*time.Millisecond - row.last)
				f.join(1, 1)
				f.sleep(1500 * time.Millisecond)
				var at []time.Duration
				for _, e := range diary.read() {
					at = append(at, e.At)
				}
				assert.Equal(t, []time.Duration{row.known, row.known, row.claimed}, at[:3], "suspects, announces, claims")
				anew := f.take(1)
				assert.Equal(t, max(row.claimed, 8500*time.Millisecond), anew.Dispatched)
				f.reply(anew, f.now(), requester.Succeeded)
				l := f.close()
				assert.Equal(t, Takeovers{Announced: 1, Unheard: 1, Swept: 1, Tries: 1, Wins: 1}, l.Takeovers)
				assert.Equal(t, 1, l.Claims)
			})
		})
	}
}

// The lease is over, and so is the ownership, whether somebody has heard of it or not: an owner that is back before the sweep learns it at its
// beat. What it had begun it may finish, and then there is nothing to claim; what it had not, it buries, and that waits for the sweep.
func TestAnOwnerThatIsBackBeforeTheSweepIsDisowned(t *testing.T) {
	play(t, unheard(newDiary()), func(t *testing.T, f *floor) {
		f.join(0, 3)
		for range 3 {
			f.ask()
		}
		f.sleep(4 * time.Second) // suspected at 3 s
		begun, buried := f.take(0), f.take(0)
		require.False(t, taken(buried))
		f.event(Beat{0})
		require.True(t, taken(buried))
		f.reply(begun, 0, requester.Succeeded)
		assert.Equal(t, 0, f.answer().Ticket)
		f.reply(buried, requester.Never, requester.Lost)
		f.reply(f.take(0), requester.Never, requester.Lost)
		require.Empty(t, f.replies, "nobody has it: it is not lost, it waits for the sweep")
		f.sleep(time.Second)
		f.event(Beat{0})
		require.Zero(t, f.at(0))
		f.sleep(time.Second)
		for want := 1; want < 3; want++ {
			again := f.take(0)
			assert.Equal(t, []any{want, 6 * time.Second}, []any{again.Request.ID, again.Dispatched})
			f.reply(again, f.now(), requester.Succeeded)
		}
		l := f.close()
		assert.Equal(t, Takeovers{Announced: 3, Unheard: 3, Swept: 2, Tries: 2, Wins: 2}, l.Takeovers)
		assert.Equal(t, []int{2, 0, 2, 5, 5}, []int{l.Claims, l.Duplicated, l.Reburied, l.Dispatched, l.Completed + l.Forgotten})
	})
}

// A run that is interrupted answers at once what waits for a sweep.
func TestAnInterruptionDoesNotWaitForASweep(t *testing.T) {
	play(t, unheard(newDiary()), func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask()
		f.sleep(4 * time.Second)
		f.event(Cancel{})
		assert.Equal(t, requester.Cancelled, f.answer().Verdict)
		f.swallow(f.take(0), requester.Never)
		l := f.close()
		assert.Equal(t, []int{1, 1, 1, 1, 1, 0}, []int{l.Claims, l.Takeovers.Swept, l.Cancelled, l.Dispatched, l.Admitted, l.Takeovers.Wins})
	})
}

// All that have a free slot try for what is claimed, and one wins each: of three the first is sought by three, the second by two. Where none has
// a free slot, all that have room try.
func TestAllTryAndOneWins(t *testing.T) {
	diary := newDiary()
	play(t, func(b *Balancer) {
		leased(3*time.Second, diary)(b)
		b.Claims = true
	}, func(t *testing.T, f *floor) {
		f.join(0, 6)
		for range 6 {
			f.ask()
		}
		f.sleep(2 * time.Second)
		for id := 1; id <= 3; id++ {
			f.join(id, 2)
		}
		f.sleep(time.Second)
		l := &f.ledger.Takeovers
		assert.Equal(t, []int{6, 0, 3 + 2 + 1 + 3 + 2 + 1, 6}, []int{l.Announced, l.Unheard, l.Tries, l.Wins})
		var wins []string
		for _, e := range diary.read() {
			if e.What == requester.Wins {
				wins = append(wins, e.Why)
			}
		}
		assert.Equal(t, []string{
			"3 tried to claim it", "2 tried to claim it", "1 tried to claim it", "3 tried to claim it", "2 tried to claim it", "1 tried to claim it",
		}, wins)
		f.close()
	})
}

// A lag counts from when a worker fell silent: when it died, though its last beat was before, or when it began to stand still. What a new life
// claims, it claims from the old.
func TestLagsCountFromTheSilence(t *testing.T) {
	for _, row := range []struct {
		says               string
		fault              worker.Fault
		suspected, claimed Lag
	}{
		{"it dies", crash(1500*time.Millisecond, 0), lagOf(2500 * time.Millisecond), lagOf(2500 * time.Millisecond)},
		{"it stands still", worker.Fault{Kind: "stall", At: 1200 * time.Millisecond, For: time.Hour}, lagOf(2800 * time.Millisecond), lagOf(2800 * time.Millisecond)},
		{"it is reborn before it is suspected", crash(1500*time.Millisecond, time.Second), Lag{}, lagOf(time.Second)},
	} {
		t.Run(row.says, func(t *testing.T) {
			play(t, claiming(func(b *Balancer) { b.Fates = []*worker.Fate{fateOf(row.fault)} }), func(t *testing.T, f *floor) {
				f.join(0, 10)
				stop := make(chan struct{})
				ended := f.beat(time.Second, fateOf(row.fault), stop)
				f.ask()
				f.take(0)
				f.sleep(5 * time.Second)
				close(stop)
				<-ended
				assert.Equal(t, row.suspected, f.ledger.Takeovers.Suspected)
				assert.Equal(t, row.claimed, f.ledger.Takeovers.Claimed)
				f.close()
			})
		})
	}
}

func lagOf(d time.Duration) Lag { return Lag{1, float64(d), d} }

// Announcements are lost with the probability given, whatever was lost before: a hash of what they are about.
func TestAnnouncementsAreLostByChance(t *testing.T) {
	const n, p = 20_000, 0.3
	a, lost := Announcements{Loss: p, Seed: 7}, 0
	for id := range n / 4 {
		for attempt := 1; attempt <= 2; attempt++ {
			for lapse := uint64(1); lapse <= 2; lapse++ {
				e := &entry{request: requester.Request{ID: id, Attempt: attempt}, lapses: lapse}
				if a.lost(e) {
					lost++
				}
				require.Equal(t, a.lost(e), a.lost(e))
			}
		}
	}
	assert.InDelta(t, p, float64(lost)/n, 4*math.Sqrt(p*(1-p)/n))
	assert.False(t, Announcements{}.lost(&entry{}))
	assert.True(t, Announcements{Loss: 1}.lost(&entry{}))
}
