package document

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/report"
)

func TestNotes(t *testing.T) {
	mean, busy, service, size := 0.05, 0.3, 0.0101, 5.154
	falling, processed := -0.25, 12.
	latency := report.Spread{Mean: &mean}
	for _, c := range []struct {
		says string
		run  report.Result
		want []string
	}{
		{"of an ordinary run there is nothing to say", report.Result{WindowSeconds: 100, LatencySeconds: latency}, nil},
		{"no window", report.Result{Unopened: true},
			[]string{"the measured window never opened: the figures are of the whole of what ran"}},
		{"overload", report.Result{Saturated: true, GrowthPerSecond: 12.345},
			[]string{"overload: the number in the system grows by 12.3 requests per second in the mean, from each fifth of the window to the next, so percentiles depend on the length of the run"}},
		{"slowdowns that no histogram holds", report.Result{BeyondSlowdowns: 2},
			[]string{"beyond the histogram: the slowdown of 2 requests is above 9·10^12, so a percentile of the slowdown that lies there does not exist; mean, sd and maximum are of all"}},
		{"a pool", report.Result{Pool: &report.PoolFigures{Least: 2, Started: 8, Left: 7, Peak: 10, Mean: &size}},
			[]string{"pool: 5.2 workers in the mean, 2 at least, 10 at most; 8 started, 7 left"}},
		{"a queue that is worked off",
			report.Result{
				Queue:  &report.QueueFigures{Mean: &size, Peak: 9, GrowthPerSecond: &falling},
				Broker: &report.BrokerFigures{QueueHealth: "healthy", Scale: "keep", ProcessingPerSecond: &processed, Checklist: []report.Check{{Check: "it falls", Figure: &falling, Is: "growth_per_second"}}},
			},
			[]string{
				"queue: healthy, 5.2 waiting in the mean, 9 at most; it fell by 0.25 a second at the end, where 12 a second were processed",
				"scale: keep the workers that there are", "check: it falls: unknown (0.25 fewer a second)",
			}},
		{"what waits at workers",
			report.Result{
				Queue:  &report.QueueFigures{Mean: &size, Peak: 9, GrowthPerSecond: &falling, AtWorkers: &report.Waited{Mean: &processed, Peak: 30, GrowthPerSecond: &falling}},
				Broker: &report.BrokerFigures{QueueHealth: "healthy", Scale: "keep", ProcessingPerSecond: &processed, Checklist: []report.Check{{Check: "even", Figure: &falling, Is: "deviation"}}},
			},
			[]string{
				"queue: healthy, 5.2 waiting in the mean, 9 at most, and at workers 12 in the mean, 30 at most; both fell by 0.5 a second at the end, where 12 a second were processed",
				"scale: keep the workers that there are", "check: even: unknown (−25 % from the fair share at most)",
			}},
		{"a window that is filling", report.Result{Short: true, Filling: true},
			[]string{"short: the number in the system grows from each fifth of the window to the next, but ever more slowly, so the figures are those of a system that is still filling, or that has a little too much to do"}},
		{"a window shorter than a request", report.Result{Short: true, WindowSeconds: 0.04, LatencySeconds: latency},
			[]string{"short: the window of 40.00 ms is less than the mean latency"}},
		{"a window of few requests", report.Result{Short: true, WindowSeconds: 0.4, LatencySeconds: latency},
			[]string{"short: the window of 400.0 ms is only 8.0 times the mean latency, so the figures may be those of a system that is still filling"}},
		{"windows of few requests, none of which succeeded with some seeds", report.Result{Short: true, WindowSeconds: 0.4},
			[]string{"short: with at least half of the seeds the window, in the mean 400.0 ms, is too short beside the mean latency, so the figures may be those of a system that is still filling"}},
		{"the wall clock, in overload with idle workers",
			report.Result{Wall: true, Saturated: true, GrowthPerSecond: 1, Utilization: &busy, ServiceSeconds: report.Spread{Mean: &service}, WorkSeconds: 0.01},
			[]string{
				"overload: the number in the system grows by 1 requests per second in the mean, from each fifth of the window to the next, so percentiles depend on the length of the run",
				"wall clock: the workers are idle most of the time, so it is this machine that cannot keep up",
				"wall clock: mean service 10.10 ms for 10.00 ms of work (at speed 1); sleeps overshoot, and no hand-off is immediate, so nearly every request waits a little",
			}},
	} {
		var got []string
		for _, n := range notes(&c.run) {
			got = append(got, shared([]note{n}))
		}
		assert.Equal(t, c.want, got, c.says)
	}
}

// What asks for workers is what comes and what it takes to serve it, also again; and it asks for workers like those that are there.
// Where the queue grows within noise at workers without time to spare, how far apart both are is told.
// A share that is far from fair by chance is told with how far that can be.
// Who takes work from others is told, of few workers, with what it has begun.
func TestWhatEachWorkerHasBegunIsNoted(t *testing.T) {
	ten, one := report.Count(10), report.Count(1)
	r := report.Result{Workers: []report.WorkerRow{{Requests: 40, Lately: &ten}, {Requests: 4, Lately: &one}}}
	assert.Nil(t, perWorker(&report.Result{Workers: []report.WorkerRow{{Requests: 40}, {Requests: 4}}}), "workers of which nothing is shared")
	want := []note{plain("begun by each worker in the window: 40, 4; in its last 10 s: 10, 1")}
	for _, of := range []report.Result{{}, {Claims: 1}, {Broker: &report.BrokerFigures{}}, {Pool: &report.PoolFigures{}}} {
		of.Workers = r.Workers
		assert.Equal(t, want, perWorker(&of))
		of.Swept = &report.Swept{}
		assert.Nil(t, perWorker(&of), "at each value of a sweep there is another row of them")
	}
	forty, four := report.Count(40), report.Count(4)
	r.Claims, r.Workers[0].Lately, r.Workers[1].Lately = 1, &forty, &four
	assert.Equal(t, []note{plain("begun by each worker in the window: 40, 4")}, perWorker(&r), "of a window of ten seconds or less")
}

// Runs of which the same is to be said share a line, from the least value to the largest.
func TestNotesAreShared(t *testing.T) {
	grows := func(strategy string, by float64) report.Result {
		return report.Result{Strategy: strategy, Saturated: true, GrowthPerSecond: by}
	}
	runs := []report.Result{grows("a", 3), grows("b", 1), {Strategy: "c"}, {Strategy: "d"}, grows("e", 2)}
	for _, c := range []struct {
		says string
		runs []report.Result
		want string
	}{
		{"all", runs[:2], "overload: the number in the system grows by 1 to 3 requests per second in the mean, from each fifth of the window to the next, so percentiles depend on the length of the run\n"},
		{"one", runs[1:3], "b: overload: the number in the system grows by 1 requests per second in the mean, from each fifth of the window to the next, so percentiles depend on the length of the run\n"},
		{"half of them", runs[:4], "a, b: overload: the number in the system grows by 1 to 3 requests per second in the mean, from each fifth of the window to the next, so percentiles depend on the length of the run\n"},
		{"most", append(slices.Clone(runs[:3]), runs[4]), "all but c: overload: the number in the system grows by 1 to 3 requests per second in the mean, from each fifth of the window to the next, so percentiles depend on the length of the run\n"},
	} {
		p := page{width: 500}
		p.noted(c.runs, notes)
		assert.Equal(t, c.want, p.String(), c.says)
	}
}

// What balancers thought of the workers is told where it is not nothing.
func TestUnfitWorkersAreTold(t *testing.T) {
	p := page{width: 500}
	p.noted([]report.Result{
		{Strategy: "a", Suspicions: 1, Downs: 3, Ejections: 2, Trips: 1, Panics: 1, PanicSeconds: 0.5},
		{Strategy: "b", Suspicions: 2, Panics: 2, PanicSeconds: 0.75},
	}, unfitness)
	assert.Equal(t, "heartbeats: 1 suspicion to 2 suspicions of a worker that gave no sign of life\n"+
		"a: health checks: workers were found down 3 times\n"+
		"a: outlier detection: 2 ejections\n"+
		"a: circuit breakers: 1 opening\n"+
		"panic: 1 time to 2 times, for 500.0 to 750.0 ms in all, when so few workers were fit that requests went to the unfit, too\n", p.String())
	assert.Empty(t, unfitness(&report.Result{}))
	p = page{width: 500}
	p.noted([]report.Result{{
		Suspicions: 3, Downs: 1, Ejections: 2, Trips: 1, Panics: 1, PanicSeconds: 0.5,
		OfProxies: report.Unfitness{Suspicions: 1, Downs: 1, Ejections: 2, Trips: 1, Panics: 1, PanicSeconds: 0.5},
	}}, unfitness)
	assert.Equal(t, "heartbeats: 1 suspicion of a proxy that gave no sign of life\n"+
		"health checks: proxies were found down 1 time\n"+
		"outlier detection of proxies: 2 ejections\n"+
		"circuit breakers of proxies: 1 opening\n"+
		"panic: 1 time, for 500.0 ms in all, when so few proxies were fit that requests went to the unfit, too\n"+
		"heartbeats: 2 suspicions of a worker that gave no sign of life\n", p.String())
}

func TestSaturatedWorkersAreNamed(t *testing.T) {
	worker := func(id int, busy float64, full bool) report.WorkerRow {
		return report.WorkerRow{ID: id, Utilization: &busy, QueueFull: full}
	}
	var mixed, hundred, all []report.WorkerRow
	for id := range 10 {
		mixed = append(mixed, worker(id, map[bool]float64{false: 0.7, true: 1}[id >= 8], id >= 8))
		all = append(all, worker(id, 1, false))
	}
	for id := range 100 {
		hundred = append(hundred, worker(id, float64(id%2), false))
	}
	for _, c := range []struct {
		says    string
		workers []report.WorkerRow
		want    string
	}{
		{"two", mixed, "workers 8 and 9: always busy, queue full"},
		{"with a row of them", append(all[:4:4], mixed[4:]...), "workers 8 and 9: always busy, queue full; workers 0 to 3: always busy"},
		{"all", all, "all 10 workers: always busy"},
		{"every other", hundred, "50 of 100 workers, among them 1, 3, 5, 7, 9 and 11: always busy"},
		{"one of two", []report.WorkerRow{worker(0, 0.99, true), worker(1, 0.9995, true)}, "worker 1: always busy, queue full"},
		{"a worker that was not there", []report.WorkerRow{{ID: 0}}, ""},
	} {
		assert.Equal(t, c.want, saturation(&report.Result{Workers: c.workers, MeasuredRequests: 100}), c.says)
	}
	assert.Empty(t, saturation(&report.Result{Workers: all, MeasuredRequests: 3}), "three requests are chance")
}

// A run that grew tells of what began in its course, or is uneven: that may be why.
func TestWhatMayLetTheNumberGrowIsNamed(t *testing.T) {
	faults := []report.FaultRow{{Name: "flaky:p=0.1"}, {Name: "stall:at=5s", StartSeconds: 5}, {Name: "stall:at=5s", StartSeconds: 5, Worker: 1}}
	spike := Settings{{Name: "arrivals", Value: "spike:factor=2,at=1s,for=1s"}}
	for _, c := range []struct {
		r      report.Result
		config Settings
		names  string
	}{
		{report.Result{Faults: faults}, spike, ""},
		{report.Result{Saturated: true, Faults: faults[:1]}, Settings{{Name: "arrivals", Value: "poisson"}}, ""},
		{report.Result{Saturated: true}, Settings{{Name: "arrivals", Value: "gaps:exponential"}}, ""},
		{report.Result{Saturated: true, Faults: faults}, nil, "--fault=stall:at=5s, and begin or end with it"},
		{report.Result{Saturated: true}, Settings{{Name: "resize", Value: "3@12s", Several: []string{"3@12s"}}}, "--resize=3@12s, and begin or end with it"},
		{report.Result{Filling: true, Faults: faults}, spike, "--fault=stall:at=5s and --arrivals=spike:factor=2,at=1s,for=1s, and begin or end with it"},
	} {
		said := Document{Config: c.config}.occasions(&c.r)
		if c.names == "" {
			assert.Empty(t, said)
			continue
		}
		require.Len(t, said, 1)
		assert.Contains(t, said[0].says, "the doing of "+c.names)
	}
}

// Workers are added where p95 is long, and what it consists of is said: where hardly anything waits for a worker, more of them do not help.
