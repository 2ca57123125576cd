package plots

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

// latencies is a run with these latencies in nanoseconds, of so many measured requests.
func latencies(name string, measured int, values ...int64) report.Result {
	share := float64(len(values)) / float64(measured)
	r := report.Result{Strategy: name, MeasuredRequests: report.Count(measured), SuccessShare: &share, Latency: report.NewDistribution(1e9)}
	for _, v := range values {
		r.Latency.Add(v)
	}
	return r
}

func repeated(value int64, times int) []int64 { return slices.Repeat([]int64{value}, times) }

func TestTheCDFOfFiveLatenciesHasFiveSteps(t *testing.T) {
	r := latencies("random", 5, 3, 1, 5, 2, 8)
	var want []point
	before := 0.0
	for i, v := range []float64{1, 2, 3, 5, 8} {
		y := 20 * float64(i+1)
		want = append(want, point{v / 1e9, before}, point{v / 1e9, y})
		before = y
	}
	assert.Equal(t, want, latencyCDF(r))
	assert.Empty(t, latencyCurve(r), "the table has no percentile of five")
	assert.True(t, math.IsNaN(halfWithin(r)), "nor a median")
}

// A CDF is of all measured requests: it levels off at the share of those that succeeded, and the axis goes on so that this is seen.
func TestTheCDFLevelsOffAtTheSuccessShare(t *testing.T) {
	exponential := plotted(1, 1, 20_000).Runs[0].Latency
	for _, share := range []float64{1, 0.9999, 0.5, 0.245, 0.001} {
		measured := int(20_000 / share)
		r := report.Result{Strategy: "random", MeasuredRequests: report.Count(measured), SuccessShare: &share, Latency: exponential}
		f := distribution(runs{r})
		c := f.facets[0].panels[0].curves[0]
		last, x := c.points[len(c.points)-1], f.facets[0].panels[0].X.Max
		assert.InDelta(t, 100*share, last.y, 0.01)
		assert.Equal(t, share < 1, last.x == x, "%v: a curve that does not reach the whole goes on to the end of the axis", share)
		if share < 0.5 {
			assert.True(t, math.IsNaN(halfWithin(r)), "fewer than half succeeded")
		} else {
			assert.InEpsilon(t, *exponential.Percentile(0.5 / share), halfWithin(r), 0.001)
		}
		assert.Equal(t, []string{"success"}, f.facets[0].legend.columns[1:])
		assert.Equal(t, inShare(share), f.facets[0].legend.entries[0].cells[1])
	}
}

// The CDF of many values is close to what they are, wherever it is looked at, and has no more points than can be told apart.
func TestTheCDFIsExact(t *testing.T) {
	r := plotted(1, 1, 20_000).Runs[0]
	ps := latencyCDF(r)
	assert.Less(t, len(ps), 2000)
	for share := 0.001; share < 1; share += 0.001 {
		latency := *r.Latency.Percentile(share)
		reached := 0.0
		for _, p := range ps {
			if p.x <= latency*leastGrow {
				reached = p.y
			}
		}
		assert.InDelta(t, 100*share, reached, 4*leastRise, "at %v", latency)
	}
}

// Two in a hundred take 110 ms: the curve jumps at p98, and p98 itself is below.
func TestTheLatencyCurveJumpsWhereLatencyDoes(t *testing.T) {
	ps := latencyCurve(latencies("bimodal", 1000, append(repeated(9e6, 980), repeated(110e6, 20)...)...))
	i := slices.Index(ps, point{50, 0.11})
	assert.InEpsilonSlice(t, []float64{50, 0.009}, []float64{ps[i-1].x, ps[i-1].y}, 0.001)
	assert.InEpsilon(t, 0.009, at(50, ps), 0.001, "the percentile is the lower end")
	assert.Equal(t, point{100, 0.11}, ps[len(ps)-1])
}

// Wherever a curve of many values rises, the next point is not much higher, or above.
func TestTheLatencyCurveHasPointsWhereItIsSteep(t *testing.T) {
	var values []int64
	for i := range 10_000 {
		v := int64(1e6)
		if i > 9700 {
			v += int64(i-9700) * 1e6
		}
		values = append(values, v)
	}
	ps := latencyCurve(latencies("steep", len(values), values...))
	for i := range ps[1:] {
		assert.True(t, ps[i].x == ps[i+1].x || ps[i+1].y <= ps[i].y*jump*jump, "from %v to %v", ps[i], ps[i+1])
	}
}

func TestHeadlines(t *testing.T) {
	run := func(name string, success float64) report.Result {
		return report.Result{Strategy: name, SuccessShare: &success}
	}
	tests := []struct {
		why     string
		success []float64
		figures []float64 // NaN: none
		want    string
	}{
		{"the lowest", []float64{1, 1, 1}, []float64{3, 1, 2}, "b has the lowest p99: 1 s"},
		{"alone", []float64{1}, []float64{3}, "a has a p99 of 3 s"},
		{"alone and failing", []float64{0.5}, []float64{3}, "a has a p99 of 3 s; 50 % succeed"},
		{"a hundredth is level", []float64{1, 1, 1}, []float64{3, 1, 1.005}, "b and c are level at the lowest p99: 1 s"},
		{"many that are level", []float64{1, 1, 1, 1}, []float64{1, 1, 1, 1}, "4 strategies are level at the lowest p99: 1 s"},
		{"who fails more is not named", []float64{1, 0.437, 0.995}, []float64{2, 1, 3}, "Of those that fail least, a has the lowest p99: 2 s"},
		{"one fails least", []float64{0.245, 0.786}, []float64{1, 2}, "b fails least: 78.6 % succeed, with a p99 of 2 s"},
		{"and has no figure", []float64{0.245, 0.786}, []float64{1, math.NaN()}, "b fails least: 78.6 % succeed"},
		{"all fail alike", []float64{0.6, 0.605}, []float64{1, 2}, "a has the lowest p99: 1 s; 60 % succeed"},
		{"level and failing", []float64{0.6, 0.605}, []float64{1, 1}, "a and b are level at the lowest p99: 1 s; 60 to 60.5 % succeed"},
		{"nobody has it", []float64{1, 1}, []float64{math.NaN(), math.NaN()}, ""},
		{"nothing succeeded", []float64{0, 0}, []float64{math.NaN(), math.NaN()}, ""},
	}
	for _, tt := range tests {
		var rs runs
		of := map[string]float64{}
		for i, share := range tt.success {
			name := string(rune('a' + i))
			rs, of[name] = append(rs, run(name, share)), tt.figures[i]
		}
		assert.Equal(t, tt.want, rs.lowest("p99", inTime, func(r report.Result) float64 { return of[r.Strategy] }), tt.why)
	}
}

func TestTheWorkersHeadlineNamesWhoIsSaturated(t *testing.T) {
	run := func(name string, busy ...float64) report.Result {
		r := report.Result{Strategy: name, MeasuredRequests: 100}
		for id := range busy {
			share := 1 / float64(len(busy))
			r.Workers = append(r.Workers, report.WorkerRow{ID: id, Speed: 1, Utilization: &busy[id], Share: &share})
		}
		return r
	}
	tests := []struct {
		rs   runs
		want string
	}{
		{runs{run("random", 0.9, 0.9, 1), run("pull", 0.9, 0.9, 0.9)}, "random keeps worker 2 always busy"},
		{runs{run("random", 1, 0.9, 1)}, "random keeps 2 of 3 workers always busy"},
		{runs{run("random", 1, 0.9), run("first", 1, 0)}, "random and first keep some of the workers always busy"},
		{runs{run("random", 1, 1), run("first", 1, 1)}, "All workers are always busy"},
		{runs{run("random", 0.8, 0.8)}, "Under random each worker is within 0 % of its fair share"},
		{runs{run("random", 0.8, 0.8), run("pull", 0.8, 0.8)}, "random and pull come closest to fair shares: each worker is within 0 %"},
	}
	for _, tt := range tests {
		for i := range tt.rs {
			all := 1.0
			tt.rs[i].SuccessShare = &all
		}
		assert.Equal(t, tt.want, tt.rs.busiestHeadline(), tt.want)
	}
	few := run("random", 1, 0.1)
	*few.Workers[0].Share, *few.Workers[1].Share, few.MeasuredRequests = 1, 0, 3
	assert.Empty(t, runs{few}.busiestHeadline(), "with few requests it is chance, and one worker that has all is far from a fair share")
	assert.Empty(t, runs{run("random", 0.5)}.busiestHeadline(), "one worker has nothing to share")
}
