package experiment

import (
	"context"
	"errors"
	"io"
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
		cells, err := Run(context.Background(), p, Crew{Players: players})
		require.NoError(t, err)
		require.Len(t, cells, 3)
		for _, c := range cells {
			var seeds []uint64
			for _, r := range c.Runs {
				seeds = append(seeds, r.Seed)
				assert.Equal(t, float64(r.Seed), *r.LatencySeconds.Mean)
			}
			assert.Equal(t, []uint64{7, seed(1), seed(2)}, seeds)
		}
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
	cells, err := Run(ctx, p, Crew{Players: []Player{fake{cut: seed(1), end: end, fails: 1}}})
	require.NoError(t, err)
	assert.Equal(t, []int{1, 1, 0}, []int{len(cells[0].Runs), len(cells[1].Runs), len(cells[2].Runs)})
	f := p.Findings(cells)
	require.Len(t, f.Runs, 2)
	assert.Equal(t, []Lack{{"a", nil, 1, 3}, {"b", nil, 1, 3}, {"b", p.Points[1].Swept, 0, 3}}, f.Lack)

	single := Plan{Seed: 7, Replications: 1, Points: []Point{{Strategies: []string{"a", "b"}}}}
	ctx, end = context.WithCancel(context.Background())
	cells, err = Run(ctx, single, Crew{Players: []Player{fake{cut: 7, end: end, fails: 1}}})
	require.NoError(t, err)
	assert.True(t, cells[0].Runs[0].Interrupted, "one run of each is shown as far as it went")
}

func TestTheFirstErrorIsThatOfTheFirstPiece(t *testing.T) {
	_, err := Run(context.Background(), plan(3), Crew{Players: []Player{fake{fails: seed(2)}, fake{fails: seed(2)}}})
	assert.EqualError(t, err, "a fails")
}

func TestFindingsCompareWithTheBaseline(t *testing.T) {
	p := plan(3)
	cells, err := Run(context.Background(), p, Crew{Players: []Player{fake{fails: 1}}})
	require.NoError(t, err)
	f := p.Findings(cells)
	require.Len(t, f.Runs, 3)
	require.Len(t, f.Each, 9)
	assert.Empty(t, f.Lack)
	assert.Equal(t, "b", f.Runs[0].Difference.Baseline)
	assert.Equal(t, 0., *f.Runs[0].Difference.Mean.Seconds)
	assert.Nil(t, f.Runs[1].Difference, "it is the baseline")
	assert.Nil(t, f.Runs[2].Difference)
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
