package document

import (
	"fmt"
	"slices"

	"waza/report"
)

// An Assumption is something that the runs take for granted and that real systems do not grant, with what it makes look better than it
// is there: strategies of the document or, where it is the same for all, figures as JSON names them.
type Assumption struct {
	Assumption string   `json:"assumption"`
	Flatters   []string `json:"flatters"`

	because string // why it flatters strategies
	without string // a flag that does without it; empty: there is none
}

// Which strategies an assumption flatters follows from the group of a strategy and, where it is not as its group, from its name.
type flattered struct {
	groups, names, not []string
}

func (f flattered) has(r *report.Result) bool {
	return slices.Contains(f.names, r.Strategy) || slices.Contains(f.groups, r.Group) && !slices.Contains(f.not, r.Strategy)
}

// informed are the strategies that go by what workers do at this moment. What prequal knows is as old as its probes.
func informed() flattered {
	return flattered{groups: []string{"load-aware", "latency-aware", "error-aware", "pull", "topology"}, names: []string{"bounded-hash"}, not: []string{"prequal"}}
}

// toldAtOnce are those of them that do not read the counts which --stale and --refresh make old: workers tell them, or take by themselves.
func toldAtOnce() flattered {
	return flattered{names: []string{"pull", "bounded-pull", "join-idle-queue", "first", "bounded-hash"}}
}

// thorough are the strategies that look at all workers for a choice, or keep all of them or all that waits in one order.
func thorough() flattered {
	return flattered{groups: []string{"pull"}, names: []string{
		"least-loaded", "weighted-least-loaded", "first", "least-time", "capacity-latency", "balanced", "priority", "locality",
		"weighted-round-robin", "most-loaded"}}
}

// assumptions are those of the runs, in the order in which they matter for whoever they flatter. One that flags lift is not among them.
func (d Document) assumptions() []Assumption {
	all := []Assumption{}
	add := func(says string, figures []string, of flattered, because, without string) {
		a := Assumption{says, d.flatters(of), because, without}
		if len(a.Flatters) == 0 {
			a.Flatters, a.because = figures, ""
		}
		all = append(all, a)
	}
	latency := []string{"latency_seconds"}
	if d.Clock != "wall" {
		switch { // where messages take long there is no saying that they take no time
		case d.isSet("zone-delay"):
		case d.isSet("stale") || d.isSet("refresh"):
			if len(d.flatters(toldAtOnce())) > 0 {
				add("a message takes no time", latency, toldAtOnce(), "what workers tell is never old", "")
			}
		default:
			of := informed()
			if !d.isSet("probe-delay") {
				of.not = nil
			}
			add("a message takes no time", latency, of, "what is known of the workers is never old", "--zone-delay")
		}
		add("the balancer costs nothing", []string{"latency_seconds", "throughput_per_second"}, thorough(), "whatever a choice takes is free", "")
	}
	add("workers are FIFO", latency, informed(), "a request has to wait for all before it, and who sees them can avoid that", "")
	if !d.isSet("trace") {
		var turns flattered
		if d.textOf("arrivals") == "constant" {
			turns.names = []string{"round-robin", "weighted-round-robin"}
		}
		add("arrivals are as configured", latency, turns, "turns suit arrivals at equal distances", "--trace")
	}
	return all
}

// flatters names those of the strategies of the runs, each once, in their order.
func (d Document) flatters(of flattered) []string {
	names := []string{}
	for i := range d.Runs {
		if r := &d.Runs[i]; of.has(r) && !slices.Contains(names, r.Strategy) {
			names = append(names, r.Strategy)
		}
	}
	return names
}

// textOf is the value of a setting as text; empty: it has none.
func (d Document) textOf(name string) string {
	i := slices.IndexFunc(d.Config, func(s Setting) bool { return s.Name == name })
	if i < 0 || d.Config[i].Value == nil {
		return ""
	}
	return fmt.Sprint(d.Config[i].Value)
}

// isSet tells whether a length or a file is given, and more than nothing.
func (d Document) isSet(name string) bool {
	text := d.textOf(name)
	return text != "" && text != "none" && text != "0s"
}

// assumed says in one line which of the assumptions matters most for the verdict: the first that flatters whoever it calls best.
// Empty: the verdict calls nobody so.
func (d Document) assumed() string {
	leaders, all := d.leaders(), d.assumptions()
	if len(leaders) == 0 || len(all) == 0 {
		return ""
	}
	for _, a := range all {
		var names []string
		for _, s := range leaders {
			if name := s.run.Strategy; slices.Contains(a.Flatters, name) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			return "assumed: " + a.Assumption + ", which flatters " + few(names) + ": " + a.because + a.way()
		}
	}
	last := all[len(all)-1]
	return "assumed: " + last.Assumption + ", which flatters " + last.whom() + last.way()
}

// whom says in words what is flattered where it is not a leader.
func (a Assumption) whom() string {
	if a.because != "" {
		return few(a.Flatters)
	}
	return "the latencies of all"
}

// way says which flag does without the assumption.
func (a Assumption) way() string {
	if a.without == "" {
		return ""
	}
	return "; not so with " + a.without
}

// few names some, and counts the others.
func few(names []string) string {
	const most = 5
	if len(names) > most+1 {
		names = append(names[:most:most], fmt.Sprintf("%d others", len(names)-most))
	}
	return enumerated(names)
}
