package experiment

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/report"
)

// A pilot finds for each strategy a transient of that length, where nothing says yet how long the warm-up is.
type pilot struct {
	fake
	ends map[string]time.Duration
}

func (l pilot) Play(ctx context.Context, p Piece, _ func(int)) (report.Result, error) {
	r, err := l.fake.Play(ctx, p, nil)
	if d, found := l.ends[p.Strategy]; found {
		r.Transient = &report.Transient{Ends: d, Found: true}
	} else {
		r.Transient = &report.Transient{}
	}
	return r, err
}

// pieces are what is played of a plan, in order.
func (l pilot) pieces(t *testing.T, p Plan) ([]Piece, Findings) {
	t.Helper()
	l.played, l.fails = make(chan Piece, 20), 1
	f, err := Run(context.Background(), p, Crew{Players: []Player{l}})
	require.NoError(t, err)
	close(l.played)
	var order []Piece
	for one := range l.played {
		order = append(order, one)
	}
	return order, f
}

// All strategies of a point have a pilot run of the first seed, whose longest transient is the warm-up of all its runs; a point whose warm-up is
// known has none.
func TestPilotRunsFindTheWarmup(t *testing.T) {
	load := Setting{"load", "0.9"}
	p := Plan{Seed: 7, Replications: 2, Points: []Point{
		{Settings: []Setting{{"warmup", "mser"}, load}, Strategies: []string{"a", "b"}, FindWarmup: true},
		{Settings: []Setting{load}, Strategies: []string{"a"}},
		{Strategies: []string{"c"}, FindWarmup: true},
	}}
	assert.Equal(t, 3, p.Pilots())
	order, f := pilot{ends: map[string]time.Duration{"a": 1500 * time.Millisecond, "b": 90*time.Second + 1}}.pieces(t, p)
	before, after := p.Points[0].Settings, []Setting{load, {"warmup", "1m30.000000001s"}}
	none := []Setting{{"warmup", "0s"}}
	assert.Equal(t, []Piece{
		{before, "a", 7}, {before, "b", 7}, {nil, "c", 7},
		{after, "a", 7}, {after, "b", 7}, {after, "a", seed(1)}, {after, "b", seed(1)},
		{[]Setting{load}, "a", 7}, {[]Setting{load}, "a", seed(1)},
		{none, "c", 7}, {none, "c", seed(1)},
	}, order)
	cut := &report.Cut{Transient: report.Transient{Ends: 90*time.Second + 1, Found: true}, Strategy: "b", Of: 2}
	assert.Equal(t, []*report.Cut{cut, cut, nil, {Of: 1}}, []*report.Cut{f.Runs[0].Cut, f.Runs[1].Cut, f.Runs[2].Cut, f.Runs[3].Cut})
	assert.Equal(t, []Setting{{"warmup", "mser"}, load}, p.Points[0].Settings, "who has made the plan still has it")
}

func TestAnInterruptionWhileTheWarmupIsSought(t *testing.T) {
	p := Plan{Seed: 7, Replications: 1, Points: []Point{{Strategies: []string{"a", "b"}, FindWarmup: true}}}
	ctx, end := context.WithCancel(context.Background())
	f, err := Run(ctx, p, Crew{Players: []Player{pilot{fake: fake{cut: 7, end: end, fails: 1}}}})
	require.NoError(t, err)
	assert.Empty(t, f.Runs)
	assert.Equal(t, []Lack{{"a", nil, 0, 1}, {"b", nil, 0, 1}}, f.Lack)
}

func TestAPilotRunThatFailsIsAnError(t *testing.T) {
	p := Plan{Seed: 7, Replications: 1, Points: []Point{{Strategies: []string{"a"}, FindWarmup: true}}}
	_, err := Run(context.Background(), p, Crew{Players: []Player{pilot{fake: fake{fails: 7}}}})
	assert.EqualError(t, err, "a fails")
}

// The steps of pilot runs are none of the runs after them.
func TestProgressTellsPilotRunsApart(t *testing.T) {
	told := map[int]bool{}
	p := Plan{Seed: 7, Replications: 2, Points: []Point{{Strategies: []string{"a", "b"}, FindWarmup: true}}}
	_, err := Run(context.Background(), p, Crew{Players: []Player{telling{}}, Progress: func(piece, _ int) { told[piece] = true }})
	require.NoError(t, err)
	assert.Len(t, told, p.Pilots()+p.AtOnce())
}

// telling tells how far it is, and finds nothing.
type telling struct{ pilot }

func (l telling) Play(_ context.Context, p Piece, progress func(int)) (report.Result, error) {
	progress(1)
	return report.Result{Strategy: p.Strategy, Transient: &report.Transient{}}, nil
}
