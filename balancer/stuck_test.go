package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
)

// silentFor plays with two workers that may be silent for a second while they hold something; requests go to the first that is fit.
func silentFor(t *testing.T, test func(*testing.T, *floor)) {
	t.Helper()
	featured(t, 2, "stuck", option.Values{"length": time.Second}, test)
}

// Worker 0 gets a request at 0 and another at 0.6 s, and is silent: from 1 s on it is out, and its answer at 5 s takes it back. With one
// still in its hands it has a second from then.
func TestAWorkerIsStuckFromItsTimeToItsAnswer(t *testing.T) {
	silentFor(t, func(t *testing.T, f *floor) {
		require.Zero(t, f.goesTo(2))
		f.sleep(600 * time.Millisecond)
		require.Zero(t, f.goesTo(2), "a dispatch to it is no answer")
		f.sleep(400*time.Millisecond - 1)
		require.Zero(t, f.members[0].causes)
		f.sleep(1)
		require.Equal(t, silent, f.members[0].causes, "at 1 s")
		require.Equal(t, 1, f.goesTo(2))
		f.sleep(4 * time.Second)
		f.serve(0)
		require.Zero(t, f.members[0].causes, "at 5 s it has answered")
		f.sleep(time.Second - 1)
		require.Zero(t, f.members[0].causes)
		f.sleep(1)
		require.Equal(t, silent, f.members[0].causes, "at 6 s: it holds another")
		f.fail(0)
		require.Zero(t, f.members[0].causes, "an error is an answer")
		f.sleep(time.Hour)
		require.Zero(t, f.members[0].causes, "it holds nothing")
		assert.Equal(t, 3, f.close().Stuck, "worker 1, too, at 2 s")
	})
}

// A worker that answers again and again has a second after each.
func TestAWorkerThatAnswersIsNotStuck(t *testing.T) {
	silentFor(t, func(t *testing.T, f *floor) {
		for range 2 {
			f.ask()
		}
		for range 8 {
			f.sleep(900 * time.Millisecond)
			f.serve(0)
			f.ask()
		}
		f.sleep(time.Second)
		assert.Equal(t, silent, f.members[0].causes)
		assert.Equal(t, 1, f.close().Stuck)
	})
}

// What a worker swallows is no answer; when the time of all that it held is over it is sent to again.
func TestASwallowedRequestIsNoAnswer(t *testing.T) {
	silentFor(t, func(t *testing.T, f *floor) {
		for i := range 2 {
			f.ask()
			job := f.take(0)
			job.Verdict, job.Until = requester.Lost, time.Duration(2+i)*time.Second
			f.finish(0, job)
		}
		f.sleep(time.Second)
		require.Equal(t, silent, f.members[0].causes)
		f.sleep(time.Second)
		require.Equal(t, silent, f.members[0].causes, "at 2 s one is over, and the other is not")
		f.sleep(time.Second)
		require.Zero(t, f.members[0].causes, "at 3 s it holds nothing")
	})
}

// A new life begins with clean health, and an appointment of the one before changes nothing.
func TestANewLifeIsNotStuck(t *testing.T) {
	silentFor(t, func(t *testing.T, f *floor) {
		f.ask()
		f.sleep(900 * time.Millisecond)
		f.join(0, 10)
		require.Zero(t, f.goesTo(2))
		f.sleep(999 * time.Millisecond)
		require.Zero(t, f.members[0].causes)
		f.sleep(time.Millisecond)
		require.Equal(t, silent, f.members[0].causes, "a second after its own first request")
	})
}
