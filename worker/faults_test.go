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
	"slow":  {"factor": 3.0},
	"flaky": {"p": 0.5},
}

// This suite holds what is true of every kind of fault; a new line in the table is tested by it, once harmful has its keys.
func forEachKind(t *testing.T, test func(t *testing.T, f Fault)) {
	for _, k := range FaultKinds() {
		t.Run(k.Name, func(t *testing.T) {
			set, found := harmful[k.Name]
			require.True(t, found, "give %s its keys in harmful", k.Name)
			test(t, Fault{Kind: k.Name, Workers: Selection{Share: 1}, Set: set})
		})
	}
}

// A fate is what a service that begins then comes to under a fault.
type fate struct {
	took    float64
	verdict requester.Verdict
}

const workOfTest = float64(10 * ms)

// fates are those of two attempts of each of fifty requests, one after the other from an instant on.
func fates(f Fault, worker int, from time.Duration) (all []fate) {
	t := f.Meet(1, 0, worker)
	for id := range 100 {
		began := from + time.Duration(id)*10*ms
		all = append(all, fate{t.lasts(began, workOfTest), t.ends(began, attempt(id/2, 1+id%2))})
	}
	return all
}

var healthy = fate{workOfTest, requester.Succeeded}

func TestAFaultShowsWhileItIsThere(t *testing.T) {
	forEachKind(t, func(t *testing.T, f Fault) {
		f.At, f.For = time.Second, time.Second
		assert.True(t, slices.ContainsFunc(fates(f, 0, time.Second), func(one fate) bool { return one != healthy }), "it changes something")
		for _, from := range []time.Duration{0, 2 * time.Second} {
			for _, one := range fates(f, 0, from) {
				require.Equal(t, healthy, one, "before and after it nothing is different")
			}
		}
	})
}

func TestAFaultIsTheSameForAllSlotsOfAWorker(t *testing.T) {
	forEachKind(t, func(t *testing.T, f Fault) {
		f.MTBF, f.MTTR = 50*ms, 50*ms
		assert.Equal(t, fates(f, 3, 0), fates(f, 3, 0))
		assert.NotEqual(t, fates(f, 3, 0), fates(f, 4, 0), "another worker has its own ups and downs")
	})
}

// The planning counts on it, so that no instant overflows.
func TestNoServiceTakesLongerThanTheFaultSays(t *testing.T) {
	forEachKind(t, func(t *testing.T, f Fault) {
		longest := f.Longest(workOfTest)
		require.False(t, math.IsInf(longest, 0) || longest < workOfTest)
		for _, one := range fates(f, 0, 0) {
			require.LessOrEqual(t, one.took, longest)
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
