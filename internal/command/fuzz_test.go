package command

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// oneLine holds for every error that a user sees.
func oneLine(t *testing.T, err error) {
	t.Helper()
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "\n")
	assert.Contains(t, err.Error(), "want ")
}

// again holds for every kind: the canonical text means the same and is its own canonical text.
func again[T any](t *testing.T, k option.Kind[T], is T) {
	t.Helper()
	same, err := k.Parse(k.Show(is))
	require.NoError(t, err, k.Show(is))
	assert.Equal(t, k.Show(is), k.Show(same))
}

func FuzzDistribution(f *testing.F) {
	for _, s := range []string{"10ms", "constant:1s", "exponential:10ms", "uniform:0s,15ms", "lognormal:10ms,cv=2",
		"pareto:10ms,alpha=1.5,max=10s", "bimodal:9ms,110ms,p=0.01", "0", "exponential:,", "x=y", "uniform:2ms,1ms", "lognormal:1ns,cv=1e-300"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := distributions(1).Parse(s)
		if err != nil {
			oneLine(t, wrong("work", s, err.Error()))
			return
		}
		assert.True(t, 0 < d.Mean() && d.Mean() <= maxLength, d.Mean())
		again(t, distributions(1), d)
		for draw, i := d.Sampler(rand.NewPCG(1, 1)), 0; i < 20; i++ {
			v := draw()
			assert.True(t, 0 <= v && v <= requester.LongestDraw, v)
		}
	})
}

func FuzzArrivals(f *testing.F) {
	for _, s := range []string{"poisson", "trace", "ramp", "ramp:from=0", "spike:factor=2,at=10s,for=5s", "spike:factor=0,for=1ns", "diurnal:amplitude=1,period=1ms",
		"bursty:factor=3,on=1s,off=2s", "bursty:factor=1000,on=1ns,off=1us", "ramp:from=1e-300", "ramp:", "closed:", "bursty:on=1000h,off=1ns,factor=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := arrivalKinds().Parse(s)
		if err != nil {
			oneLine(t, wrong("arrivals", s, err.Error()))
			return
		}
		again(t, arrivalKinds(), a)
		if a.Shape.Kind == "" {
			return
		}
		curve, err := a.Shape.Over(time.Minute, rand.NewPCG(1, 1))
		if err != nil {
			oneLine(t, wrong("arrivals", s, err.Error()))
			return
		}
		assert.GreaterOrEqual(t, curve.Peak(), 1-1e-9, "the greatest rate is not below the mean")
		even := requester.PoissonArrivals{Left: 20, End: time.Minute, Rand: rand.New(rand.NewPCG(1, 1))}
		shaped, last := requester.ShapedArrivals{PoissonArrivals: even, Curve: curve}, time.Duration(0)
		for range 20 {
			at, ok := shaped.Next(0)
			assert.True(t, ok && last <= at && at <= time.Minute, at)
			last = at
		}
	})
}

func speeds() option.Kind[perWorker[float64]] {
	return perWorkers("speed", "8x1,2x0.25", option.Number(minSpeed, maxSpeed))
}

func FuzzSpeeds(f *testing.F) {
	for _, s := range []string{"1", "8x1,2x0.25", "1,2,3", "1x5", "0", "x", "1x", "99999x1,2x1", ",", "0x1", "-1x1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := speeds().Parse(s)
		if err != nil {
			oneLine(t, wrong("speeds", s, err.Error()))
			return
		}
		again(t, speeds(), l)
		total := 0
		for _, r := range l.stretches {
			assert.True(t, minSpeed <= r.is && r.is <= maxSpeed)
			total += r.count
		}
		assert.LessOrEqual(t, total, maxWorkers)
		if l.all {
			total = 7
		}
		speeds, err := l.of(total, "--workers=7")
		require.NoError(t, err)
		assert.Len(t, speeds, total)
	})
}

func FuzzMix(f *testing.F) {
	for _, s := range []string{"uniform:10", "zipf:1.1,1000", "zipf:0,5", "0.2,0.3,0.5", "1", "0.5,0.5,1e-10", "0,1", "cycle:5", "cycle:0", "1ms", "0s,1ms/1ms,0s", "0s,1ms/1ms",
		"1ms/1ms", "exponential:10ms/5ms", "/", ",", "uniform:", "zipf:NaN,3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if k, err := keyDistributions().Parse(s); err != nil {
			oneLine(t, wrong("keys", s, err.Error()))
		} else {
			again(t, keyDistributions(), k)
			assert.True(t, 1 <= k.n && k.n <= maxKeys && 0 <= k.s && k.s <= maxZipf)
		}
		if list, err := shareLists(maxPriorities, "1").Parse(s); err != nil {
			oneLine(t, wrong("priorities", s, err.Error()))
		} else {
			again(t, shareLists(maxPriorities, "1"), list)
			assert.True(t, 1 <= len(list) && len(list) <= maxPriorities)
		}
		if p, err := priorityLists().Parse(s); err != nil {
			oneLine(t, wrong("priorities", s, err.Error()))
		} else {
			again(t, priorityLists(), p)
			assert.True(t, 1 <= len(p.shares) && len(p.shares) <= maxPriorities)
		}
		if list, err := distributionLists(1).Parse(s); err != nil {
			oneLine(t, wrong("priority-work", s, err.Error()))
		} else {
			again(t, distributionLists(1), list)
		}
		if z, err := zoneDelays().Parse(s); err != nil {
			oneLine(t, wrong("zone-delay", s, err.Error()))
		} else {
			again(t, zoneDelays(), z)
			rows, err := z.of(max(1, len(z)))
			require.NoError(t, err)
			assert.Zero(t, rows[0][0])
		}
	})
}

func FuzzFault(f *testing.F) {
	for _, s := range []string{"slow:factor=3", "flaky:p=0.1,worker=2-3,at=1s,for=5s", "slow:factor=2,worker=10%,mtbf=1s,mttr=1s",
		"slow", "crash", "flaky:p=", "slow:factor=3,worker=--", "slow:factor=3,worker=%", "slow:3", "flaky:p=1,p=1", "slow:factor=1,worker=0.0001%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fault, err := parseFault(s)
		if err != nil {
			oneLine(t, wrong("fault", s, err.Error()))
			return
		}
		same, err := parseFault(fault.String())
		require.NoError(t, err)
		assert.Equal(t, fault.String(), same.String())
		w := fault.Workers
		assert.True(t, 0 < w.Share && w.Share <= 1 || w.Share == 0 && 0 <= w.First && w.First <= w.Last && w.Last < maxWorkers)
		for _, d := range []time.Duration{fault.At, fault.For, fault.MTBF, fault.MTTR} {
			assert.True(t, 0 <= d && d <= maxLength)
		}
		kind, found := worker.FindFault(fault.Kind)
		require.True(t, found)
		assert.Len(t, fault.Set, len(kind.Keys))
		assert.GreaterOrEqual(t, fault.Longest(1), 1.0)
	})
}

func FuzzBackoff(f *testing.F) {
	for _, s := range []string{"none", "constant:10ms", "exponential:1ms,1s", "full-jitter:10ms,1s", "equal-jitter:1s,1s", "decorrelated:1ms,2ms",
		"full-jitter", "full-jitter:1s", "full-jitter:1s,1ms", "none:1s", "constant:1s,1s", "", ":"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := backoffs().Parse(s)
		if err != nil {
			oneLine(t, wrong("backoff", s, err.Error()))
			return
		}
		again(t, backoffs(), b)
		assert.True(t, b == requester.Backoff{} || 0 < b.Base && b.Base <= b.Cap && b.Cap <= maxLength)
	})
}

func FuzzArgs(f *testing.F) {
	for _, s := range []string{"", "-workers=3", "--help", "-load -0.5", "--load=1e9", "-arrivals=closed -think=1ms", "-- x", "-h=1", "-quiet false",
		"-rate=1e9 -duration=1s", "-work=1ns -load=1", "-speeds=1x1 -workers=1", "-fault=slow:factor=3 -retries=3 -timeout=1s", "-clock=wall",
		"-zones=0.5,0.5 -zone-delay=1ms", "-priorities=0.5,0.5 -priority-work=1ms/2ms -discipline=priority", "-strategies", "-version", "-hx", "---", "-a-b", "--retries=1 --backoff=none", "-scenario=waza -load=1", "-fault=slow:factor=2 -scenario=rolling-restart", "-duration=1000h -load=2 -work=1s -workers=100"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		args := strings.Split(s, " ")
		for _, arg := range args {
			if strings.Contains(arg, "trace") {
				t.Skip("the fuzzer must not open files")
			}
		}
		c, err := Parse(args)
		var answer Answer
		if errors.As(err, &answer) {
			return
		}
		if err != nil {
			oneLine(t, err)
			return
		}
		run := c.Simulation
		assert.True(t, 1 <= run.Requests && run.Requests <= maxRequests)
		assert.True(t, 0 <= run.Rate && run.Rate <= maxRate)
		assert.True(t, run.Workers*run.Concurrency <= maxSlots)
		assert.Len(t, run.Speeds, run.Workers)
		assert.Len(t, run.Weights, run.Workers)
		assert.Equal(t, len(run.Mix.Zones), len(run.Parameters.Delays))
		if run.Rate > 0 {
			assert.LessOrEqual(t, float64(run.Requests)/run.Rate, maxLength.Seconds())
		}
		assert.NotContains(t, c.Title, "\n")
	})
}
