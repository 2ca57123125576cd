//go:build unix

// Package pools measures waza's balancer on the wall clock beside worker pools that people use. It is a module of its
// own, so that waza does not depend on them.
//
//	cd internal/benchmark/pools && go test -bench=. -cpu=1
package pools

import (
	"testing"

	"github.com/alitto/pond/v2"
	"github.com/gammazero/workerpool"
	"github.com/panjf2000/ants/v2"
	"github.com/stretchr/testify/require"

	"waza/internal/reference"
)

const (
	workers    = 10
	requesters = 100
)

// BenchmarkRoundTrip is one round trip of a requester that waits: it hands over work that takes no time, and is told
// when it is done.
func BenchmarkRoundTrip(b *testing.B) {
	b.Run("ants", func(b *testing.B) {
		pool, err := ants.NewPool(workers)
		require.NoError(b, err)
		defer pool.Release()
		trips(b, func(work func()) { _ = pool.Submit(work) })
	})
	b.Run("pond", func(b *testing.B) {
		pool := pond.NewPool(workers)
		defer pool.StopAndWait()
		trips(b, func(work func()) { pool.Submit(work) })
	})
	b.Run("workerpool", func(b *testing.B) {
		pool := workerpool.New(workers)
		defer pool.StopWait()
		trips(b, pool.Submit)
	})
	b.Run("shared-channel", func(b *testing.B) { timed(b, func() { reference.SharedChannel(workers, requesters, b.N) }) })
	b.Run("waza", func(b *testing.B) { timed(b, func() { reference.RoundTrips(workers, requesters, b.N) }) })
}

// trips has every requester submit its share, one at a time, each with a channel to be told on.
func trips(b *testing.B, submit func(func())) {
	timed(b, func() {
		reference.InParallel(requesters, func(i int) {
			told := make(chan struct{}, 1)
			work := func() { told <- struct{}{} }
			for range reference.Share(b.N, requesters, i) {
				submit(work)
				<-told
			}
		})
	})
}

// timed reports what f takes of the processor for each of b.N.
func timed(b *testing.B, f func()) {
	began := reference.CPU()
	f()
	b.ReportMetric(float64(reference.CPU()-began)/float64(b.N), "cpu-ns/op")
}
