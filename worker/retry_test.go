package worker

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
)

// failing lets every service fail after a millisecond that begins in the time.
func failing(at, length time.Duration) Fault {
	return Fault{Kind: "fail-fast", At: at, For: length, Zone: AnyZone, Set: option.Values{"after": ms}}
}

// A worker that tries thrice, each time ten milliseconds after it has failed, holds its slot meanwhile: what comes after waits.
func TestAWorkerTriesAgainWhatHasFailed(t *testing.T) {
	const ok, failed, lost = requester.Succeeded, requester.Failed, requester.Lost
	for _, row := range []struct {
		says    string
		faults  []Fault
		jobs    []delivery
		retried int
	}{
		{"until it has tried so often", []Fault{failing(0, 30*ms)}, []delivery{
			{at: 0, work: 5 * ms, fate: fate{0, 23 * ms, failed, 0}}, // 1, 11 to 12, 22 to 23
			{at: 2 * ms, work: 5 * ms, fate: fate{23 * ms, 39 * ms, ok, 0}},
		}, 3},
		{"until it has succeeded", []Fault{failing(0, 5*ms)}, []delivery{
			{at: 0, work: 5 * ms, fate: fate{0, 16 * ms, ok, 0}},
			{at: 2 * ms, work: 5 * ms, fate: fate{16 * ms, 21 * ms, ok, 0}},
		}, 1},
		{"until it dies while it waits", []Fault{failing(0, 5*ms), crashed(6*ms, 20*ms, failed)}, []delivery{
			{at: 0, work: 5 * ms, fate: fate{0, 6 * ms, failed, 0}},
			{at: 30 * ms, work: 5 * ms, fate: fate{30 * ms, 35 * ms, ok, 0}},
		}, 0},
		{"or is reborn before the wait is over, and nobody is told", []Fault{failing(0, 5*ms), crashed(6*ms, 2*ms, lost)}, []delivery{
			{at: 0, work: 5 * ms, fate: fate{0, 6 * ms, lost, never}},
		}, 0},
		{"or dies while it tries again", []Fault{failing(0, 5*ms), crashed(13*ms, 20*ms, failed)}, []delivery{
			{at: 0, work: 5 * ms, fate: fate{0, 13 * ms, failed, 0}},
		}, 1},
		{"and not before it has stood still", []Fault{failing(0, 5*ms), stalled(8*ms, 22*ms)}, []delivery{
			{at: 0, work: 5 * ms, fate: fate{0, 35 * ms, ok, 0}},
		}, 1},
		{"a wait goes on while it stands still", []Fault{failing(0, 5*ms), stalled(3*ms, 5*ms)}, []delivery{
			{at: 0, work: 5 * ms, fate: fate{0, 16 * ms, ok, 0}},
		}, 1},
		{"unless it dies where it stood still", []Fault{failing(0, 5*ms), stalled(8*ms, 22*ms), crashed(20*ms, 4*ms, failed)}, []delivery{
			{at: 0, work: 5 * ms, fate: fate{0, 20 * ms, failed, 0}},
		}, 0},
	} {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				fates, all := deliver(row.faults, 1, row.jobs, func(s *Slot) { s.Retry = Retry{10 * ms, 3} })
				busy := time.Duration(0)
				for i, j := range row.jobs {
					assert.Equal(t, j.fate, fates[i], "job %d", i)
					busy += fates[i].finished - fates[i].began
				}
				assert.Equal(t, []int{row.retried, len(row.jobs)}, []int{all.Retried, all.Begun}, "each is one execution")
				assert.Equal(t, busy, all.Busy)
			})
		})
	}
}

// A try that could not begin before the attempt's end is not waited for; one that can is made, and may be late.
func TestAWorkerDoesNotTryAgainInVain(t *testing.T) {
	for _, row := range []struct{ end, finished, latest time.Duration }{{11 * ms, ms, 0}, {12 * ms, 12 * ms, 11 * ms}} {
		synctest.Test(t, func(t *testing.T) {
			r := ask(0, 5*ms)
			r.End = row.end
			rec := serve(t.Context(), []*requester.Request{r}, newSlot(func(s *Slot) {
				s.Retry, s.Faults = Retry{10 * ms, 3}, met([]Fault{failing(0, 0)})
			}))
			assert.Equal(t, []any{requester.Failed, row.finished, row.latest}, []any{rec.answers[0].Verdict, rec.answers[0].Finished, rec.answers[0].Latest})
		})
	}
}

// Each try is drawn for anew: of so many messages that fail by a half, each is tried once more in the mean.
func TestEachTryIsDrawnAnew(t *testing.T) {
	const n, p = 2000, 0.5
	synctest.Test(t, func(t *testing.T) {
		var all []*requester.Request
		for id := range n {
			all = append(all, ask(id, ms))
		}
		s := newSlot(func(s *Slot) {
			s.Retry = Retry{ms, 1000}
			s.Faults = met([]Fault{{Kind: "flaky", Zone: AnyZone, Set: option.Values{"p": p}}})
		})
		for _, a := range serve(t.Context(), all, s).answers {
			require.Equal(t, requester.Succeeded, a.Verdict)
		}
		assert.InDelta(t, n*p/(1-p), s.Tally.Retried, 4*math.Sqrt(n*p)/(1-p))
	})
}

func TestRetriesAreReadAndTold(t *testing.T) {
	for _, row := range []struct {
		text, told string
		want       Retry
	}{
		{"on", "30s,attempts=10000", Retry{30 * time.Second, 10_000}},
		{"5ms", "5ms,attempts=10000", Retry{5 * ms, 10_000}},
		{"attempts=3", "30s,attempts=3", Retry{30 * time.Second, 3}},
		{"1m,attempts=2", "1m,attempts=2", Retry{time.Minute, 2}},
	} {
		r, err := ParseRetry(row.text)
		require.NoError(t, err)
		assert.Equal(t, row.want, r)
		assert.Equal(t, row.told, r.String())
	}
	assert.Equal(t, "none", Retry{}.String())
}
