package publish

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"waza/balancer"
	"waza/internal/command"
	"waza/internal/experiment"
	"waza/internal/simulation"
	"waza/internal/theory"
	"waza/report"
	"waza/report/document"
	"waza/report/plots"
	"waza/requester"
)

// Drawn says which plots suit the command.
func Drawn(c command.Command) plots.Of {
	of := plots.Of{Eventful: c.Simulation.Eventful(), Compared: c.Plan.Compares()}
	for _, s := range c.Plan.Points[0].Swept {
		of.Swept = append(of.Swept, s.Flag)
	}
	return of
}

// A place is a point of a sweep: its value, what is configured there, and the load of each server.
type place struct {
	value, load float64
	config      simulation.Config
}

// beside is what is known of the configuration and drawn with a sweep of numbers: theory where it holds at every value.
func beside(c command.Command) (b plots.Beside) {
	of := Drawn(c).Swept
	if len(of) != 1 {
		return b
	}
	offering := of[0] == "load" || of[0] == "rate"
	var places []place
	for _, point := range c.Plan.Points {
		value, is := point.Swept[0].Value.(float64)
		config, err := c.With(point.Settings)
		if err != nil || !is || config.Work == nil || config.Rate <= 0 {
			return b
		}
		all := capacity(&config)
		if offering {
			b.Capacity = all
		}
		places = append(places, place{value, config.Rate / all, config})
	}
	if !isExponential(c) || slices.ContainsFunc(places, func(p place) bool { return !isPlain(p.config) }) {
		return b
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.value, b.value) })
	for _, name := range strategies(c.Plan.Points) {
		if !offering {
			b.Theory = append(b.Theory, apart(name, places)...)
		} else if m, found := modelOf(name, &places[0].config); found {
			b.Theory = append(b.Theory, m.along(name, places))
		}
	}
	return b
}

// besides adds to that the knees, where p99 is all that is to be kept.
func besides(c command.Command, knees []report.Knee) plots.Beside {
	b := beside(c)
	if len(c.Plan.SLO) != 1 || c.Plan.SLO[0].Figure.Name != "p99" {
		return b
	}
	b.Slo = c.Plan.SLO[0].Limit
	for _, k := range knees {
		if k.Value != nil && k.At == nil {
			b.Knees = append(b.Knees, plots.Knee{Strategy: k.Strategy, Value: *k.Value, All: k.Next == nil})
		}
	}
	return b
}

// capacity is how many requests per second all workers together can serve.
func capacity(c *simulation.Config) float64 {
	speed := 0.0
	for _, s := range c.Speeds {
		speed += s * float64(c.Concurrency)
	}
	return speed / c.Work.Mean().Seconds()
}

func strategies(points []experiment.Point) (names []string) {
	for _, p := range points {
		for _, name := range p.Strategies {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// isPlain tells whether nothing is configured but Poisson arrivals, equal workers, and queues that do not fill: all else, also what is yet
// to be invented, is not what the formulas are of.
func isPlain(c simulation.Config) bool {
	const enough = 500 // places: of an M/M/1 at load 0.95 one in 10^11 requests finds so many
	for _, speed := range c.Speeds {
		if speed != c.Speeds[0] {
			return false
		}
	}
	if c.Queue < enough || c.Backlog != balancer.Unlimited || c.Balancers != 1 || c.Discipline != "fifo" || !slices.Equal(c.Weights, c.Speeds) {
		return false
	}
	plain := c
	plain.Strategies, plain.Workers, plain.Requesters, plain.Balancers, plain.Requests, plain.Seed = nil, 0, 0, 0, 0, 0
	plain.Rate, plain.Work, plain.Speeds, plain.Weights = 0, nil, nil, nil
	plain.Concurrency, plain.Queue, plain.Backlog, plain.Discipline = 0, 0, 0, ""
	plain.Warmup, plain.Grace, plain.Duration, plain.WatchQueue = 0, 0, 0, false
	if len(plain.Parameters.Set) == 0 {
		plain.Parameters.Set = nil
	}
	// These mean nothing without a timeout, a retry, a death, a feature: those are still looked at.
	plain.Propagate, plain.Backoff, plain.MinRetries, plain.Heartbeat, plain.Panic = false, requester.Backoff{}, 0, 0, 0
	if plain.Upload.Takes == 0 {
		plain.Upload = requester.Upload{}
	}
	return reflect.ValueOf(plain).IsZero()
}

// isExponential tells whether all requests draw their work from one exponential distribution.
func isExponential(c command.Command) bool {
	return slices.ContainsFunc(c.Settings, func(s document.Setting) bool {
		text, _ := s.Value.(string)
		return s.Name == "work" && strings.HasPrefix(text, "exponential")
	})
}

// A model is what a strategy makes of such a system.
type model struct {
	name, says string
	any        string // what it says where not all values have as many servers
	limit      bool
	most       float64                               // no load above it is worked out
	few        bool                                  // it takes long, is worked out at few loads, and not above most
	stays      func(load float64) (p50, p99 float64) // in seconds
}

// someServers is the name of a model whose number of servers is another one at each value.
const someServers = "M/M/c"

// modelOf finds it; found is false where no formula is exact, and no limit is meant.
func modelOf(strategy string, c *simulation.Config) (m model, found bool) {
	service, n := c.Work.Mean().Seconds()/c.Speeds[0], c.Workers
	central := func(servers int) func(float64) (float64, float64) {
		return func(load float64) (float64, float64) {
			return theory.MMcQuantile(0.5, servers, load, service), theory.MMcQuantile(0.99, servers, load, service)
		}
	}
	const most = 0.995
	name := func(servers int) string { return fmt.Sprintf("M/M/%d", servers) }
	switch servers := n * c.Concurrency; {
	case strategy == "random":
		return model{name(c.Concurrency), "each worker is " + name(c.Concurrency), "each worker is " + someServers, false, most, false, central(c.Concurrency)}, true
	case strategy == "pull":
		return model{name(servers), "all workers together are " + name(servers), "all workers together are " + someServers, false, most, false, central(servers)}, true
	case strategy != "power-of-two" || c.Concurrency > 1 || n < 2:
		return model{}, false
	case n <= 4:
		longest := 0.95
		if n == 4 {
			longest = 0.85 // above, it takes many seconds
		}
		return model{"chain", fmt.Sprintf("the truncated chain of what %d workers hold", n), "the truncated chain of what up to 4 workers hold", false, longest, true, func(load float64) (float64, float64) {
			q := theory.ChoicesQuantiles(n, 2, load, service, 0.5, 0.99)
			if q == nil {
				return math.NaN(), math.NaN()
			}
			return q[0], q[1]
		}}, true
	}
	const many = "two choices among infinitely many workers"
	return model{"n → ∞", many, many, true, most, false, func(load float64) (float64, float64) {
		return theory.ChoicesLimitQuantile(0.5, 2, load, service), theory.ChoicesLimitQuantile(0.99, 2, load, service)
	}}, true
}

// along is what the model says from the lowest value to the highest at which there is a steady state.
func (m model) along(strategy string, places []place) plots.Theory {
	const fine, few = 200, 12
	t := plots.Theory{Strategy: strategy, Name: m.name, Says: m.says, Limit: m.limit}
	from, to := places[0], places[len(places)-1]
	perValue := from.load / from.value
	n, end := fine, min(to.value, m.most/perValue)
	if m.few {
		n = few
		if to.load > m.most {
			t.Says += m.ends()
		}
	}
	for i := range n + 1 {
		value := from.value + (end-from.value)*float64(i)/float64(n)
		p50, p99 := m.stays(value * perValue)
		if end < from.value || math.IsNaN(p50) || math.IsNaN(p99) {
			continue
		}
		t.P50 = append(t.P50, plots.Place{Value: value, Seconds: p50})
		t.P99 = append(t.P99, plots.Place{Value: value, Seconds: p99})
	}
	return t
}

// ends says up to which load a model that takes long is worked out.
func (m model) ends() string {
	return fmt.Sprintf(", worked out up to load %v only, as it takes long above", m.most)
}
