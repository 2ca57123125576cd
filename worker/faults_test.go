package worker

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
)

// harmful are keys with which each kind of fault is sure to show in some of a hundred services.
var harmful = map[string]option.Values{
	"slow":      {"factor": 3.0},
	"stall":     {},
	"blackhole": {},
	"fail-fast": {"after": ms},
	"flaky":     {"p": 0.5},
	"crash":     {"notify": requester.Failed},
	"cold":      {"factor": 3.0, "ramp": 10 * time.Second},
	"drop":      {"p": 0.5, "delay": time.Duration(0)},
}

// This suite holds what is true of every kind of fault; a new line in the table is tested by it, once harmful has its keys.
func forEachKind(t *testing.T, test func(t *testing.T, f Fault)) {
	for _, k := range FaultKinds() {
		t.Run(k.Name, func(t *testing.T) {
			set, found := harmful[k.Name]
			require.True(t, found, "give %s its keys in harmful", k.Name)
			test(t, Fault{Kind: k.Name, Workers: Selection{Share: 1}, Zone: AnyZone, Set: set})
		})
	}
}

// An end is what a job that comes to a free slot, and the answer to it, come to under a fault.
type end struct {
	took    float64
	verdict requester.Verdict
	lost    bool
}

const workOfTest = float64(10 * ms)

// ends are those of two attempts of each of fifty requests, one after the other from an instant on.
func ends(f Fault, worker int, from time.Duration) (all []end) {
	t := f.Meet(1, 0, worker)
	fate := NewFate([]Trouble{f.Meet(1, 0, worker)}, 1, func(_, due time.Duration) time.Duration { return due }, nil)
	t.fate = fate
	for id := range 100 {
		began, r := from+time.Duration(id)*10*ms, attempt(id/2, 1+id%2)
		one := end{took: workOfTest}
		if _, one.lost = t.effect.swallows(&t, began); !one.lost {
			one.took = t.effect.lasts(&t, began, workOfTest)
			one.verdict = t.effect.ends(&t, began, r)
			_, one.lost = t.effect.answers(&t, began, r)
		}
		if verdict, dead := fate.buries(began, began); dead {
			one.verdict = verdict
		} else if resumes := fate.resumes(began); resumes > began {
			one.took += float64(resumes - began)
		} else if due, verdict, whole := fate.ends(began, time.Duration(one.took)); !whole {
			one.verdict = verdict
		} else {
			one.took = float64(due - began)
		}
		all = append(all, one)
	}
	return all
}

var healthy = end{took: workOfTest}

func TestAFaultShowsWhileItIsThere(t *testing.T) {
	forEachKind(t, func(t *testing.T, f Fault) {
		if f.At, f.For = time.Second, time.Second; f.Kind == "cold" {
			f.For, f.Set = 0, option.Values{"factor": 3.0, "ramp": time.Second} // it has no other end
		}
		assert.True(t, slices.ContainsFunc(ends(f, 0, time.Second), func(one end) bool { return one != healthy }), "it changes something")
		for _, from := range []time.Duration{0, 2 * time.Second} {
			for _, one := range ends(f, 0, from) {
				require.Equal(t, healthy, one, "before and after it nothing is different")
			}
		}
	})
}

func TestAFaultIsTheSameForAllSlotsOfAWorker(t *testing.T) {
	forEachKind(t, func(t *testing.T, f Fault) {
		if f.MTBF, f.MTTR = 50*ms, 50*ms; f.Kind == "cold" {
			t.Skip("it does not come and go by itself")
		}
		assert.Equal(t, ends(f, 3, 0), ends(f, 3, 0))
		assert.NotEqual(t, ends(f, 3, 0), ends(f, 4, 0), "another worker has its own ups and downs")
	})
}

// The planning counts on it, so that no instant overflows.
func TestNoServiceTakesLongerThanTheFaultSays(t *testing.T) {
	forEachKind(t, func(t *testing.T, f Fault) {
		longest := f.Longest(workOfTest)
		require.False(t, math.IsInf(longest, 0) || longest < workOfTest)
		f.For = time.Second
		for _, one := range ends(f, 0, 0) {
			require.LessOrEqual(t, one.took, longest+float64(f.For), "while it works")
		}
	})
}

func TestTheTableSaysWhatEachFaultDoes(t *testing.T) {
	names := map[string]bool{}
	for _, k := range FaultKinds() {
		assert.NotEmpty(t, k.Does, k.Name)
		assert.Regexp(t, "^"+k.Name, k.Example)
		assert.False(t, names[k.Name], "a name is given once")
		names[k.Name] = true
		for _, key := range append(CommonKeys(), k.Keys...) {
			assert.NotEmpty(t, key.Help(), key.Name())
			assert.NotEmpty(t, key.Want(), key.Name())
		}
	}
}
