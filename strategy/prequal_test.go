package strategy

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
)

// An answer is what one worker of the examples has said: so many in flight, so many milliseconds.
type answer struct{ worker, inFlight, latency int }

// prequalWith returns prequal with so many workers and with these answers in its pool.
func prequalWith(workers int, answers ...answer) *prequal {
	p := defaults()
	p.Epoch = time.Now()
	s := newPrequal(p, rand.New(rand.NewPCG(1, 1))).(*prequal)
	for id := range workers {
		s.Join(&Worker{ID: id, Concurrency: 1, Limit: 10, Weight: 1})
	}
	for _, a := range answers {
		s.Read(requester.Reading{Worker: a.worker, InFlight: a.inFlight, Latency: time.Duration(a.latency) * time.Millisecond})
	}
	return s
}

func anybody(*Worker) bool { return true }

// The quantile 0.84 of four loads is the largest of them, of twenty-five the 21st: hot is who holds more.
func TestPrequalPrefersTheCold(t *testing.T) {
	crowd := func(loads ...int) (answers []answer) { // 21 answers of one request in flight, from others than 0 to 3
		for i := range 21 {
			answers = append(answers, answer{4 + i, 1, 50})
		}
		for i, load := range loads {
			answers = append(answers, answer{i, load, 40 - 10*i})
		}
		return answers
	}
	rows := []struct {
		says    string
		answers []answer
		barred  []int
		want    int
	}{
		{"nobody is hot: the fastest wins", []answer{{0, 3, 30}, {1, 3, 20}, {2, 3, 40}}, nil, 1},
		{"the fastest is hot: the next fastest that is cold wins", crowd(1, 1, 1, 9), nil, 2},
		{"who is cold and slow wins over who is hot and fast", crowd(9, 9, 9, 9), nil, 9},
		{"all that are eligible are hot: the one with the fewest requests wins", crowd(7, 5, 6, 9), []int{4, 24}, 1},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			s := prequalWith(25, row.answers...)
			s.most = 25 // so that all are in it
			eligible := anybody
			if row.barred != nil {
				eligible = func(w *Worker) bool { return w.ID < row.barred[0] || w.ID > row.barred[1] }
			}
			got := s.Pick(nil, eligible)
			if row.want > 3 {
				assert.Greater(t, got.ID, 3, "one of the cold ones")
				return
			}
			assert.Equal(t, row.want, got.ID)
		})
	}
}

// An answer counts its own use: the request that it has led to is in flight there.
func TestPrequalCountsWhatItSends(t *testing.T) {
	s := prequalWith(10, answer{0, 4, 10}, answer{1, 4, 20}, answer{2, 4, 30}, answer{3, 4, 40})
	w := s.Pick(nil, anybody)
	require.Equal(t, 0, w.ID, "the fastest")
	s.use(w)
	assert.Equal(t, 5, s.pool[0].InFlight)
	assert.Equal(t, 1, s.Pick(nil, anybody).ID, "with one more than the others it is hot now")
}

// One answer goes per request: in turn the oldest and the worst, which is the hot one with the most requests, or the
// slowest if none is hot.
func TestPrequalRemovesTheOldestAndTheWorstInTurn(t *testing.T) {
	s := prequalWith(10, answer{0, 1, 30}, answer{1, 1, 50}, answer{2, 1, 40}, answer{3, 1, 10}, answer{4, 1, 20})
	left := func() (ids []int) {
		for _, p := range s.pool {
			ids = append(ids, p.Worker)
		}
		return ids
	}
	s.Pick(nil, anybody)
	for _, want := range [][]int{{1, 2, 3, 4}, {2, 3, 4}, {3, 4}, {3}, {}} {
		s.retire()
		assert.ElementsMatch(t, want, left())
	}
}

// With n = 100, a pool of 16 and 3 probes an answer may be used 2 / (0.84·3 − 1) = 1.3 times, rounded up; with ten
// workers the pool is larger than the world, and age alone ends an answer.
func TestPrequalReusesAnswers(t *testing.T) {
	rows := []struct {
		says    string
		workers int
		probes  int
		want    int
	}{
		{"100 workers, 3 probes", 100, 3, 2},
		{"1,000 workers, 2 probes: 2 / (0.984·2 − 1) is 2.07", 1000, 2, 3},
		{"1,000 workers, 10 probes: at least once", 1000, 10, 1},
		{"10 workers", 10, 3, math.MaxInt},
	}
	for _, row := range rows {
		s := prequalWith(row.workers)
		s.probes = row.probes
		assert.Equal(t, row.want, s.reuse(), row.says)
	}

	s := prequalWith(100, answer{0, 0, 10}, answer{1, 0, 20}, answer{2, 0, 30})
	for use, left := range []int{3, 2} {
		s.Pick(nil, anybody)
		s.use(s.workers[0])
		assert.Len(t, s.pool, left, "after %d uses", use+1)
	}
	assert.Equal(t, 1, s.Pick(nil, anybody).ID, "0's answer has been used up")
}

func TestPrequalForgets(t *testing.T) {
	at := func(s *prequal, now time.Duration) []int {
		s.epoch = time.Now().Add(-now)
		s.Pick(nil, anybody)
		var ids []int
		for _, p := range s.pool {
			ids = append(ids, p.Worker)
		}
		return ids
	}
	s := prequalWith(10, answer{0, 1, 10}, answer{1, 1, 10})
	s.Read(requester.Reading{Worker: 2, Home: time.Minute})
	assert.Equal(t, []int{0, 1}, at(s, time.Millisecond), "2's answer is not home yet")
	s.Read(requester.Reading{Worker: 0, InFlight: 7, Home: time.Minute})
	assert.Equal(t, []int{2, 0}, at(s, time.Minute+time.Millisecond), "1's is too old, and 0 has answered anew")
	s.Leave(s.workers[2])
	s.Read(requester.Reading{Worker: 2, Home: time.Minute})
	assert.Equal(t, []int{0}, at(s, time.Minute+2*time.Millisecond), "whoever has left is forgotten, and what it says")

	s = prequalWith(30)
	for id := range 20 {
		s.Read(requester.Reading{Worker: id})
	}
	s.Pick(nil, anybody)
	assert.Len(t, s.pool, 16, "there is room for no more")
	assert.Equal(t, 4, s.pool[0].Worker, "the oldest go first")
}

// One usable answer is a bad guide: everybody would follow it. Below two, prequal draws.
func TestPrequalDrawsWhenItKnowsLittle(t *testing.T) {
	for _, answers := range [][]answer{nil, {{0, 1, 10}}} {
		got := make([]float64, 10)
		s := prequalWith(10, answers...)
		for range 5000 {
			got[s.Pick(nil, anybody).ID]++
		}
		equallyLikely(t, got)
	}
}

// It asks three different workers, all equally likely.
func TestPrequalProbesAtRandom(t *testing.T) {
	s, got := prequalWith(10), make([]float64, 10)
	for range 5000 {
		asked := s.Ask()
		require.Len(t, asked, 3)
		require.True(t, asked[0] != asked[1] && asked[1] != asked[2] && asked[0] != asked[2])
		for _, w := range asked {
			got[w.ID]++
		}
	}
	equallyLikely(t, got)
	assert.Len(t, prequalWith(2).Ask(), 2, "there are no more")
}

// An answer that is home at an instant which is equal to now can be used, and one that has the age is not yet too old.
func TestPrequalTakesInstantsForEqual(t *testing.T) {
	p := defaults()
	p.Resolution = 128
	s := newPrequal(p, rand.New(rand.NewPCG(1, 1))).(*prequal)
	s.Join(&Worker{ID: 0, Concurrency: 1, Limit: 10, Weight: 1})
	for _, row := range []struct {
		now  time.Duration
		pool int
	}{{time.Second - 128, 0}, {time.Second - 127, 1}, {2*time.Second + 127, 1}, {2*time.Second + 128, 0}} {
		if row.now < time.Second-127 {
			s.Read(requester.Reading{Worker: 0, Home: time.Second})
		}
		s.welcome(row.now)
		assert.Len(t, s.pool, row.pool, "%d", row.now)
	}
}
