package report

import (
	"cmp"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// madeUp are outcomes in no order at all, many of them with one start.
func madeUp(n int) []requester.Outcome {
	rng := rand.New(rand.NewPCG(1, 2))
	outcomes := make([]requester.Outcome, n)
	for i := range outcomes {
		at := func() time.Duration { return time.Duration(rng.Int64N(1 << 40)) }
		outcomes[i] = requester.Outcome{ID: i, Requester: rng.IntN(100), Worker: rng.IntN(10), Verdict: requester.Verdict(rng.IntN(4)),
			Start: time.Duration(rng.IntN(n/4 + 1)), Dispatched: at(), Began: at(), Finished: requester.Never}
	}
	rng.Shuffle(n, func(i, j int) { outcomes[i], outcomes[j] = outcomes[j], outcomes[i] })
	return outcomes
}

// TestTheLogIsTheSameFromManyChunks as if all of it were sorted in memory, which is the simplest that can be right.
func TestTheLogIsTheSameFromManyChunks(t *testing.T) {
	for _, n := range []int{0, 1, 6, 7, 8, 14, 15, 1000} {
		outcomes := madeUp(n)
		whole, parts := newLog(n+1, 1), newLog(7, 1)
		whole.add(outcomes)
		for block := range slices.Chunk(outcomes, 3) {
			parts.add(block)
		}
		var want, got Result
		whole.describe(&want, nil)
		parts.describe(&got, nil)
		entries := slices.Collect(want.Log.All())
		assert.Len(t, entries, n)
		assert.True(t, slices.IsSortedFunc(entries, func(a, b Entry) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID)) }))
		assert.Equal(t, n, got.Log.Len())
		assert.Equal(t, n > 7, got.Log.file != nil, "what fits in memory stays there")
		for range 2 {
			assert.Equal(t, entries, slices.Collect(got.Log.All()), "it can be read again")
		}
		for range got.Log.All() {
			break // a reader may go away
		}
		require.NoError(t, got.Log.Err())
		got.Log.Close()
	}
}

// TestAnEntryIsWhatWasPacked, with the least and the greatest that its fields can be.
func TestAnEntryIsWhatWasPacked(t *testing.T) {
	for _, e := range []Entry{
		{},
		{ID: 1<<40 - 1, Requester: 99_999, Worker: int32(requester.None), Attempts: 101, Verdict: requester.TimedOut, Reason: 255, Start: 1, Dispatched: requester.Never, Began: requester.Never, Finished: requester.Never},
	} {
		var packed [entrySize]byte
		var got Entry
		e.pack(&packed)
		got.unpack(&packed)
		assert.Equal(t, e, got)
	}
}

// TestTheLogIsInNanoseconds, also where the clock of the run goes faster.
func TestTheLogIsInNanoseconds(t *testing.T) {
	l := newLog(2, 8)
	l.add([]requester.Outcome{
		{ID: 0, Start: 24, Dispatched: 27, Began: 28, Finished: requester.Never}, {ID: 1, Start: 16, Dispatched: requester.Never}, {ID: 2, Start: 8},
	})
	var r Result
	l.describe(&r, nil)
	entries := slices.Collect(r.Log.All())
	require.Len(t, entries, 3)
	assert.Equal(t, []time.Duration{1, 2, 3}, []time.Duration{entries[0].Start, entries[1].Start, entries[2].Start})
	assert.Equal(t, []time.Duration{3, 4, requester.Never}, []time.Duration{entries[2].Dispatched, entries[2].Began, entries[2].Finished})
	assert.Equal(t, requester.Never, entries[1].Dispatched)
}

// TestALogThatHasNoPlaceSaysSo, and the run goes on.
func TestALogThatHasNoPlaceSaysSo(t *testing.T) {
	t.Setenv("TMPDIR", "/there/is/no/such/directory")
	l := newLog(7, 1)
	l.add(madeUp(20))
	var r Result
	l.describe(&r, nil)
	assert.Empty(t, slices.Collect(r.Log.All()))
	assert.ErrorContains(t, r.Log.Err(), "its temporary file: ")
	assert.ErrorIs(t, r.Log.Err(), os.ErrNotExist)
	r.Log.Close()
}
