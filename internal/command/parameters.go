package command

import (
	"fmt"
	"slices"
	"strings"

	"waza/internal/option"
	"waza/internal/simulation"
	"waza/strategy"
)

// A parameter is the flag of one that strategies take, as strategy's table has it. It implements flagValue.
type parameter struct {
	option.Any
	set   option.Values // where its value goes
	typed string        // on the command line; empty: it was not given
}

func (p *parameter) Set(text string) error {
	is, err := p.Read(text)
	if err == nil {
		p.set[p.Name()], p.typed = is, text
	}
	return err
}

func (p *parameter) String() string {
	if p.Any == nil { // the zero value, which pflag asks for its text
		return ""
	}
	return p.Text(p.set)
}

func (p *parameter) Type() string { return "" }

func (p *parameter) wants() string { return p.Want() }

func (p *parameter) wasGiven() bool { return p.typed != "" }

func (p *parameter) asTyped() string {
	if p.wasGiven() {
		return p.typed
	}
	return p.String()
}

func (p *parameter) setting() any { return setting(p.Of(p.set), p.String()) }

// shownFirst are parameters that help and the report show in this order; all others follow in that of the table.
var shownFirst = strings.Fields("tie choices beta bound ewma-decay failure-penalty latency-alpha shard-size subset-size " +
	"ring-points hash-balance table-size spill")

// parameters are all that strategies take, in the order in which they are shown.
func parameters() option.List {
	place := func(p option.Any) int {
		if at := slices.Index(shownFirst, p.Name()); at >= 0 {
			return at
		}
		return len(shownFirst)
	}
	return slices.SortedStableFunc(slices.Values(strategy.Taken()), func(p, q option.Any) int { return place(p) - place(q) })
}

// mustBeHeeded are the flags of which some chosen strategy has to make use, or they are of no use.
func mustBeHeeded() []string {
	return append([]string{"weights", "keys", "tiers"}, parameters().Names()...)
}

func (f *flags) declareParameters(g *group) {
	f.set = option.Values{}
	for _, p := range parameters() {
		g.set.VarPF(&parameter{Any: p, set: f.set}, p.Name(), "", p.Help()).DefValue = p.Default()
	}
	declare(g, &f.tiers, perWorkers("tier", "2x0,3x1,5x2", option.Whole(0, maxPriorities-1)), "tiers", "",
		"`COUNTxPRIORITY,…`: the priority that each worker serves\nfirst; without, workers are split like requests")
}

// checkTables refuses tables that are too large for the memory, or too small for the workers.
func (f *flags) checkTables(c *simulation.Config) error {
	points := 0.0
	for _, weight := range c.Weights {
		points += weight * float64(strategy.RingPoints.In(f.set))
	}
	points *= float64(c.Balancers)
	if f.heeds("ring-points") && points > strategy.MaxRingPoints {
		return f.wrong("ring-points", fmt.Sprintf("want at most %s points in all, and the weights of the workers make it %s with %s",
			option.Grouped(strategy.MaxRingPoints), figure(points), counted(c.Balancers, "balancer")))
	}
	if slots := c.Balancers * strategy.TableSize.In(f.set); f.heeds("table-size") && slots > maxTables {
		return f.wrong("table-size", fmt.Sprintf("want at most %s entries in all, and %s make it %s",
			option.Grouped(maxTables), counted(c.Balancers, "balancer"), option.Grouped(slots)))
	}
	if f.heeds("table-size") && strategy.TableSize.In(f.set) < c.Workers {
		return f.wrong("table-size", fmt.Sprintf("want an entry for each of --workers=%d, at least", c.Workers))
	}
	return nil
}
