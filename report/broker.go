package report

import "math"

// The bounds by which those who run a broker judge it.
const (
	watchQueue  = 100  // messages in the queue from which on it is watched
	growQueue   = 1000 // and from which on workers are added
	busyWorkers = 0.8  // utilisation above which workers are added
	idleWorkers = 0.3  // and below which they may go, where nothing waits
	slowProxy   = 1.   // seconds: response above which a proxy is slow
	unanswered  = 0.01 // share of what a proxy was sent above which its p99 is no answer
	targetBusy  = 0.7  // utilisation for which a number of workers is recommended
)

// SlowLatency is the p95, in seconds, above which workers are added.
const SlowLatency = 5.

// BrokerFigures are what an operator of a broker with a queue concludes from a run.
type BrokerFigures struct {
	QueueHealth         string   `json:"queue_health"`          // healthy, watch or add workers, by the mean number that waits, in the queue and at workers: from 100 on, and above 1,000
	Scale               string   `json:"scale"`                 // up, down or keep
	ScaleReasons        []string `json:"scale_reasons"`         // what asks for that: queue, utilization, latency
	ProcessingPerSecond *float64 `json:"processing_per_second"` // answers of workers, beside the growth of the queue
	RecommendedWorkers  *Count   `json:"recommended_workers"`   // requests a second × the time of slots that each asks for / (70 % × concurrency)
	Checklist           []Check  `json:"checklist"`             // after a deployment
}

// A Check is one line of the checklist.
type Check struct {
	Check  string   `json:"check"`
	Passed *bool    `json:"passed"`          // nil: it cannot be told
	Figure *float64 `json:"figure"`          // by which it was judged
	Noise  *float64 `json:"noise,omitempty"` // how much of the figure chance alone may make up, where that is known
	Is     string   `json:"is"`              // what that figure is: deviation, growth_per_second, utilization, response_seconds or unanswered_share
}

// describeBroker writes the verdict on a broker. It is called when all other figures are known.
func describeBroker(r *Result, e *ending) {
	if !e.Broker || r.Queue == nil {
		return
	}
	r.Broker = &BrokerFigures{}
	if r.WindowSeconds > 0 && r.SlotSeconds > 0 && len(e.Workers) > 0 {
		r.Broker.RecommendedWorkers = new(recommend(r, e.Workers[0].Concurrency))
	}
	judgeBroker(r)
}

// recommend returns how many such workers what came keeps busy for 70 % of the time. It is followed to its end, past the window: what is left in
// the queue counts, and so does every service that a request got from a retry, a hedge or a worker that tried again, for as long as it took a slot
// at the speed of the workers and standing still: an hour for which a fault stalls a worker asks for as many as an hour of work does. A request that
// got none, as it was rejected or its time was up, asks for one. Where nothing is left and all are served that is utilisation × workers / 70 %.
func recommend(r *Result, concurrency int) Count {
	slots := float64(r.MeasuredRequests) / r.WindowSeconds * r.SlotSeconds / targetBusy
	return Count(max(1, math.Ceil(slots/float64(concurrency))))
}

// judgeBroker says what an operator concludes from the figures.
func judgeBroker(r *Result) {
	all := r.Queue.All()
	b, queue := r.Broker, or(all.Mean, 0)
	b.ProcessingPerSecond, b.QueueHealth = r.Throughput, "healthy"
	switch {
	case queue > growQueue:
		b.QueueHealth = "add workers"
	case queue >= watchQueue:
		b.QueueHealth = "watch"
	}
	b.Scale, b.ScaleReasons = scaling(r, queue, all.Peak)
	b.Checklist = checklist(r)
}

// scaling says whether workers are to be added or taken away, and for which reasons.
func scaling(r *Result, queue float64, peak Count) (string, []string) {
	reasons := []string{}
	if queue > growQueue {
		reasons = append(reasons, "queue")
	}
	if or(r.Utilization, 0) > busyWorkers {
		reasons = append(reasons, "utilization")
	}
	if or(r.LatencySeconds.P95, 0) > SlowLatency {
		reasons = append(reasons, "latency")
	}
	switch {
	case len(reasons) > 0:
		return "up", reasons
	case peak == 0 && r.Utilization != nil && *r.Utilization < idleWorkers:
		return "down", []string{"queue", "utilization"}
	}
	return "keep", reasons
}

// checklist is what one looks at after a deployment.
func checklist(r *Result) []Check {
	var list []Check
	add := func(what, is string, figure *float64, passed func(float64) bool) {
		c := Check{Check: what, Figure: figure, Is: is}
		if figure != nil {
			ok := passed(*figure)
			c.Passed = &ok
		}
		list = append(list, c)
	}
	list = append(list, evenCheck(r), queueCheck(r))
	add("no worker is overloaded", "utilization", busiest(r), func(v float64) bool { return v <= busyWorkers })
	if len(r.Proxies) > 0 {
		const answers = "every proxy answers under 1 s"
		if missed := mostUnanswered(r); missed > unanswered {
			add(answers, "unanswered_share", &missed, func(float64) bool { return false })
		} else {
			add(answers, "response_seconds", slowestProxy(r), func(v float64) bool { return v < slowProxy })
		}
	}
	return list
}

// mostUnanswered is the greatest share that a proxy has left unanswered of what it was sent; 0: none was sent anything.
func mostUnanswered(r *Result) (most float64) {
	for i := range r.Proxies {
		most = max(most, or(r.Proxies[i].UnansweredShare, 0))
	}
	return most
}

// slowestProxy is the greatest p99 of the responses of a proxy or, where there were too few for that, the longest response.
func slowestProxy(r *Result) (most *float64) {
	for i := range r.Proxies {
		v := r.Proxies[i].ResponseSeconds.P99
		if v == nil {
			v = r.Proxies[i].ResponseSeconds.Max
		}
		if v != nil && (most == nil || *v > *most) {
			most = v
		}
	}
	return most
}

// busiest is the utilisation of the worker that has the most of it; nil: of none is it known.
func busiest(r *Result) (most *float64) {
	for i := range r.Workers {
		if u := r.Workers[i].Utilization; u != nil && (most == nil || *u > *most) {
			most = u
		}
	}
	return most
}

func or(v *float64, otherwise float64) float64 {
	if v == nil {
		return otherwise
	}
	return *v
}
