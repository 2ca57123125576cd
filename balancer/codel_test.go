package balancer

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// recommended returns a codel with a target of 5 ms and an interval of 100 ms, as RFC 8289 recommends for networks.
func recommended() codel {
	return codel{CoDel: CoDel{Target: 5 * time.Millisecond, Interval: 100 * time.Millisecond}}
}

// every looks at a head every millisecond in [from, to) and returns when it is dropped, in milliseconds. A head that is dropped has another
// behind it that has waited as long.
func (c *codel) every(from, to int, waited time.Duration) []int {
	var dropped []int
	for ms := from; ms < to; ms++ {
		now := time.Duration(ms) * time.Millisecond
		for c.drops(now, now-waited, 10) {
			dropped = append(dropped, ms)
		}
	}
	return dropped
}

// Waits are too long from the first millisecond on. An interval later the excess has lasted, and the first is dropped; that is t. The
// second is dropped at t + I, then after I/√2, I/√3 and so on.
func TestLastingExcessDropsMoreAndMoreOften(t *testing.T) {
	c := recommended()
	want, due := []int{101}, 101.0
	for k := 1; k <= 20; k++ {
		due += 100 / math.Sqrt(float64(k))
		want = append(want, int(math.Ceil(due)))
	}
	assert.Equal(t, want, c.every(1, want[20]+1, 5*time.Millisecond))
	assert.Equal(t, []int{101, 201, 272, 330}, want[:4])
}

func TestWhatIsNoExcessDropsNothing(t *testing.T) {
	c := recommended()
	assert.Empty(t, c.every(1, 10_000, 5*time.Millisecond-1), "no wait is too long")
	for ms := range 10_000 { // every head has waited for long, but one in 100
		now := time.Duration(ms) * time.Millisecond
		waited := time.Second
		if ms%100 == 0 {
			waited = 0
		}
		assert.False(t, c.drops(now, now-waited, 10), "one that has waited little begins the interval anew")
	}
	for ms := 10_000; ms < 20_000; ms++ {
		assert.False(t, c.drops(time.Duration(ms)*time.Millisecond, 0, 1), "the last one that waits is never dropped")
	}
}

// A head that has waited little ends the dropping. If the excess lasts again soon, it drops at the pace that it had; later it begins anew.
func TestThePaceIsResumed(t *testing.T) {
	for _, row := range []struct {
		says  string
		pause int // milliseconds without excess
		next  float64
	}{
		// Dropped at 101, 201, 272, 330, 380: count is 5, of which it began with 1. Then an interval of 100/√4.
		{"soon", 100, 50},
		// The next drop would have been at 380 + 100/√5 = 425: 16 intervals later is 2025.
		{"just in time", 1533, 50},
		{"a moment too late", 1535, 100},
	} {
		t.Run(row.says, func(t *testing.T) {
			c := recommended()
			assert.Equal(t, []int{101, 201, 272, 330, 380}, c.every(1, 390, time.Second))
			assert.Empty(t, c.every(390, 390+row.pause, 0))
			first := 390 + row.pause + 100
			assert.Equal(t, []int{first, first + int(row.next)}, c.every(390+row.pause, first+int(row.next)+1, time.Second))
		})
	}
}

// A worker takes one request a millisecond, and 1.5 come; what is dropped is rejected, and the strategy is asked about the next.
func TestAHeadThatWaitsTooLongIsRejected(t *testing.T) {
	play(t, func(b *Balancer) {
		b.Discipline, b.CoDel = named("codel"), CoDel{Target: 5 * time.Millisecond, Interval: 100 * time.Millisecond}
	}, func(t *testing.T, f *floor) {
		f.join(0, 1)
		f.ask()
		for range 5 {
			f.ask()
		}
		serve := func(want int, says string) {
			f.serve(0)
			assert.Equal(t, want, f.peek(0), says)
		}
		time.Sleep(5 * time.Millisecond)
		serve(1, "it has waited for the target: excess begins")
		time.Sleep(99 * time.Millisecond)
		serve(2, "it has not lasted")
		time.Sleep(time.Millisecond)
		for len(f.replies) > 0 {
			f.answer()
		}
		serve(4, "request 3 is dropped")
		rejected := f.answer()
		assert.Equal(t, 3, rejected.Ticket)
		assert.Equal(t, requester.Rejected, rejected.Verdict)
		time.Sleep(time.Hour)
		serve(5, "nobody waits behind it")
		assert.Equal(t, 1, f.close().Rejected)
	})
}
