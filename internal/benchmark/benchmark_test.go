//go:build unix

// Package benchmark measures what a request costs, beside references in the same run, because machines differ and
// a busy one differs from itself: only the ratios count. They are of cpu-ns/op, the time of the processor, which what else
// runs on the machine is not part of.
//
//	go test -run='^$' -bench=. -cpu=1 ./internal/benchmark
package benchmark

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"waza/internal/command"
	"waza/internal/option"
	"waza/internal/reference"
	"waza/internal/simulation"
	"waza/internal/virtualtime"
	"waza/report"
	"waza/report/document"
	"waza/report/plots"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// played is a run as the program plays it with these flags.
func played(flags ...string) simulation.Config {
	c, err := command.Parse(flags)
	if err != nil {
		panic(err) // the benchmark asks for what the program refuses
	}
	return c.Simulation
}

// defaults is a run with nothing else said.
func defaults(workers, requests int) simulation.Config {
	return played("-load=0.9", fmt.Sprintf("-workers=%d", workers), fmt.Sprintf("-requests=%d", requests))
}

func simulate(b *testing.B, c simulation.Config) {
	b.Helper()
	var results []report.Result
	var err error
	timed(b, func() {
		results, err = simulation.Run(context.Background(), c, len(c.Strategies), simulation.Spectators{})
	})
	require.NoError(b, err)
	for _, r := range results {
		require.EqualValues(b, c.Requests, r.Requests.Issued)
	}
}

// timed reports what f takes of the processor for each of b.N.
func timed(b *testing.B, f func()) {
	began := reference.CPU()
	f()
	b.ReportMetric(float64(reference.CPU()-began)/float64(b.N), "cpu-ns/op")
}

// requestsFor is b.N, rounded up to what 100 requesters can share: ns/op is the cost of one request.
func requestsFor(b *testing.B) int { return max(100, (b.N+99)/100*100) }

// BenchmarkRequest is the cost of one request in simulated time, for so many workers, beside the event loop
// and the bare goroutines.
func BenchmarkRequest(b *testing.B) {
	for _, workers := range []int{1, 10, 100, 1000, 10000} {
		size := "/workers=" + strconv.Itoa(workers)
		b.Run("event-loop"+size, func(b *testing.B) { eventLoop(b, workers) })
		b.Run("skeleton"+size, func(b *testing.B) {
			timed(b, func() {
				require.NoError(b, virtualtime.Run(func() { reference.Skeleton(workers, 100, requestsFor(b), 0.9) }))
			})
		})
		b.Run("waza"+size, func(b *testing.B) { simulate(b, defaults(workers, requestsFor(b))) })
		b.Run("waza-timeout"+size, func(b *testing.B) {
			c := defaults(workers, requestsFor(b))
			c.Timeout = 100 * time.Millisecond
			simulate(b, c)
		})
	}
}

func eventLoop(b *testing.B, workers int) {
	e := reference.NewEventLoop(workers, requestsFor(b), 0.9, 1)
	timed(b, e.Run)
	require.Equal(b, requestsFor(b), e.Issued)
}

// BenchmarkStrategy is the cost of one request under each strategy, with 10 workers at load 0.7: hashing is uneven, and
// none of its workers is to be overloaded by much.
func BenchmarkStrategy(b *testing.B) {
	b.Run("event-loop", func(b *testing.B) { eventLoop(b, 10) })
	for _, name := range strategy.Names() {
		b.Run(name, func(b *testing.B) {
			c := played("-strategy="+name, "-load=0.7", fmt.Sprintf("-requests=%d", requestsFor(b)))
			c.Parameters.Set["subset-size"] = 10
			simulate(b, c)
		})
	}
}

// BenchmarkFeature is the cost of one request with 10 workers when more is asked of them than in BenchmarkRequest.
func BenchmarkFeature(b *testing.B) {
	b.Run("event-loop", func(b *testing.B) { eventLoop(b, 10) })
	for _, feature := range []struct {
		name string
		set  func(*simulation.Config)
	}{
		{"none", func(*simulation.Config) {}},
		{"retries", func(c *simulation.Config) {
			c.Rate *= 0.7 / 0.9 // at 0.9 retries would overload it
			c.Timeout, c.Retries = 100*time.Millisecond, 2
			c.Backoff = requester.Backoff{Kind: requester.FullJitter, Base: 10 * time.Millisecond, Cap: time.Second}
			c.Faults = []worker.Fault{{Kind: "flaky", Workers: worker.Selection{Share: 1}, Set: option.Values{"p": 0.05}}}
		}},
		{"log", func(c *simulation.Config) { c.Log = true }},
		{"jitter", func(c *simulation.Config) { c.Jitter = 0.5 }},
		{"slots", func(c *simulation.Config) { c.Concurrency, c.Rate = 4, 4*c.Rate }},
	} {
		b.Run(feature.name, func(b *testing.B) {
			c := defaults(10, requestsFor(b))
			feature.set(&c)
			simulate(b, c)
		})
	}
}

// BenchmarkResilience is the cost of one request with 10 workers at load 0.7, where things go wrong, or something is done about them that
// would be worth it if they did. Ratios are to the one without any of it.
func BenchmarkResilience(b *testing.B) {
	const crash = "-fault=crash:worker=1,at=10s,for=10s"
	for _, row := range []struct {
		name  string
		flags []string
	}{
		{"none", nil},
		{"hedge", []string{"-hedge=p95"}},
		{"health", []string{"-health=interval=1s"}},
		{"outlier", []string{"-outlier=on"}},
		{"crash", []string{crash}},
		{"claim", []string{crash, "-claim=3s"}},
	} {
		b.Run(row.name, func(b *testing.B) {
			simulate(b, played(append(row.flags, "-load=0.7", fmt.Sprintf("-requests=%d", requestsFor(b)))...))
		})
	}
}

// BenchmarkClosedLoop is the cost of one request in simulated time by requesters that wait and do not think,
// beside the original in a bubble of its own.
func BenchmarkClosedLoop(b *testing.B) {
	work := requester.Exponential(10 * time.Millisecond)
	b.Run("pike", func(b *testing.B) {
		pike := func() {
			reference.Pike(10, 100, b.N, func(i int) func() time.Duration { return work.Sampler(rand.NewPCG(1, uint64(i))) })
		}
		timed(b, func() { require.NoError(b, virtualtime.Run(pike)) })
	})
	b.Run("waza", func(b *testing.B) {
		c := defaults(10, b.N)
		c.Arrivals, c.Rate, c.Think = simulation.Closed, 0, requester.Constant(0)
		simulate(b, c)
	})
}

// BenchmarkCores plays one run, then two at once on two cores; ns/op is the time per request of all runs together.
// Two event loops beside it show what the machine has to give. Run it with -cpu=2.
func BenchmarkCores(b *testing.B) {
	for _, runs := range []int{1, 2} {
		count := "/runs=" + strconv.Itoa(runs)
		b.Run("event-loop"+count, func(b *testing.B) {
			reference.InParallel(runs, func(i int) {
				reference.NewEventLoop(10, requestsFor(b)/runs, 0.9, uint64(i)).Run()
			})
		})
		b.Run("waza"+count, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(runs)) // as main does
			c := defaults(10, max(100, requestsFor(b)/runs))
			c.Strategies = []string{"least-loaded", "round-robin"}[:runs]
			simulate(b, c)
		})
	}
}

// BenchmarkMemory is the peak of the heap, in bytes, of a run with one more requester, worker or request; ns/op means nothing.
func BenchmarkMemory(b *testing.B) {
	small := []string{"-workers=10", "-requesters=100", "-requests=100000", "-rate=900"}
	for i, more := range []struct {
		per, flag string
		by        int
	}{
		{"worker", "-workers=10000", 9990},
		{"requester", "-requesters=10000", 9900},
		{"request", "-requests=1000000", 900_000},
	} {
		b.Run("per-"+more.per, func(b *testing.B) {
			large := slices.Clone(small)
			large[i] = more.flag
			b.ReportMetric((peak(b, played(large...))-peak(b, played(small...)))/float64(more.by), "B/"+more.per)
		})
	}
}

// peak is the most memory that the process had from the system for heap and stacks while the run was played.
func peak(b *testing.B, c simulation.Config) float64 {
	debug.FreeOSMemory()
	most := uint64(0)
	watch := func(string, int) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse+m.StackInuse)
	}
	_, err := simulation.Run(context.Background(), c, 1, simulation.Spectators{Progress: everyHundredth(watch)})
	require.NoError(b, err)
	return float64(most)
}

func everyHundredth(f func(string, int)) func(string, int) {
	calls := 0
	return func(name string, done int) {
		if calls++; calls%100 == 1 {
			f(name, done)
		}
	}
}

// BenchmarkReport is the time to fold one outcome, and to draw the three plots of all strategies.
func BenchmarkReport(b *testing.B) {
	results, err := simulation.Run(context.Background(), func() simulation.Config {
		c := defaults(10, 100_000)
		c.Strategies = strategy.Names()
		return c
	}(), 2, simulation.Spectators{})
	require.NoError(b, err)
	b.Run("plots", func(b *testing.B) {
		dir := b.TempDir()
		for b.Loop() {
			_, err := plots.Write(document.Document{Runs: results}, dir, "png", "benchmark", plots.Beside{})
			require.NoError(b, err)
		}
	})
	b.Run("fold", func(b *testing.B) {
		fold := report.NewFold(report.Options{Window: report.NewWindow(0, time.Hour)})
		blocks := make(chan []requester.Outcome)
		ended := make(chan struct{})
		go func() { fold.Run(blocks, nil); close(ended) }()
		for i := 0; i < b.N; i += 64 {
			block := make([]requester.Outcome, 64)
			for k := range block {
				at := time.Duration(i+k) * time.Millisecond
				block[k] = requester.Outcome{ID: i + k, Work: 5e6, Start: at, Offered: at, Dispatched: at, Began: at + 1, Finished: at + 9e6, Decided: at + 9e6}
			}
			blocks <- block
		}
		close(blocks)
		<-ended
	})
}

// BenchmarkRoundTrip is one round trip on the wall clock, from a requester that waits through the balancer to one of
// 10 workers whose work takes no time, and back; beside the original, and what channels cost without a balancer.
func BenchmarkRoundTrip(b *testing.B) {
	noWork := func(int) func() time.Duration { return func() time.Duration { return 0 } }
	b.Run("hand-off", func(b *testing.B) { timed(b, func() { reference.HandOffs(b.N) }) })
	for _, requesters := range []int{1, 10, 100, 1000} {
		size := "/requesters=" + strconv.Itoa(requesters)
		b.Run("pike"+size, func(b *testing.B) { timed(b, func() { reference.Pike(10, requesters, b.N, noWork) }) })
		b.Run("shared-channel"+size, func(b *testing.B) { timed(b, func() { reference.SharedChannel(10, requesters, b.N) }) })
		b.Run("waza"+size, func(b *testing.B) { timed(b, func() { reference.RoundTrips(10, requesters, b.N) }) })
		b.Run("waza-whole"+size, func(b *testing.B) {
			c := defaults(10, b.N)
			c.WallClock, c.Arrivals, c.Rate, c.Requesters = true, simulation.Closed, 0, requesters
			c.Think, c.Work = requester.Constant(0), requester.Constant(0)
			simulate(b, c)
		})
	}
}
