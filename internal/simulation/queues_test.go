package simulation

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/balancer"
	"waza/report"
	"waza/requester"
)

// drawQueues draws several queues in the place of the backlog, small enough that they overflow.
func drawQueues(t *rapid.T, c *Config) {
	if rapid.IntRange(0, 4).Draw(t, "has queues") > 0 {
		return
	}
	c.Queues = balancer.Queues{Number: rapid.IntRange(1, 4).Draw(t, "number of queues"), Room: rapid.IntRange(1, 3).Draw(t, "room of each")}
	c.Backlog, c.Reject = c.Queues.Number*c.Queues.Room, true
	c.Discipline, c.Ageing, c.CoDel = "", 0, balancer.CoDel{}
}

// inQueues lets requests of five priorities wait in so many queues.
func inQueues(c *Config, number, room int) {
	c.Strategies = []string{"pull"}
	c.Queues = balancer.Queues{Number: number, Room: room}
	c.Backlog, c.Reject = number*room, true
	c.Mix.Priorities, c.Mix.Cycle = slices.Repeat([]float64{0.2}, 5), true
}

// queued are requests that wait in several queues.
var queued = []condition{
	{"a pool that takes from three queues, with timeouts and retries", func(c *Config) {
		inQueues(c, 3, 2)
		c.Rate, c.Timeout, c.Retries = 1.3*c.Rate, 40*time.Millisecond, 2
		c.Backoff = requester.Backoff{Kind: requester.FullJitter, Base: time.Millisecond, Cap: 20 * time.Millisecond}
		c.Pool = balancer.Pool{Start: c.Workers / 5, Least: c.Workers / 5, Interval: 20 * time.Millisecond, Idle: 15 * time.Millisecond}
	}},
}

// One worker serves 100 ms each. Request 0 is served at once. Of two queues with one place, 1 (at 10 ms) gets the first, and 2 (at 20 ms), which
// belongs there, too, the second, so that 3 (at 30 ms), which belongs into the second, finds both full. Of 1 and 2 one is served from 100 ms on
// and the other from 200 ms, whichever is drawn: together they wait for 270 ms.
func TestAnOverflowOfQueues(t *testing.T) {
	const ms = time.Millisecond
	firsts := map[int]int{}
	for seed := range uint64(20) {
		c := base(1, 4, 1)
		c.Seed, c.Warmup, c.Arrivals, c.Work, c.Rate = seed, 0, Trace, nil, 4/0.4
		inQueues(&c, 2, 1)
		c.Mix = Mix{Priorities: []float64{0.75, 0.25}}
		c.Trace = &requester.Trace{
			Arrivals: []time.Duration{0, 10 * ms, 20 * ms, 30 * ms}, Work: slices.Repeat([]time.Duration{100 * ms}, 4), Priorities: []uint8{0, 0, 0, 1},
		}
		c.Log = true
		r := mustRun(t, c)[0]
		log := slices.SortedFunc(r.Log.All(), func(a, b report.Entry) int { return a.ID - b.ID })
		assert.Equal(t, requester.Rejected, log[3].Verdict)
		assert.InDelta(t, 0, (log[0].Began - log[0].Start).Seconds(), 1e-5)
		assert.InDelta(t, 0.270, (log[1].Began - log[1].Start + log[2].Began - log[2].Start).Seconds(), 1e-5)
		first := min(log[1].Began, log[2].Began)
		assert.InDelta(t, 0.100, first.Seconds(), 1e-5)
		firsts[map[bool]int{true: 1, false: 2}[log[1].Began == first]]++
	}
	assert.Len(t, firsts, 2, "sometimes the one, sometimes the other")
}

// adaptive is the example that the authors of the adaptive pool print: 50 tasks of priorities 0 to 4, one every 10 to 60 ms.
func adaptive(seed uint64, tasks int) Config {
	const ms = time.Millisecond
	c := base(10, tasks, 1)
	inQueues(&c, 3, 10)
	c.Seed, c.Requesters, c.Warmup, c.Log = seed, 1, 0, true
	c.Arrivals, c.Gap, c.Rate = Gaps, requester.Uniform(10*ms, 60*ms), 1/0.035
	c.Work = requester.Uniform(50*ms, 250*ms)
	c.Pool = balancer.Pool{Start: 2, Least: 2, Interval: 500 * ms, Idle: 5 * time.Second}
	return c
}

// The log of such a run is what the rules say, read by somebody who does what they say with three lists: a task goes into the list of its
// priority modulo 3, or the next that is shorter than ten, or is rejected; what is served next is the oldest of a list; and a task waits only
// while all workers that are there are busy, of which the looks at every half second start as many as tasks wait, up to ten.
// Twice as dense as printed, some are rejected.
func TestTheAdaptivePoolDoesWhatItsRulesSay(t *testing.T) {
	rejected := report.Count(0)
	for seed := range uint64(10) {
		c := adaptive(seed, 50)
		if seed >= 5 {
			c.Gap, c.Rate = c.Gap.Times(0.25), 4*c.Rate
		}
		r := mustRun(t, c)[0]
		rejected += r.Requests.Rejected
		requireRules(t, c, slices.Collect(r.Log.All()))
	}
	assert.Positive(t, rejected)
}

// A step is a task that comes, is sent to a worker, or ends, or a look.
type step struct {
	at   time.Duration
	what string
	task int
}

func requireRules(t *testing.T, c Config, log []report.Entry) {
	const near = time.Microsecond
	var steps []step
	for _, e := range log {
		steps = append(steps, step{e.Start, "comes", e.ID})
		if e.Verdict == requester.Succeeded {
			steps = append(steps, step{e.Dispatched, "goes", e.ID}, step{e.Finished, "ends", e.ID})
		}
	}
	last := slices.MaxFunc(steps, func(a, b step) int { return int(a.at - b.at) }).at
	for at := c.Pool.Interval; at <= last; at += c.Pool.Interval {
		steps = append(steps, step{at - near, "look", -1}) // the balancer's own instant is next to it, and who starts is sent something then
	}
	order := []string{"look", "ends", "comes", "goes"} // at one instant
	slices.SortFunc(steps, func(a, b step) int {
		return cmp.Or(cmp.Compare(a.at, b.at), slices.Index(order, a.what)-slices.Index(order, b.what), a.task-b.task)
	})
	lists, busy, there := [3][]int{}, 0, 2
	verdicts := map[int]requester.Verdict{}
	for _, e := range log {
		verdicts[e.ID] = e.Verdict
	}
	now := time.Duration(0)
	for _, s := range steps {
		waiting := len(lists[0]) + len(lists[1]) + len(lists[2])
		if s.at > now+near && waiting > 0 {
			require.Equal(t, there, busy, "nobody waits while somebody is free, at %v", now)
		}
		now = s.at
		switch s.what {
		case "comes":
			room := slices.IndexFunc([]int{0, 1, 2}, func(i int) bool { return len(lists[(s.task%5+i)%3]) < 10 })
			require.Equal(t, room < 0, verdicts[s.task] == requester.Rejected, "task %d", s.task)
			if room >= 0 {
				list := &lists[(s.task%5+room)%3]
				*list = append(*list, s.task)
			}
		case "goes":
			list := slices.IndexFunc(lists[:], func(l []int) bool { return len(l) > 0 && l[0] == s.task })
			require.GreaterOrEqual(t, list, 0, "task %d is the oldest of its list", s.task)
			lists[list] = lists[list][1:]
			busy++
			require.LessOrEqual(t, busy, there, "%v", s)
		case "ends":
			busy--
		case "look":
			if waiting > 0 && busy >= there*8/10 {
				there += min(waiting, 10-there)
			}
		}
	}
	assert.Zero(t, busy+len(lists[0])+len(lists[1])+len(lists[2]))
	assert.Greater(t, there, 2, "it grew")
}

// The burst of pool_test.go: eight start at 0.5 s; the last change but one, at 8.001 s, is less than an interval before that at 8.5 s. Workers hold
// something for as long as there is work, 31 s.
func TestTheStoryOfAPool(t *testing.T) {
	r := mustRun(t, burst("pull", 10, 2, 500*time.Millisecond))[0]
	require.Len(t, r.Pool.Moves, 2)
	for i, want := range []report.Move{{From: 2, To: 10, StartSeconds: 0.5, EndSeconds: 0.5}, {From: 10, To: 2, StartSeconds: 8, EndSeconds: 8.5}} {
		is := r.Pool.Moves[i]
		assert.Equal(t, []int{want.From, want.To}, []int{is.From, is.To})
		assert.InDelta(t, want.StartSeconds, is.StartSeconds, 1e-5)
		assert.InDelta(t, want.EndSeconds, is.EndSeconds, 1e-5)
	}
	assert.Equal(t, []report.Count{2, 10}, []report.Count{r.Pool.Least, r.Pool.Peak})
	busy := 0.0
	for _, row := range r.Series {
		busy += *row.Active * r.Series[1].AtSeconds
	}
	assert.InDelta(t, 31, busy, 0.01)
	assert.Nil(t, mustRun(t, base(2, 100, 0.5))[0].Series[0].Active, "without a pool nobody counts them")
}

// Without the task at 20 s the run ends with the last of the burst, at 3.5 s, when nobody has been idle for long. Six seconds later eight have left,
// and the series goes on until then.
func TestARunLingers(t *testing.T) {
	c := burst("pull", 10, 2, 500*time.Millisecond)
	c.Requests, c.Trace.Arrivals, c.Trace.Work = 30, c.Trace.Arrivals[:30], c.Trace.Work[:30]
	r := mustRun(t, c)[0]
	assert.Zero(t, r.Pool.Left)
	assert.InDelta(t, 3.5, r.SimulatedSeconds, 1e-3)
	c.Linger = 6 * time.Second
	r = mustRun(t, c)[0]
	assert.EqualValues(t, 8, r.Pool.Left)
	assert.InDelta(t, 9.5, r.SimulatedSeconds, 1e-3)
	assert.InDelta(t, 9.5, r.Series[len(r.Series)-1].AtSeconds, 0.1)
	assert.Equal(t, 2., r.Series[len(r.Series)-1].Workers)
}
