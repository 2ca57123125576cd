package agenda

import (
	"cmp"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

// Whatever is entered, moved and taken out: the first is the earliest, among equals that with the lowest number, every entry
// knows its place, and all are done in order.
func TestTheOrderOfAnAgenda(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		var a Agenda
		var done []*Entry
		all := make([]*Entry, 12)
		due := map[*Entry]time.Duration{} // what stands in the agenda
		for i := range all {
			e := &Entry{Number: uint64(i)}
			e.Do = func(time.Duration) { done = append(done, e) }
			all[i] = e
		}
		t.Repeat(map[string]func(*rapid.T){
			"set": func(t *rapid.T) {
				e := rapid.SampledFrom(all).Draw(t, "entry")
				at := rapid.SampledFrom([]time.Duration{1, 2, 3, Never}).Draw(t, "due") // few instants: many ties
				a.Set(e, at)
				due[e] = at
				if at == Never {
					delete(due, e)
				}
			},
			"": func(t *rapid.T) {
				require.Len(t, a.entries, len(due))
				for i, e := range a.entries {
					require.Equal(t, i+1, e.place, "it knows its place")
				}
				if len(due) > 0 {
					require.Equal(t, due[inOrder(due)[0]], a.Next())
				} else {
					require.Equal(t, Never, a.Next())
				}
			},
		})
		wanted := inOrder(due)
		a.Ring(3)
		require.Equal(t, wanted, done)
		require.Equal(t, Never, a.Next())
	})
}

func inOrder(due map[*Entry]time.Duration) []*Entry {
	var all []*Entry
	for e := range due {
		all = append(all, e)
	}
	slices.SortFunc(all, func(x, y *Entry) int {
		return cmp.Or(cmp.Compare(due[x], due[y]), cmp.Compare(x.Number, y.Number))
	})
	return all
}

func TestWhatIsDoneMayEnterMore(t *testing.T) {
	var a Agenda
	var at []time.Duration
	again := &Entry{}
	again.Do = func(now time.Duration) {
		at = append(at, now)
		switch len(at) {
		case 1:
			a.Set(again, now) // due at once
		case 2:
			a.Set(again, now+1)
		}
	}
	a.Set(again, 5)
	a.Ring(4)
	assert.Empty(t, at, "nothing is done before its time")
	a.Ring(5)
	assert.Equal(t, []time.Duration{5, 5}, at)
	assert.Equal(t, time.Duration(6), a.Next())
}

// The alarm rings at each instant that it was asked for while it waits, and early only for one that was asked for before.
func TestAnAlarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a Alarm
		epoch := time.Now()
		now := func() time.Duration { return time.Since(epoch) }
		assert.Nil(t, a.At(now(), Never), "nothing was asked for")
		a.At(now(), 5*time.Second)
		<-a.At(now(), 3*time.Second)
		assert.Equal(t, 3*time.Second, a.Rung())
		assert.Equal(t, 3*time.Second, now())
		assert.Nil(t, a.At(now(), Never), "what has been moved to an earlier instant is forgotten")
		a.At(now(), 4*time.Second)
		<-a.At(now(), time.Hour)
		assert.Equal(t, 4*time.Second, a.Rung(), "early, for the instant that was asked for before")
		<-a.At(now(), 4*time.Second)
		assert.Equal(t, 4*time.Second, a.Rung(), "an instant that has come rings at once")
		assert.Equal(t, 4*time.Second, now())
		a.At(now(), 5*time.Second)
		<-a.Exactly(now(), 6*time.Second)
		assert.Equal(t, 6*time.Second, a.Rung(), "not for what was asked for before")
		assert.Equal(t, 6*time.Second, now())
		a.At(now(), 7*time.Second)
		assert.Nil(t, a.Exactly(now(), Never), "which is forgotten")
	})
}
