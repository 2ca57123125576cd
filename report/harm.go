package report

import (
	"sort"
	"time"

	"waza/internal/instant"
	"waza/requester"
)

// listedEpisodes is how many episodes of each fault are listed. The others are in its total.
const listedEpisodes = 100

// harm finds out what faults did to requests. Which latency is long is known only when all requests are that were answered before the first
// fault, and outcomes come in any order: so it keeps the latencies of requests that began between two of the starts and ends of the listed
// episodes together, and those of all that began while a fault lasted.
type harm struct {
	window     *Window
	resolution instant.Resolution
	series     *series
	faults     []lasting
	first      time.Duration // start of the first fault
	before     *Distribution // latency of measured requests that were answered before it
	cuts       []time.Duration
	between    []part // of the cuts: from the one before, up to that of its number
}

// lasting is a fault as harm sees it.
type lasting struct {
	Fault
	times union
	all   part // that began while it lasted, anywhere
}

func newHarm(o *Options, s *series) *harm {
	h := &harm{window: o.Window, resolution: o.Window.resolution, series: s, first: requester.Never, before: NewDistribution(1)}
	at := map[time.Duration]bool{}
	for _, f := range o.Faults {
		h.faults = append(h.faults, lasting{Fault: f, times: union{episodes: f.Episodes(), resolution: h.resolution}})
		episodes := f.Episodes()
		h.first = min(h.first, episodes.Start())
		for range listedEpisodes {
			if e, ok := episodes.Next(); ok {
				at[e.From], at[e.To] = true, true
			}
		}
	}
	for cut := range at {
		h.cuts = append(h.cuts, cut)
	}
	sort.Slice(h.cuts, func(i, j int) bool { return h.cuts[i] < h.cuts[j] })
	h.between = make([]part, len(h.cuts)+1)
	return h
}

func (h *harm) add(block []requester.Outcome) {
	window := h.window.Known()
	for i := range block {
		o := &block[i]
		if h.resolution.Before(o.Decided, h.first) && o.Verdict == requester.Succeeded && window.Contains(o.Start) {
			h.before.Add(int64(o.Decided - o.Start))
		}
		if h.resolution.Before(o.Start, h.first) {
			continue
		}
		h.between[h.place(h.resolution.Past(o.Start))].suffer(o)
		for i := range h.faults {
			if f := &h.faults[i]; f.times.contains(o.Start) {
				f.all.suffer(o)
			}
		}
	}
}

// suffer counts what became of a request.
func (p *part) suffer(o *requester.Outcome) {
	p.verdicts[o.Verdict]++
	if o.Verdict == requester.Succeeded {
		p.record(int64(o.Decided - o.Start))
	}
}

// place returns the number of the first cut that is after an instant.
func (h *harm) place(at time.Duration) int {
	return sort.Search(len(h.cuts), func(i int) bool { return h.cuts[i] > at })
}

// worse returns how many did not succeed, or took longer than that.
func (p *part) worse(than int64) int {
	n := sum(p.verdicts) - p.verdicts[requester.Succeeded]
	for _, latency := range p.few {
		if latency > than {
			n++
		}
	}
	if p.many != nil {
		for _, bar := range p.many.Distribution() {
			if bar.From > than {
				n += int(bar.Count)
			}
		}
	}
	return n
}
