package plots

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
	"waza/report/document"
)

// kindsOf returns the kinds of fault in the order in which they are first met.
func kindsOf(r report.Result) []string {
	var kinds []string
	for _, f := range r.FaultTotals {
		if f.Episodes > 0 && !slices.Contains(kinds, f.Kind) {
			kinds = append(kinds, f.Kind)
		}
	}
	return kinds
}

// faultEntries are the lines of a legend that name the kinds, whom they hit, and how often, where that is more than once each.
func faultEntries(r report.Result) []entry {
	var entries []entry
	for _, kind := range kindsOf(r) {
		band := look{line: draw.LineStyle{Color: kindColor(kind), Width: vg.Points(9)}}
		e := entry{look: band, name: kind}
		workers, proxies, times, more := met(r, kind)
		var who []string
		for _, of := range []struct {
			hit       []int
			one, many string
		}{{workers, "worker", "workers"}, {proxies, "proxy", "proxies"}} {
			switch len(of.hit) {
			case 0:
			case 1:
				who = append(who, fmt.Sprintf("%s %d", of.one, of.hit[0]))
			default:
				who = append(who, fmt.Sprintf("%d %s", len(of.hit), of.many))
			}
		}
		e.name += ", " + strings.Join(who, " and ")
		if len(workers)+len(proxies) == 1 && throughout(r, kind) {
			e.name += ", all the time"
		}
		switch {
		case more:
			e.cells = []string{"≥ " + document.Number(times) + " times"}
		case times > report.Count(len(workers)+len(proxies)):
			e.cells = []string{document.Number(times) + " times"}
		}
		entries = append(entries, e)
	}
	return entries
}

// throughout tells whether a kind of fault goes on from the start of a run to its end.
func throughout(r report.Result, kind string) bool {
	return slices.ContainsFunc(r.Spells, func(s report.Spell) bool {
		return s.Kind == kind && s.FromSeconds == 0 && s.ToSeconds >= decided(r)*(1-1e-9) && s.Share == 1
	})
}

// unseen names the kinds that no shade tells of: of several seeds none but what comes at the same time in each is shaded.
func unseen(r report.Result) []string {
	kinds := slices.DeleteFunc(kindsOf(r), func(kind string) bool {
		return slices.ContainsFunc(r.Spells, func(s report.Spell) bool { return s.Kind == kind })
	})
	if r.Replications < 2 || len(kinds) == 0 {
		return nil
	}
	return []string{"Not shaded, as it comes at other times in each seed: " + strings.Join(kinds, ", ") + "."}
}

// met returns which workers and which proxies a kind of fault hit, how often, and whether more often than anybody looked at.
func met(r report.Result, kind string) (workers, proxies []int, times report.Count, more bool) {
	for _, f := range r.FaultTotals {
		if f.Kind != kind {
			continue
		}
		times += f.Episodes
		more = more || f.Episodes == report.MostEpisodes
		hit := &workers
		if f.Proxies {
			hit = &proxies
		}
		*hit = append(*hit, f.Workers...)
	}
	distinct := func(ids []int) []int {
		slices.Sort(ids)
		return slices.Compact(ids)
	}
	return distinct(workers), distinct(proxies), times, more
}

// unclear says what the shades of faults do not tell as it is.
func unclear(shades shading) []string {
	if slices.ContainsFunc(shades, func(s shade) bool { return s.share < 1 }) {
		return []string{"Where a fault comes too often for each time to be drawn, its colour is as deep as its share of the time."}
	}
	return nil
}

// longest returns the run that goes on for the longest time, the first of equals: it meets all the faults that any of them does.
func (rs runs) longest() report.Result {
	return slices.MaxFunc(rs, func(a, b report.Result) int { return cmp.Compare(a.SimulatedSeconds, b.SimulatedSeconds) })
}
