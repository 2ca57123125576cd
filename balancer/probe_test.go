package balancer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/requester"
	"waza/worker"
)

// A probe whose answer would find no room is not sent: its worker would wait for the balancer, which may be waiting to send to
// it. Each request asks the two workers; nobody answers; there is room for three answers.
func TestProbesAreNeverMoreThanThereIsRoomForAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		readings, probes := make(chan requester.Reading, 3), make(chan worker.Probe, 100)
		f := open(t, "prequal", func(b *Balancer) { b.Readings = readings })
		defer f.close()
		for id := range 2 {
			f.queues[id] = make(chan *worker.Job, 10)
			f.event(Join{Worker: id, Concurrency: 1, Limit: 10, Weight: 1, Queue: f.queues[id], Probes: probes})
		}
		time.Sleep(time.Second)
		for range 4 {
			f.ask()
		}
		require.Len(t, probes, 3, "two for the first request, one for the second")
		asked := <-probes
		assert.Equal(t, time.Second, asked.Sent)
		asked.Reply <- requester.Reading{Worker: 0, InFlight: 2, Home: time.Second}
		f.ask()
		assert.Len(t, probes, 3, "an answer that was read makes room for another probe")
	})
}
