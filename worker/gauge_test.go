package worker

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/virtualtime"
	"waza/requester"
)

// A station is a gauge with its channels.
type station struct {
	probes   chan Probe
	notes    chan Note
	held     chan struct{}
	readings chan requester.Reading
	epoch    time.Time
}

// gauged runs a test with a gauge whose probes take 2 ms each way.
func gauged(t *testing.T, test func(*testing.T, *station)) {
	synctest.Test(t, func(t *testing.T) {
		s := &station{make(chan Probe), make(chan Note), make(chan struct{}, 100), make(chan requester.Reading, 10), time.Now()}
		g := &Gauge{
			Worker: 7, Way: 2 * ms, Epoch: s.epoch,
			Aim: func(_, due time.Duration) time.Duration { return due },
		}
		ended := make(chan bool)
		go func() { g.Run(s.probes, s.notes, s.held); close(ended) }()
		test(t, s)
		close(s.probes)
		<-ended
	})
}

func (s *station) ask() { s.probes <- Probe{Sent: time.Since(s.epoch), Reply: s.readings} }

// finish notes that a job has been served that found so many before it.
func (s *station) finish(ahead int, took time.Duration) { s.notes <- Note{Ahead: ahead, Took: took} }

func TestAProbeTakesTimeThereAndBack(t *testing.T) {
	gauged(t, func(t *testing.T, s *station) {
		time.Sleep(10 * ms)
		s.ask()
		time.Sleep(ms)
		s.held <- struct{}{} // two requests come while the probe is on its way
		s.held <- struct{}{}
		s.ask()                           // so does a second probe
		time.Sleep(ms + time.Microsecond) // the first has arrived
		s.held <- struct{}{}              // too late for the first answer
		assert.Equal(t, requester.Reading{Worker: 7, InFlight: 2, Home: 14 * ms}, <-s.readings, "as it was at 12 ms")
		assert.Equal(t, requester.Reading{Worker: 7, InFlight: 3, Home: 15 * ms}, <-s.readings, "as it was at 13 ms")
	})
}

func TestTheEstimateIsTheMedianOfWhatIsLikeNow(t *testing.T) {
	rows := []struct {
		says string
		held int
		want time.Duration
	}{
		{"it holds nothing: of 10, 30 and 20 ms with none ahead", 0, 20 * ms},
		{"it holds one, and none found just one: those with none ahead are nearest", 1, 20 * ms},
		{"it holds three: those with four ahead are nearest", 3, 50 * ms},
		{"it holds a hundred: more than are told apart count as the most", 100, 900 * ms},
	}
	for _, row := range rows {
		t.Run(row.says, func(t *testing.T) {
			gauged(t, func(t *testing.T, s *station) {
				for _, took := range []time.Duration{10, 30, 20} {
					s.finish(0, took*ms)
				}
				s.finish(4, 50*ms)
				s.finish(77, 900*ms)
				for range row.held {
					s.held <- struct{}{}
				}
				s.ask()
				assert.Equal(t, row.want, (<-s.readings).Latency)
			})
		})
	}
}

// A worker that has become slow must not live on what it was: the latest nine count.
func TestTheEstimateForgets(t *testing.T) {
	gauged(t, func(t *testing.T, s *station) {
		for range 100 {
			s.finish(0, ms)
		}
		for range 5 {
			s.finish(0, 50*ms)
		}
		s.ask()
		assert.Equal(t, 50*ms, (<-s.readings).Latency, "five of nine")
	})
}

// In simulated time a gauge answers at instants of its own lane, one probe at each.
func TestAGaugeAnswersOnItsLane(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		probes, notes, readings := make(chan Probe), make(chan Note), make(chan requester.Reading, 3)
		g := &Gauge{Way: 100, Epoch: time.Now(), Aim: virtualtime.Lane{Phase: 5, Period: 8}.Aim}
		ended := make(chan bool)
		go func() { g.Run(probes, notes, nil); close(ended) }()
		for range 3 {
			probes <- Probe{Reply: readings}
		}
		time.Sleep(time.Second)
		close(probes)
		<-ended
		for _, answered := range []time.Duration{101, 109, 117} {
			assert.Equal(t, answered+100, (<-readings).Home)
		}
	})
}

// A slot tells its gauge how long each job took from its dispatch, and takes its token out before it reports.
func TestASlotTellsItsGauge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		notes, held := make(chan Note, 4), make(chan struct{}, 2)
		held <- struct{}{}
		held <- struct{}{}
		s := newSlot(func(s *Slot) { s.Notes, s.Tokens = notes, held })
		serve(t.Context(), []*requester.Request{ask(0, 10*ms), ask(1, 5*ms)}, s)
		require.Len(t, notes, 2)
		assert.Equal(t, Note{Took: 10 * ms}, <-notes)
		assert.Equal(t, Note{Took: 15 * ms}, <-notes, "the time in the queue counts")
		assert.Empty(t, held)
	})
}
