package experiment

import (
	"context"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/simulation"
	"waza/internal/statistics"
	"waza/internal/virtualtime"
	"waza/report"
)

// A fake plays pieces without running anything: the latency is the seed. It can be interrupted in a piece of that seed.
type fake struct {
	played chan Piece // nil: nobody wants to know
	cut    uint64
	end    context.CancelFunc
	fails  uint64
}

func (f fake) Play(_ context.Context, p Piece, _ func(int)) (report.Result, error) {
	if f.played != nil {
		f.played <- p
	}
	v := float64(p.Seed)
	r := report.Result{Strategy: p.Strategy, Replications: 1, LatencySeconds: report.Spread{Mean: &v}}
	if f.end != nil && p.Seed == f.cut {
		f.end()
		r.Interrupted = true
	}
	if f.fails == p.Seed {
		return r, errors.New(p.Strategy + " fails")
	}
	return r, nil
}

func (fake) End() {}

func plan(replications int) Plan {
	return Plan{Seed: 7, Replications: replications, Baseline: "b", Points: []Point{
		{Strategies: []string{"a", "b"}},
		{Settings: []Setting{{"load", "0.9"}}, Swept: []report.Swept{{Flag: "load", Value: 0.9}}, Strategies: []string{"b"}},
	}}
}

func seed(k uint64) uint64 { return statistics.Seed(7, k) }

func TestEveryCellHasTheSameSeedsInTheSameOrder(t *testing.T) {
	p := plan(3)
	for _, atOnce := range []int{1, 2, 5} {
		players := make([]Player, atOnce)
		for i := range players {
			players[i] = fake{fails: 1}
		}
		f, err := Run(context.Background(), p, Crew{Players: players})
		require.NoError(t, err)
		require.Len(t, f.Runs, 3)
		var seeds []uint64
		for _, r := range f.Each {
			seeds = append(seeds, r.Seed)
			assert.Equal(t, float64(r.Seed), *r.LatencySeconds.Mean)
		}
		assert.Equal(t, slices.Repeat([]uint64{7, seed(1), seed(2)}, 3), seeds)
	}
}

func TestOneSeedAfterTheOtherAtOnePointAfterTheOther(t *testing.T) {
	p, played := plan(2), make(chan Piece, 6)
	_, err := Run(context.Background(), p, Crew{Players: []Player{fake{played: played, fails: 1}}})
	require.NoError(t, err)
	close(played)
	var order []Piece
	for one := range played {
		order = append(order, one)
	}
	at := p.Points[1].Settings
	assert.Equal(t, []Piece{{nil, "a", 7}, {nil, "b", 7}, {nil, "a", seed(1)}, {nil, "b", seed(1)}, {at, "b", 7}, {at, "b", seed(1)}}, order)
}

func TestAnInterruptionLeavesWhatWasPlayedToItsEnd(t *testing.T) {
	p := plan(3)
	ctx, end := context.WithCancel(context.Background())
	f, err := Run(ctx, p, Crew{Players: []Player{fake{cut: seed(1), end: end, fails: 1}}})
	require.NoError(t, err)
	require.Len(t, f.Runs, 2)
	require.Len(t, f.Each, 2)
	assert.Equal(t, []Lack{{"a", nil, 1, 3}, {"b", nil, 1, 3}, {"b", p.Points[1].Swept, 0, 3}}, f.Lack)

	single := Plan{Seed: 7, Replications: 1, Points: []Point{{Strategies: []string{"a", "b"}}}}
	ctx, end = context.WithCancel(context.Background())
	f, err = Run(ctx, single, Crew{Players: []Player{fake{cut: 7, end: end, fails: 1}}})
	require.NoError(t, err)
	assert.True(t, f.Runs[0].Interrupted, "one run of each is shown as far as it went")
}

func TestTheFirstErrorIsThatOfTheFirstPiece(t *testing.T) {
	_, err := Run(context.Background(), plan(3), Crew{Players: []Player{fake{fails: seed(2)}, fake{fails: seed(2)}}})
	assert.EqualError(t, err, "a fails")
}

// A process that is gone has played nothing: what was played to its end stays, and nothing else is a run. No more is played: it would lack that.
func TestALostRunIsNoRun(t *testing.T) {
	p := plan(3)
	f, err := Run(context.Background(), p, Crew{Players: []Player{lost{seed(1)}}})
	require.EqualError(t, err, "a is gone")
	assert.Equal(t, []Lack{{"a", nil, 1, 3}, {"b", nil, 1, 3}, {"b", p.Points[1].Swept, 0, 3}}, f.Lack)
	require.Len(t, f.Each, 2)
	for _, r := range f.Runs {
		assert.Equal(t, 7., *r.LatencySeconds.Mean)
	}
}

// lost is gone when it is to play a piece of that seed.
type lost struct{ at uint64 }

func (l lost) Play(ctx context.Context, p Piece, progress func(int)) (report.Result, error) {
	if p.Seed == l.at {
		return report.Result{}, errors.New(p.Strategy + " is gone")
	}
	return fake{}.Play(ctx, p, progress)
}

func (lost) End() {}

func TestFindingsCompareWithTheBaseline(t *testing.T) {
	p := plan(3)
	f, err := Run(context.Background(), p, Crew{Players: []Player{fake{fails: 1}}})
	require.NoError(t, err)
	require.Len(t, f.Runs, 3)
	require.Len(t, f.Each, 9)
	assert.Empty(t, f.Lack)
	assert.Equal(t, "b", f.Runs[0].Difference.Baseline)
	assert.Equal(t, 0., *f.Runs[0].Difference.Mean.Seconds)
	assert.Nil(t, f.Runs[1].Difference, "it is the baseline")
	assert.Nil(t, f.Runs[2].Difference)
	assert.Nil(t, f.Runs[0].Swept)
	assert.Equal(t, &p.Points[1].Swept[0], f.Runs[2].Swept)
	assert.Equal(t, &p.Points[1].Swept[0], f.Each[8].Swept, "each run says where it was played")
}

// noisy plays runs whose p99 is that of its strategy, and as much more as the seed says, the same for all, and a little of its own.
type noisy struct{ p99, success map[string]float64 }

func (n noisy) Play(_ context.Context, p Piece, _ func(int)) (report.Result, error) {
	random := rand.New(rand.NewPCG(p.Seed, 0))
	common := random.NormFloat64()
	own := rand.New(rand.NewPCG(p.Seed, uint64(len(p.Strategy)))).NormFloat64()
	v := n.p99[p.Strategy] + common + 0.1*own
	r := report.Result{Strategy: p.Strategy, LatencySeconds: report.Spread{P99: &v, Mean: &v}}
	if share, known := n.success[p.Strategy]; known {
		r.SuccessShare = &share
	}
	return r, nil
}

func (noisy) End() {}

func racing(p99 map[string]float64, change func(*Plan)) (Findings, error) {
	return failing(p99, nil, change)
}

func failing(p99, success map[string]float64, change func(*Plan)) (Findings, error) {
	p := Plan{Seed: 1, Replications: 1, Most: 100, Baseline: "a"}
	p.Points = []Point{{Strategies: slices.Sorted(maps.Keys(p99))}}
	change(&p)
	return Run(context.Background(), p, Crew{Players: []Player{noisy{p99, success}, noisy{p99, success}}})
}

func p99() report.Figure {
	f, _ := report.FigureNamed("p99")
	return f
}

// equalRuns are runs of the same p99.
func equalRuns(n int) (runs []report.Result) {
	for range n {
		v := 5.
		runs = append(runs, report.Result{LatencySeconds: report.Spread{P99: &v}})
	}
	return runs
}

func TestUntilTheIntervalIsNarrow(t *testing.T) {
	f, err := racing(map[string]float64{"a": 10, "bb": 20}, func(p *Plan) { p.Until = &Until{p99(), 0.02} })
	require.NoError(t, err)
	until := f.Conclusions[0].Until
	assert.True(t, until.Reached)
	assert.Equal(t, "a", until.Strategy, "the same noise is a larger share of it")
	assert.LessOrEqual(t, *until.Widest, 0.02)
	// t·s/√n ≤ 0.2 with s of about 1: n of about 100.
	assert.Greater(t, until.Replications, 50)
	assert.Len(t, f.Each, 2*until.Replications, "both have the same seeds")

	f, err = racing(map[string]float64{"a": 10, "bb": 20}, func(p *Plan) { p.Until = &Until{p99(), 0.002} })
	require.NoError(t, err)
	assert.False(t, f.Conclusions[0].Until.Reached)
	assert.Equal(t, 100, f.Conclusions[0].Until.Replications)

	constant := Until{p99(), 0.02}.narrowed([]Cell{{Strategy: "a", Runs: equalRuns(10)}})
	assert.Equal(t, &report.Narrowed{Figure: "p99", Share: 0.02, Reached: true, Replications: 10}, constant, "ten equal values show no interval")

	success, _ := report.FigureNamed("success")
	_, err = racing(map[string]float64{"a": 10}, func(p *Plan) { p.Until = &Until{success, 0.002} })
	assert.EqualError(t, err, "--until=success:0.2% cannot be reached: not every run of a has a success")
}

// The fastest lets a tenth of its requests fail: a race on latency goes on without it, one on success is won by who fails least.
func TestWhoFailsMoreTakesNoPartInARaceOnALatency(t *testing.T) {
	shares := map[string]float64{"a": 1, "bb": 0.9, "ccc": 0.995}
	f, err := failing(map[string]float64{"a": 30, "bb": 10, "ccc": 20}, shares, func(p *Plan) { p.Select = &Select{p99(), 0.01} })
	require.NoError(t, err)
	s := f.Conclusions[0].Selection
	require.NotNil(t, s.Winner)
	assert.Equal(t, "ccc", *s.Winner, "it fails as rarely as a, within a percentage point")
	require.Len(t, s.LeftOut, 1)
	assert.Equal(t, "bb", s.LeftOut[0].Strategy)
	assert.InDelta(t, 0.9, s.LeftOut[0].SuccessShare, 1e-12)
	assert.Equal(t, 10, s.Replications["bb"])
	assert.Empty(t, s.Near)

	f, err = failing(map[string]float64{"a": 30, "bb": 10}, shares, func(p *Plan) { p.Select = &Select{p99(), 0.01} })
	require.NoError(t, err)
	s = f.Conclusions[0].Selection
	require.NotNil(t, s.Winner)
	assert.Equal(t, "a", *s.Winner, "nobody else fails as rarely")
	assert.Equal(t, 20, s.Runs)

	success, _ := report.FigureNamed("success")
	f, err = failing(map[string]float64{"a": 30, "bb": 10}, shares, func(p *Plan) { p.Select = &Select{success, 0.01} })
	require.NoError(t, err)
	assert.Equal(t, "a", *f.Conclusions[0].Selection.Winner)
	assert.Empty(t, f.Conclusions[0].Selection.LeftOut)
}

func TestARaceSpendsRunsOnThoseThatAreInIt(t *testing.T) {
	f, err := racing(map[string]float64{"a": 30, "bb": 10.3, "ccc": 10}, func(p *Plan) { p.Select = &Select{p99(), 0.01} })
	require.NoError(t, err)
	s := f.Conclusions[0].Selection
	require.NotNil(t, s.Winner)
	assert.Equal(t, "ccc", *s.Winner)
	assert.Equal(t, 10, s.Replications["a"], "it is out of the race after the first stage")
	assert.Equal(t, s.Replications["bb"], s.Replications["ccc"])
	assert.InDelta(t, 0.1, *s.Zone, 0.01)
	assert.Equal(t, len(f.Each), s.Runs)
	assert.Empty(t, s.Near)
	assert.Nil(t, s.Leading)
	assert.Nil(t, s.AtMost)
	assert.Nil(t, s.Estimated)
	assert.Equal(t, "ccc", f.Conclusions[0].Best[1].Best)
	assert.Equal(t, []string{"ccc"}, f.Conclusions[0].Best[1].Strategies)

	success, _ := report.FigureNamed("success")
	_, err = racing(map[string]float64{"a": 10, "bb": 11}, func(p *Plan) { p.Select = &Select{success, 0.01} })
	assert.EqualError(t, err, "--select=success:1% cannot be decided: not every run of a has a success")

	f, err = racing(map[string]float64{"a": 10, "bb": 10.001, "ccc": 10.002}, func(p *Plan) {
		p.Select, p.Most = &Select{p99(), 0.0001}, 20
	})
	require.NoError(t, err)
	s = f.Conclusions[0].Selection
	assert.Nil(t, s.Winner, "twenty replications do not tell them apart")
	assert.Greater(t, len(s.Racing), 1)
	require.NotNil(t, s.Leading)
	assert.Contains(t, s.Racing, *s.Leading)
	assert.NotContains(t, s.Near, *s.Leading)
	assert.NotEmpty(t, s.Near, "noise of 0.1 hides differences of 0.001")
	require.NotNil(t, s.Estimated)
	assert.Greater(t, *s.Estimated, 20)
	assert.LessOrEqual(t, *s.Estimated, *s.AtMost)
	assert.InDelta(t, 0.14, *s.Deviation, 0.1, "of two with a noise of 0.1 each")
	assert.Greater(t, *s.AtMost, 20, "twenty replications are too few for a zone of 0.001")
}

// TestTheProtocol lets Serve play what a Child asks for, in one process.
func TestTheProtocol(t *testing.T) {
	toServer, fromChild := io.Pipe()
	toChild, fromServer := io.Pipe()
	ended := make(chan error)
	configure := func([]Setting) (simulation.Config, error) {
		return simulation.Config{}, &virtualtime.Deadlock{Reason: "all wait", Stacks: "goroutine 1"}
	}
	go func() {
		ended <- Serve(toServer, fromServer, Local{Configure: configure}, func() { t.Error("it was not playing") })
	}()
	c := newChild(fromChild, toChild)
	_, err := c.Play(context.Background(), Piece{Strategy: "pull", Seed: 1}, nil)
	assert.EqualError(t, err, "pull: deadlock in simulated time: all wait")
	deadlock := (*virtualtime.Deadlock)(nil)
	require.ErrorAs(t, err, &deadlock)
	assert.Equal(t, "goroutine 1", deadlock.Stacks)
	require.NoError(t, fromChild.Close())
	require.NoError(t, <-ended)
	_, err = c.Play(context.Background(), Piece{Strategy: "pull", Seed: 1}, nil)
	assert.ErrorContains(t, err, "pull: the process that played it is gone")
}

func TestAPlanComparesSeveralStrategiesOnSeveralSeeds(t *testing.T) {
	at := func(strategies ...string) []Point { return []Point{{Strategies: strategies}} }
	for _, c := range []struct {
		p    Plan
		want bool
	}{
		{Plan{Points: at("a", "b"), Replications: 2}, true},
		{Plan{Points: at("a", "b"), Replications: 1}, false},
		{Plan{Points: at("a"), Replications: 2}, false},
		{Plan{Points: at("a", "b"), Replications: 1, Select: &Select{}}, true},
	} {
		assert.Equal(t, c.want, c.p.Compares())
	}
}

func TestHowManyRequestsThereAre(t *testing.T) {
	p := plan(3)
	assert.Equal(t, -1, p.Steps(), "time ends the runs")
	p.Points[0].Requests, p.Points[1].Requests = 100, 10
	assert.Equal(t, 3*(100+100+10), p.Steps())
	p.Points[1].FindWarmup = true
	assert.Equal(t, 3*(100+100+10)+10, p.Steps(), "with a pilot run")
	sum := 0
	for i := range 4 {
		p.Part = Part{Number: i + 1, Of: 4}
		p.Points[1].FindWarmup = false
		sum += p.Steps()
	}
	assert.Equal(t, 630, sum, "of all parts together")
	p.Until = &Until{p99(), 0.1}
	assert.Equal(t, -1, p.Steps())
}
