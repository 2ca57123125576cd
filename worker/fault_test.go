package worker

import (
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
)

func TestSelection(t *testing.T) {
	rows := []struct {
		says string
		Selection
		of       int
		selected []int
	}{
		{"one worker by its id", Selection{First: 2, Last: 2}, 5, []int{2}},
		{"a range with both of its ends", Selection{First: 1, Last: 3}, 5, []int{1, 2, 3}},
		{"worker 0 is a worker too", Selection{}, 5, []int{0}},
		{"a share takes the lowest ids", Selection{Share: 0.4}, 5, []int{0, 1}},
		{"a share is rounded up to whole workers", Selection{Share: 0.3}, 5, []int{0, 1}},
		{"and so never to none", Selection{Share: 0.01}, 5, []int{0}},
		{"a share of 1 is all", Selection{Share: 1}, 3, []int{0, 1, 2}},
	}
	for _, row := range rows {
		var selected []int
		for id := range row.of {
			if row.Contains(id, row.of) {
				selected = append(selected, id)
			}
		}
		assert.Equal(t, row.selected, selected, row.says)
	}
}

// A fault holds from its start, and at its end no more.
func TestAFaultHoldsFromAtForAsLongAsItLasts(t *testing.T) {
	rows := []struct {
		says  string
		fault Fault
		holds map[time.Duration]bool
	}{
		{"with a start and a length", Fault{Kind: "slow", At: 10 * ms, For: 5 * ms},
			map[time.Duration]bool{0: false, 10*ms - 1: false, 10 * ms: true, 15*ms - 1: true, 15 * ms: false, time.Hour: false}},
		{"without a length it is for ever", Fault{Kind: "slow", At: 10 * ms},
			map[time.Duration]bool{10*ms - 1: false, 10 * ms: true, 10_000 * time.Hour: true}},
		{"without anything it is always", Fault{Kind: "slow"}, map[time.Duration]bool{0: true, time.Hour: true}},
	}
	for _, row := range rows {
		for at, want := range row.holds {
			trouble := row.fault.Meet(1, 0, 0)
			assert.Equal(t, want, trouble.holds(at), "%s: at %v", row.says, at)
		}
	}
}

// Up-times and down-times that alternate, exponential with means U and D, are a Markov chain that is down for D/(U+D) of
// the time. Over a time T the variance of that share is 2U²D²/(U+D)³/T, and because the chain starts up, the mean is
// less by at most D/(U+D) · τ/T with τ = UD/(U+D). The means are taken over many workers; looking every D/20 and
// not all the time adds less than (1/20)²/12 to the variance, relatively: nothing.
func TestAFaultIsThereForItsShareOfTheTime(t *testing.T) {
	const up, down, length, workers = 30 * ms, 10 * ms, 2000 * ms, 500
	const u, d, T = float64(up), float64(down), float64(length)
	looks, there := 0, 0
	for id := range workers {
		trouble := Fault{Kind: "slow", MTBF: up, MTTR: down, At: 5 * ms}.Meet(1, 0, id)
		require.False(t, trouble.holds(5*ms), "it begins with an up-time")
		for at := 5 * ms; at < length+5*ms; at += down / 20 {
			looks++
			if trouble.holds(at) {
				there++
			}
		}
	}
	share, se := d/(u+d), math.Sqrt(2*u*u*d*d/math.Pow(u+d, 3)/(T*workers))
	bias := share * (u * d / (u + d)) / T
	assert.InDelta(t, share, float64(there)/float64(looks), 4*se+bias)
}

func TestSlotsOfOneWorkerMeetTheSameTrouble(t *testing.T) {
	f := Fault{Kind: "slow", MTBF: 10 * ms, MTTR: 10 * ms}
	a, same, other, another := f.Meet(1, 0, 3), f.Meet(1, 0, 3), f.Meet(1, 0, 4), f.Meet(1, 1, 3)
	differs, differsToo := false, false
	for at := time.Duration(0); at < time.Second; at += ms {
		there := a.holds(at)
		require.Equal(t, there, same.holds(at))
		differs = differs || there != other.holds(at)
		differsToo = differsToo || there != another.holds(at)
	}
	assert.True(t, differs, "another worker has its own ups and downs")
	assert.True(t, differsToo, "and so has another fault of the same worker")
}

// P of all attempts fail: a binomial share, of which four standard errors √(p(1−p)/n) are allowed. Which ones is fixed,
// whatever else has been asked before: so every strategy meets the same failures.
func TestFlakyFailsItsShareWhateverTheOrder(t *testing.T) {
	const n, p = 50_000, 0.2
	spoilt := func(order []int) []bool {
		trouble, spoilt := Fault{Kind: "flaky", Set: option.Values{"p": p}}.Meet(1, 0, 0), make([]bool, n)
		for _, id := range order {
			spoilt[id] = trouble.effect.ends(&trouble, 0, attempt(id/2, 1+id%2)) == requester.Failed // two attempts of each request
		}
		return spoilt
	}
	forwards := make([]int, n)
	for i := range forwards {
		forwards[i] = i
	}
	want := spoilt(forwards)
	assert.Equal(t, want, spoilt(rand.New(rand.NewPCG(1, 1)).Perm(n)))

	failed, both := 0, 0
	for id, bad := range want {
		if bad {
			failed++
		}
		if id%2 == 1 && bad && want[id-1] {
			both++
		}
	}
	assert.InDelta(t, p, float64(failed)/n, 4*math.Sqrt(p*(1-p)/n))
	assert.InDelta(t, p*p, float64(both)/(n/2), 4*math.Sqrt(p*p*(1-p*p)/(n/2)), "a retry draws anew")
}

func TestFaultsInService(t *testing.T) {
	rows := []struct {
		says    string
		faults  []Fault
		heard   []time.Duration // when the services of 10 ms each end
		verdict requester.Verdict
	}{
		{"a healthy worker", nil, []time.Duration{10 * ms, 20 * ms, 30 * ms}, requester.Succeeded},
		{"slow holds for the services that begin while it lasts", []Fault{{Kind: "slow", Set: option.Values{"factor": 3.0}, At: 5 * ms, For: 10 * ms}},
			[]time.Duration{10 * ms, 40 * ms, 50 * ms}, requester.Succeeded},
		{"two slow faults multiply", []Fault{{Kind: "slow", Set: option.Values{"factor": 3.0}}, {Kind: "slow", Set: option.Values{"factor": 2.0}}},
			[]time.Duration{60 * ms, 120 * ms, 180 * ms}, requester.Succeeded},
		{"flaky fails after the whole service", []Fault{{Kind: "flaky", Set: option.Values{"p": 1.0}}},
			[]time.Duration{10 * ms, 20 * ms, 30 * ms}, requester.Failed},
		{"a fault that begins later changes nothing before", []Fault{{Kind: "flaky", Set: option.Values{"p": 1.0}, At: 21 * ms}},
			[]time.Duration{10 * ms, 20 * ms, 30 * ms}, requester.Succeeded},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSlot()
				for i, f := range row.faults {
					s.Faults = append(s.Faults, f.Meet(1, i, 0))
				}
				rec := serve(t.Context(), []*requester.Request{ask(0, 10*ms), ask(1, 10*ms), ask(2, 10*ms)}, s)
				assert.Equal(t, row.heard, rec.heard)
				for i, a := range rec.answers {
					assert.Equal(t, row.verdict, a.Verdict)
					assert.Equal(t, row.verdict, rec.dones[i].Verdict, "the balancer hears the same")
				}
			})
		})
	}
}
