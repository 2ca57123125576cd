package plots

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"waza/report"
)

// kindsOf returns the kinds of fault in the order in which they are first met.
func kindsOf(r report.Result) []string {
	var kinds []string
	for _, f := range r.Faults {
		if !slices.Contains(kinds, f.Kind) {
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
		hit, one, many := map[int]bool{}, "worker", "workers"
		for _, f := range r.Faults {
			if f.Kind == kind {
				hit[f.Worker] = true
				if f.Proxy {
					one, many = "proxy", "proxies"
				}
				e.name = fmt.Sprintf("%s, %s %d", kind, one, f.Worker)
			}
		}
		if len(hit) > 1 {
			e.name = fmt.Sprintf("%s, %d %s", kind, len(hit), many)
		}
		switch times, full := timesOf(r, kind); {
		case full:
			e.cells = []string{fmt.Sprintf("≥ %d times", times)}
		case times > len(hit):
			e.cells = []string{fmt.Sprintf("%d times", times)}
		}
		entries = append(entries, e)
	}
	return entries
}

// unclear says what the shades of faults do not tell as it is.
func unclear(r report.Result, shades shading) []string {
	var lines []string
	if slices.ContainsFunc(shades, func(s shade) bool { return s.share < 1 }) {
		lines = append(lines, "Where a fault comes too often for each time to be drawn, its colour is as deep as its share of the time.")
	}
	if r.Spells != nil {
		return lines
	}
	for _, kind := range kindsOf(r) {
		if _, full := timesOf(r, kind); full {
			lines = append(lines, fmt.Sprintf("Only the first %d times of each fault are shaded: there may be more of %s.", listedEpisodes, kind))
		}
	}
	return lines
}

// timesOf returns how often a kind of fault is listed, and whether it may have come more often: the list of one fault of the kind is full.
func timesOf(r report.Result, kind string) (times int, full bool) {
	listed := map[string]int{}
	for _, f := range r.Faults {
		if f.Kind == kind {
			times++
			listed[f.Name]++
			full = full || listed[f.Name] == listedEpisodes
		}
	}
	return times, full
}

// listedEpisodes is how many of each fault a result lists.
const listedEpisodes = 100
