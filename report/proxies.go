package report

import (
	"time"

	"waza/balancer"
	"waza/requester"
	"waza/worker"
)

// ProxyFacts are what the tier of the proxies counted; the zero ProxyFacts are those of a run without.
type ProxyFacts struct {
	Workers   []WorkerFacts     // the proxies, by id
	Balancers []balancer.Ledger // that requesters ask, by id, each with its books of all proxies
	Passages  *Passages         // nil without proxies
	Wait      bool              // until what they pass on has been answered
}

// A ProxyRow is one proxy's part of the measured window.
type ProxyRow struct {
	ID              int      `json:"id" mean:"key"`
	Requests        Count    `json:"requests"`         // that it began to serve in the window
	Total           Count    `json:"total"`            // that it began to serve in the whole run
	Share           *float64 `json:"share"`            // of all such requests of the window
	Utilization     *float64 `json:"utilization"`      // busy time of its slots over the time that it was there
	ResponseSeconds Spread   `json:"response_seconds"` // from being sent there until it has passed on; if it waits, until it has answered

	UnansweredShare *float64 `json:"unanswered_share"` // of what it was sent in the window: it was dead, or a black hole; nil: it was sent nothing

	// Of the whole run, for an exporter.
	Responses     Count   `json:"-"`
	ResponseTotal float64 `json:"-"` // seconds
}

// Passages are how long requests were at proxies. One goroutine owns them while the run lasts. What was sent inside the window is measured,
// and the rest counts where that never opened.
type Passages struct {
	window         *Window
	measured, rest []*Distribution // by proxy
	missed, others []int           // the same of those that it has not looked at
}

// NewPassages returns those of so many proxies, as yet without any; instants are on the run's clock.
func NewPassages(window *Window, scale int64, proxies int) *Passages {
	p := &Passages{window: window, missed: make([]int, proxies), others: make([]int, proxies)}
	second := max(1, scale) * int64(time.Second)
	for range proxies {
		p.measured, p.rest = append(p.measured, NewDistribution(second)), append(p.rest, NewDistribution(second))
	}
	return p
}

// Run counts passages until the channel is closed.
func (p *Passages) Run(passages <-chan worker.Passage) {
	for one := range passages {
		to, missed := p.rest, p.others
		if p.window.Contains(one.Sent) {
			to, missed = p.measured, p.missed
		}
		if one.Finished == requester.Never {
			missed[one.Proxy]++
			continue
		}
		to[one.Proxy].Add(int64(one.Finished - one.Sent))
	}
}

// describeProxies writes the rows of the proxies.
func describeProxies(r *Result, e *ending) {
	r.Proxies, r.ProxiesWait = []ProxyRow{}, e.Proxies.Wait
	front := *e
	front.Facts = e.front()
	begun := 0
	for i := range front.Workers {
		begun += front.begunOf(&front.Workers[i])
	}
	for i := range front.Workers {
		w, response, missed := &front.Workers[i], e.Proxies.Passages.measured[i], e.Proxies.Passages.missed[i]
		ever := NewDistribution(response.unit)
		ever.merge(response)
		ever.merge(e.Proxies.Passages.rest[i])
		if e.whole {
			response, missed = ever, missed+e.Proxies.Passages.others[i]
		}
		r.Proxies = append(r.Proxies, ProxyRow{
			ID: w.ID, Requests: Count(front.begunOf(w)), Total: Count(w.Begun), Share: ratio(float64(front.begunOf(w)), float64(begun)),
			Utilization:     ratio(float64(front.busyOf(w)), float64(w.Concurrency)*float64(front.present(w))),
			UnansweredShare: ratio(float64(missed), float64(missed)+float64(response.Count())),
			ResponseSeconds: response.spread(), Responses: Count(ever.Count()), ResponseTotal: ever.sum(),
		})
	}
}
