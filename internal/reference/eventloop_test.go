package reference

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"waza/internal/command"
	"waza/internal/simulation"
)

const seeds = 20

func mean(e *EventLoop) float64 { return e.Latencies.Mean() / 1e6 }
func p99(e *EventLoop) float64  { return float64(e.Latencies.ValueAtQuantile(99)) / 1e6 }

// measure plays the event loop with each seed and returns the mean of the figure over them, and its standard error.
func measure(t *testing.T, workers int, load float64, figure func(*EventLoop) float64) (float64, float64) {
	const requests = 400_000
	var got []float64
	for seed := range uint64(seeds) {
		e := NewEventLoop(workers, requests, load, seed)
		e.Run()
		require.Equal(t, requests, e.Issued)
		require.EqualValues(t, requests, e.Latencies.TotalCount())
		got = append(got, figure(e))
	}
	return meanOf(got)
}

func meanOf(figures []float64) (mean, standardError float64) {
	mean, deviation := stat.MeanStdDev(figures, nil)
	return mean, stat.StdErr(deviation, float64(len(figures)))
}

// TestTheEventLoopObeysTheory compares means over 20 seeds of 400,000 requests with theory, as the program's own test of
// theory does: the standard error has to be below 1 % and the mean within four of it. The histogram keeps three digits, so
// a thousandth is allowed on top.
func TestTheEventLoopObeysTheory(t *testing.T) {
	if testing.Short() {
		t.Skip("24 million requests")
	}
	for _, row := range []struct {
		says    string
		workers int
		figure  func(*EventLoop) float64
		theory  float64
	}{
		{"one worker is M/M/1, with the mean latency S/(1−ρ)", 1, mean, 50},
		{"and its p99 is that times ln 100", 1, p99, 50 * math.Log(100)},
		{"two workers are the shorter of two queues", 2, mean, shorterOfTwo(0.8)},
	} {
		got, standardError := measure(t, row.workers, 0.8, row.figure)
		t.Logf("%s: theory %.3f ms, measured %.3f, standard error %.3f", row.says, row.theory, got, standardError)
		assert.Less(t, standardError, 0.01*row.theory, row.says)
		assert.InDelta(t, row.theory, got, 4*standardError+0.001*row.theory, row.says)
	}
}

// TestTheEventLoopIsTheSameSystem compares with the program: ten workers at load 0.8, for which theory has no formula. Their
// draws differ, so the standard error of a difference is the root of the sum of both squares, and four are allowed.
func TestTheEventLoopIsTheSameSystem(t *testing.T) {
	if testing.Short() {
		t.Skip("16 million requests")
	}
	var means, p99s []float64
	c, err := command.Parse([]string{"-load=0.8", "-requests=20000", "-warmup=0%"})
	require.NoError(t, err)
	for seed := range uint64(seeds) {
		c.Simulation.Seed = seed
		results, err := simulation.Run(context.Background(), c.Simulation, 1, simulation.Spectators{})
		require.NoError(t, err)
		latency := results[0].LatencySeconds
		means, p99s = append(means, 1e3**latency.Mean), append(p99s, 1e3**latency.P99)
	}
	for _, row := range []struct {
		says   string
		ours   []float64
		figure func(*EventLoop) float64
	}{{"mean", means, mean}, {"p99", p99s, p99}} {
		ours, error1 := meanOf(row.ours)
		loops, error2 := measure(t, 10, 0.8, row.figure)
		standardError := math.Hypot(error1, error2)
		t.Logf("%s: the program %.3f ms, the event loop %.3f, standard error of the difference %.3f", row.says, ours, loops, standardError)
		assert.Less(t, standardError, 0.01*ours, row.says)
		assert.InDelta(t, ours, loops, 4*standardError+0.001*ours, row.says)
	}
}

// shorterOfTwo is the mean latency in milliseconds where each request joins the shorter of two queues. p[i][j] is how likely
// one worker holds i and the other j. Each round is a step of the chain: a request comes, or one of the workers ends what
// it has, if it has any, each as often as its rate says. After 20,000 of them nothing changes any more. A queue is beyond k
// about as often as load^2k, so at 60, where what comes is turned away, nothing is lost. By Little's law the mean number
// of requests gives the latency.
func shorterOfTwo(load float64) float64 {
	const most, service = 60, 10.0
	comes, ends := load/(load+1), 1/(2*load+2)
	var p [most + 1][most + 1]float64
	p[0][0] = 1
	for range 20_000 {
		var next [most + 1][most + 1]float64
		for i := range p {
			for j, share := range p[i] {
				switch { // equal queues are equally likely to get the request
				case i < j:
					next[min(most, i+1)][j] += comes * share
				case j < i:
					next[i][min(most, j+1)] += comes * share
				default:
					next[min(most, i+1)][j] += comes / 2 * share
					next[i][min(most, j+1)] += comes / 2 * share
				}
				next[max(0, i-1)][j] += ends * share
				next[i][max(0, j-1)] += ends * share
			}
		}
		p = next
	}
	number := 0.0
	for i := range p {
		for j, share := range p[i] {
			number += float64(i+j) * share
		}
	}
	return number * service / (2 * load)
}

func TestTheShorterOfTwo(t *testing.T) {
	// With hardly any load nobody waits; near saturation the two are nearly one worker of twice the speed, S/2(1−ρ).
	assert.InDelta(t, 10, shorterOfTwo(0.001), 0.01)
	assert.InDelta(t, 1, shorterOfTwo(0.9)/(10/(2*(1-0.9))), 0.1)
}

func TestCPU(t *testing.T) {
	before := CPU()
	for began := time.Now(); time.Since(began) < 20*time.Millisecond; {
	}
	assert.Greater(t, CPU(), before)
}
