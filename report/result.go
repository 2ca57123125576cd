package report

// A Result is what the report says of one run; its JSON has the fields that are named for it. Times are in seconds, rates per
// second, shares in [0, 1]; none of them is negative, infinite or NaN, and a figure that does not exist is nil. Measured are
// the requests whose intended start lies in the window, and wait, service and slowdown are of the same requests as latency;
// averages over time are over the window.
type Result struct {
	Strategy           string         `json:"strategy"`
	Swept              *Swept         `json:"swept,omitempty"`       // nil without a sweep
	SweptAlso          *Swept         `json:"swept_also,omitempty"`  // nil without a second one
	Replications       int            `json:"replications"`          // runs with a seed each, of which these are the means
	SimulatedSeconds   float64        `json:"simulated_seconds"`     // until nothing was left to do; interrupted: until the last verdict or service
	WarmupSeconds      float64        `json:"warmup_seconds"`        // until the measured window opened; 0 if it never did
	Saturated          bool           `json:"saturated"`             // overload: the number in the system grew from each fifth of the window to the next, and not because it was filling
	Requests           RequestCounts  `json:"requests"`              // whole run
	Attempts           AttemptCounts  `json:"attempts"`              // whole run
	Executions         Executions     `json:"executions"`            // whole run
	Claims             Count          `json:"claims"`                // attempts taken from a worker that was suspected, or reborn, whole run
	Ejections          Count          `json:"ejections"`             // of outliers, by all balancers, whole run
	Suspicions         Count          `json:"suspicions"`            // of workers, and proxies, that gave no sign of life, by all balancers, whole run
	Downs              Count          `json:"downs"`                 // workers that did not pass their health checks, likewise
	Trips              Count          `json:"trips"`                 // breakers that opened, also again, likewise
	Panics             Count          `json:"panics"`                // times in which too few workers were fit to heed it, likewise
	PanicSeconds       float64        `json:"panic_seconds"`         // of all these together
	OfProxies          Unfitness      `json:"-"`                     // of these six figures, what was of proxies: they count both tiers
	ClaimSeconds       *float64       `json:"claim_seconds"`         // mean, from the dispatch to that worker to the claim; nil without claims
	MovedKeys          *Count         `json:"moved_keys"`            // of 10,000 keys, which had another worker after a change of the members, over the first hundred changes; nil if there were none, or if it does not hash
	LeastMovedKeys     *Count         `json:"least_moved_keys"`      // of these, the keys that had to: their worker had left, or the new one has joined
	MeasuredRequests   Count          `json:"measured_requests"`     // whatever became of them
	LatencySeconds     Spread         `json:"latency_seconds"`       // intended start to answer, of measured requests that succeeded
	LatencyCI95        *SpreadCI      `json:"latency_ci95_seconds"`  // nil without replications
	CI95               *SharesCI      `json:"ci95"`                  // of rates and shares; nil without replications
	AnswerSeconds      Spread         `json:"answer_seconds"`        // intended start to verdict, of all: failing fast lowers it
	WaitSeconds        Spread         `json:"wait_seconds"`          // start of the answering attempt to the start of its service
	ServiceSeconds     Spread         `json:"service_seconds"`       // start of service to finish
	Slowdown           Spread         `json:"slowdown"`              // latency over work: 1 is no wait at a worker of speed 1
	Throughput         *float64       `json:"throughput_per_second"` // answers that workers gave inside the window, well or with an error, late or in time
	Goodput            *float64       `json:"goodput_per_second"`    // of these, those with which a request succeeded
	SuccessShare       *float64       `json:"success_share"`         // of measured requests
	AttemptsPerRequest *float64       `json:"attempts_per_request"`  // 1 without retries and hedges
	WastedWorkShare    *float64       `json:"wasted_work_share"`     // busy time that gave no answer that was used, over all of it
	MeanInSystem       *float64       `json:"mean_in_system"`        // requests between intended start and verdict
	WaitedShare        *float64       `json:"waited_share"`          // of those that a worker answered: service began later than the attempt
	Utilization        *float64       `json:"utilization"`           // busy time of slots over the time that they were there
	Imbalance          *float64       `json:"imbalance"`             // the most over the mean of requests per unit of speed and slots: at least 1
	Jain               *float64       `json:"jain"`                  // (Σx)²/(n Σx²) of the same x: 1 all alike, 1/n one has all
	Workers            []WorkerRow    `json:"workers"`               // by id
	Proxies            []ProxyRow     `json:"proxies"`               // by id
	ProxiesWait        bool           `json:"-"`                     // until what they pass on has been answered
	Classes            []ClassRow     `json:"classes"`               // by priority, then by zone, as far as there are several
	Series             []SeriesRow    `json:"series"`                // 100 to 200 equal parts of the run
	Faults             []FaultRow     `json:"faults"`                // by --fault, in order of their start
	FaultTotals        []FaultTotal   `json:"fault_totals"`          // by --fault
	Difference         *Difference    `json:"difference"`            // nil without a baseline
	SLO                []Held         `json:"slo,omitempty"`         // whether each objective is kept; nil without
	Pool               *PoolFigures   `json:"pool,omitempty"`        // nil without a pool
	Broker             *BrokerFigures `json:"broker,omitempty"`      // nil where it is no broker that was simulated
	Queue              *QueueFigures  `json:"queue,omitempty"`       // nil where nobody watches how many wait
	Claiming           *ClaimFigures  `json:"claiming,omitempty"`    // nil without claims

	Stuck      Count          `json:"stuck,omitempty"`      // how often a balancer found that a worker was silent for too long, whole run
	Refusals   []RefusalRow   `json:"refusals,omitempty"`   // rejections for reasons that have a name; nil without any
	Regulators []RegulatorRow `json:"regulators,omitempty"` // in their order; nil without any

	// What is not part of the JSON: for the plots, the log, and the notes beside the table.
	Group           string         `json:"-"` // of the strategy in the table of all
	Place           int            `json:"-"` // the order of that table, from 0
	Latency         *Distribution  `json:"-"` // of measured succeeded requests, in seconds; nil: of a run that was not
	Curves          []LatencyCurve `json:"-"` // percentiles of latency over time, for those who draw it
	Spells          Spells         `json:"-"` // when faults trouble anybody, by --fault; nil where nobody has gone through all their episodes
	Log             *Log           `json:"-"` // every request; nil if none was kept
	Seed            uint64         `json:"-"` // of all randomness; of several runs that of the first
	Interrupted     bool           `json:"-"` // it did not come to its end
	Unaccounted     string         `json:"-"` // the identities that do not hold, in one line; empty if all do
	Wall            bool           `json:"-"` // on the wall clock
	WindowSeconds   float64        `json:"-"` // length of the measured window, at least 0
	Transient       *Transient     `json:"-"` // nil where nobody looks for it
	Cut             *Cut           `json:"-"` // what a first pass has made the warm-up; nil without one
	Unopened        bool           `json:"-"` // the window never opened: the whole of what ran is measured
	Short           bool           `json:"-"` // the window is too short to tell what lasts
	Filling         bool           `json:"-"` // short, as the number in the system grows, but ever more slowly
	Piling          bool           `json:"-"` // the number in the system grows by those requests alone that faults have swallowed
	GrowthPerSecond float64        `json:"-"` // of the number in the system, where it is saturated, filling or piling; else 0
	BeyondSlowdowns Count          `json:"-"` // measured requests whose slowdown lies beyond its histogram
	Slots           float64        `json:"-"` // of workers, mean number that were there
	WorkSeconds     float64        `json:"-"` // mean work that the measured succeeded requests asked for; 0 if none did
	SlotSeconds     float64        `json:"-"` // mean time of slots that a measured request asks for: of all its services, or of one if it got none; 0: nothing was served
}

// A Count is how many; of one run it is whole, of several it is the mean of theirs.
type Count float64

// RequestCounts are all requests of the run, by verdict. They add up to those issued.
type RequestCounts struct {
	Issued Count `json:"issued"`
	Counts
}

// AttemptCounts are all attempts of the run, by verdict. They add up to those sent.
type AttemptCounts struct {
	Sent Count `json:"sent"`
	Counts
}

// Counts are how many ended with each verdict.
type Counts struct {
	Succeeded Count `json:"succeeded"`
	Failed    Count `json:"failed"`
	TimedOut  Count `json:"timed_out"`
	Rejected  Count `json:"rejected"`
	Cancelled Count `json:"cancelled"`
	Lost      Count `json:"lost"`
}

// Executions counts the services of the whole run.
type Executions struct {
	Begun      Count `json:"begun"`
	Skipped    Count `json:"skipped"`    // attempts whose time was over before they were served
	Late       Count `json:"late"`       // finished after the verdict on their attempt
	Duplicated Count `json:"duplicated"` // beyond the first of their attempt
	Buried     Count `json:"buried"`     // attempts that a fault swallowed, or a dead worker refused, before they were served
	Broken     Count `json:"broken"`     // cut by a death, of attempts that were claimed
}

// A Spread describes a distribution. Percentiles with fewer than ten samples beyond them are nil.
type Spread struct {
	Mean *float64 `json:"mean"`
	SD   *float64 `json:"sd"`
	P50  *float64 `json:"p50"`
	P90  *float64 `json:"p90"`
	P95  *float64 `json:"p95"`
	P99  *float64 `json:"p99"`
	P999 *float64 `json:"p999"`
	Max  *float64 `json:"max" mean:"max"`
}

// A WorkerRow is one worker's part of the measured window.
type WorkerRow struct {
	ID          int      `json:"id" mean:"key"`
	Speed       float64  `json:"speed"`
	Requests    Count    `json:"requests"`               // services begun in the window
	Processed   Count    `json:"processed"`              // services that ended well, whole run
	Failed      Count    `json:"failed"`                 // services that ended with an error, or were cut, whole run
	Share       *float64 `json:"share"`                  // of all such services
	Utilization *float64 `json:"utilization"`            // busy time of its slots over the time that they were there
	MeanActive  *float64 `json:"mean_active"`            // slots in service, while it was there
	MeanPending *float64 `json:"mean_pending"`           // sent to it and not yet done
	MaxPending  *Count   `json:"max_pending" mean:"max"` // nil with several balancers: none of them sees it
	Fair        float64  `json:"-"`                      // requests of the window, were each dealt by speed to those that were there; 0: nobody knows
	QueueFull   bool     `json:"-"`                      // it held as many as it may, of every balancer, at some time in the window; false if it has no queue

	Retries *Count `json:"retries,omitempty"`                  // tries beyond the first of what has failed, whole run; nil without --message-retry
	Lately  *Count `json:"requests_last_10_seconds,omitempty"` // services begun in the last ten seconds of the window; nil without claims, a broker, a pool or --priority-work, or where nobody knew its end
}

// A ClassRow is the latency of one class of requests.
type ClassRow struct {
	Class          string   `json:"class" mean:"key"` // priority or zone, and its number
	Requests       Count    `json:"requests"`         // measured
	SuccessShare   *float64 `json:"success_share"`
	LatencySeconds Spread   `json:"latency_seconds"`
}

// A SeriesRow is one part of the run, from an instant up to that of the next row.
type SeriesRow struct {
	AtSeconds       float64  `json:"at_seconds" mean:"key"`
	RatePerSecond   float64  `json:"rate_per_second"`  // requests that began
	InSystem        float64  `json:"in_system"`        // mean number of requests between intended start and verdict
	Workers         float64  `json:"workers"`          // mean number
	Active          *float64 `json:"active,omitempty"` // mean number of those that held something; nil without a pool
	P50             *float64 `json:"p50"`              // latency in seconds of the requests that began here and succeeded
	P99             *float64 `json:"p99"`
	ErrorsPerSecond float64  `json:"errors_per_second"` // verdicts that are no success

	Verdicts VerdictRates `json:"verdicts_per_second"` // requests that were decided
}

// VerdictRates are how many were decided per second, by verdict.
type VerdictRates struct {
	Succeeded float64 `json:"succeeded"`
	Failed    float64 `json:"failed"`
	TimedOut  float64 `json:"timed_out"`
	Rejected  float64 `json:"rejected"`
	Cancelled float64 `json:"cancelled"`
	Lost      float64 `json:"lost"`
}
