package report

import (
	"maps"
	"slices"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"waza/requester"
	"waza/worker"
)

const (
	soundAnswers = 100 // so many at least tell what latencies are
	soundLatency = 1.1 // a part of the series, or several together, is as before with a p99 of at most so many times that of before
)

func (h *harm) describe(r *Result, e *ending) {
	var usual *int64 // the p99 of before; nil: there were too few
	if n := h.before.Count(); n >= soundAnswers {
		v, _ := percentile(h.before.histogram, n, h.before.largest, 0.99)
		usual = &v
	}
	sound, busy := h.sound(usual), h.busy()
	for number := range h.faults {
		r.FaultTotals = append(r.FaultTotals, h.total(number, usual, sound, busy, r, e))
	}
}

// total describes the episodes of a fault. It lists the first, and adds all up.
func (h *harm) total(number int, usual *int64, sound []*stretch, busy int, r *Result, e *ending) FaultTotal {
	f := &h.faults[number]
	total, hit := FaultTotal{Fault: f.Name, Kind: f.Kind, Proxies: f.Proxies}, map[int]bool{}
	var detects, recovers float64
	episodes, troubled := f.Episodes(), spells{ended: e.Ended}
	for ; h.resolution.Before(episodes.Start(), e.Ended); total.Episodes++ {
		episode, _ := episodes.Next()
		troubled.add(episode.From, episode.To, e)
		hit[episode.Worker] = true
		row := FaultRow{Kind: f.Kind, Name: f.Name, Worker: episode.Worker, Proxy: f.Proxies, StartSeconds: e.seconds(episode.From)}
		if episode.To != requester.Never {
			end := e.seconds(episode.To)
			row.UntilSeconds = &end
		}
		if episode.To <= e.Ended {
			row.EndSeconds = row.UntilSeconds
			var after *stretch
			if after, row.RecoverSeconds = h.recovered(episode.To, sound, e); after != nil {
				total.Together = max(total.Together, Count(after.last-after.first+1))
			}
			total.Ended++
			if h.next(episode.To) <= busy {
				total.Followed++
			}
		}
		row.DetectSeconds = e.detected(f.Proxies, number, int(total.Episodes))
		count(&total.Detected, &detects, row.DetectSeconds)
		count(&total.Recovered, &recovers, row.RecoverSeconds)
		if total.Episodes < listedEpisodes {
			row.Harmed = h.harmed(episode, usual)
			r.Faults = append(r.Faults, row)
		}
	}
	r.Spells = append(r.Spells, troubled.describe(f.Kind, e)...)
	total.Workers = slices.Sorted(maps.Keys(hit))
	total.DetectSeconds = ratio(detects, float64(total.Detected))
	total.RecoverSeconds = ratio(recovers, float64(total.Recovered))
	if usual != nil {
		total.Harmed = new(Count(f.all.worse(*usual)))
		total.Rough = !enoughBeyond(h.before.Count(), 0.99)
	}
	return total
}

// count adds a figure, if it exists.
func count(n *Count, sum *float64, figure *float64) {
	if figure != nil {
		*n++
		*sum += *figure
	}
}

// detected returns how long after its start an episode was heeded by the last of the balancers, each of which goes by what it sends itself; nil
// if one of them did not.
func (e *ending) detected(proxies bool, fault, number int) *float64 {
	balancers := e.Balancers
	if proxies {
		balancers = e.Proxies.Balancers
	}
	if len(balancers) == 0 {
		return nil
	}
	last := time.Duration(0)
	for i := range balancers {
		found := balancers[i].Detected
		if fault >= len(found) || number >= len(found[fault]) || found[fault][number] == requester.Never {
			return nil
		}
		last = max(last, found[fault][number])
	}
	seconds := e.seconds(last)
	return &seconds
}

// A stretch is some neighbours of the series, which are looked at together.
type stretch struct{ first, last int }

// sound tells of each part of the series the first stretch that is as before and begins there or later; nil, if none does. A stretch is as long
// as it takes to have enough answers: were parts with fewer passed over, recovery would be when many requests came by chance.
func (h *harm) sound(usual *int64) []*stretch {
	parts := h.series.parts
	found, latency := make([]*stretch, len(parts)+1), newPartLatency()
	if usual == nil {
		return found
	}
	for i := len(parts) - 1; i >= 0; i-- {
		found[i] = found[i+1]
		latency.Reset()
		last, slowest := i, int64(0)
		for ; last < len(parts); last++ {
			parts[last].addTo(latency)
			slowest = max(slowest, parts[last].slowest)
			if latency.TotalCount() >= soundAnswers {
				break
			}
		}
		if last == len(parts) {
			continue // what is left has too few
		}
		if v, _ := percentile(latency, latency.TotalCount(), wide{low: uint64(slowest)}, 0.99); float64(v) <= soundLatency*float64(*usual) {
			found[i] = &stretch{i, last}
		}
	}
	return found
}

// addTo adds the latencies of a part.
func (p *part) addTo(latency *hdrhistogram.Histogram) {
	if p.many != nil {
		latency.Merge(p.many)
	}
	fill(latency, p.few)
}

// busy returns the number of the last part of the series from which on at least soundAnswers requests began; −1: there is none.
func (h *harm) busy() int {
	last, starts := len(h.series.parts), 0
	for last > 0 && starts < soundAnswers {
		last--
		starts += h.series.parts[last].starts
	}
	if starts < soundAnswers {
		return -1
	}
	return last
}

// next returns the number of the first part of the series that begins when a fault is over.
func (h *harm) next(end time.Duration) int {
	return int((end + h.series.length - 1) / h.series.length)
}

// recovered returns the first stretch of the series that was as before and began after the end of a fault, and how long after it the stretch
// ended; nil, if there is none.
func (h *harm) recovered(end time.Duration, sound []*stretch, e *ending) (*stretch, *float64) {
	next := h.next(end)
	if next >= len(sound) || sound[next] == nil {
		return nil, nil
	}
	seconds := e.seconds(min(time.Duration(sound[next].last+1)*h.series.length, e.Ended) - end)
	return sound[next], &seconds
}

// harmed counts the requests that began in an episode and were harmed.
func (h *harm) harmed(episode worker.Episode, usual *int64) *Count {
	if usual == nil {
		return nil
	}
	n := 0
	for i := h.place(episode.From); i <= h.place(episode.To-1) && i < len(h.between); i++ {
		n += h.between[i].worse(*usual)
	}
	return new(Count(n))
}
