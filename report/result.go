package report

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Facts are what the processes of one run counted beside the outcomes; the wiring fills them in when all have ended.
type Facts struct {
	Strategy    string
	Group       string        // of the strategy, in the table of all
	Place       int           // the same: the order of the table
	Ended       time.Duration // when the last process had nothing left to do
	Interrupted bool
	Wall        bool // on the wall clock, where sleeps overshoot
	Workers     []WorkerFacts
	Balancer    BalancerFacts
}

// WorkerFacts are the counts of one worker, all its slots together.
type WorkerFacts struct {
	ID          int
	Speed       float64
	Concurrency int           // slots
	Received    int           // jobs taken from the queue, whole run
	Begun       int           // services begun, whole run
	BegunInside int           // services begun inside the window
	Skipped     int           // jobs whose time was over before service, whole run
	Cancelled   int           // jobs dropped before service by the end of the run
	Busy        time.Duration // slot-time in service, whole run
	BusyInside  time.Duration // the same inside the window
	Books       []Book        // what each balancer saw of it
}

// A Book is what one balancer counted of one worker: of what it sent there itself.
type Book struct {
	Pending     time.Duration // ∫ pending dt, whole run
	PendEver    float64       // the same in nanoseconds, which cannot wrap
	PendInside  float64       // the same inside the window
	Held        time.Duration // Σ over its jobs (done − dispatched): must equal Pending
	MostPending int           // inside the window
	MostEver    int           // whole run
}

// BalancerFacts are the counts of all balancers together, over the whole run.
type BalancerFacts struct {
	Admitted   int // requests received
	Dispatched int // sent to a worker
	Completed  int // Done messages of these
	Rejected   int
	Skipped    int // in the backlog: their time was over
	Cancelled  int // in the backlog, by the end of the run
}

// A Result is what the report says of one run; its JSON has the fields that are named for it. Times are in seconds; a figure
// that does not exist is nil. Measured are the requests whose intended start lies in the window, and wait, service and
// slowdown are of the same requests as latency; averages over time are over the window.
type Result struct {
	Strategy           string        `json:"strategy"`
	Swept              *Swept        `json:"swept,omitempty"`       // nil without a sweep
	Replications       int           `json:"replications"`          // runs with a seed each, of which these are the means
	SimulatedSeconds   float64       `json:"simulated_seconds"`     // until nothing was left to do; interrupted: until the last verdict
	Saturated          bool          `json:"saturated"`             // overload: the number in the system grew all through the window, and not because it was filling
	Requests           RequestCounts `json:"requests"`              // whole run
	Attempts           AttemptCounts `json:"attempts"`              // whole run
	Executions         Executions    `json:"executions"`            // whole run
	MeasuredRequests   int           `json:"measured_requests"`     // whatever became of them
	LatencySeconds     Spread        `json:"latency_seconds"`       // intended start to answer, of measured requests that succeeded
	LatencyCI95        *SpreadCI     `json:"latency_ci95_seconds"`  // nil without replications
	AnswerSeconds      Spread        `json:"answer_seconds"`        // intended start to verdict, of all: who fails fast lowers it
	WaitSeconds        Spread        `json:"wait_seconds"`          // start of the answering attempt to the start of its service
	ServiceSeconds     Spread        `json:"service_seconds"`       // start of service to finish
	Slowdown           Spread        `json:"slowdown"`              // latency over work: 1 is no wait at a worker of speed 1
	Throughput         *float64      `json:"throughput_per_second"` // answers inside the window, well or with an error
	Goodput            *float64      `json:"goodput_per_second"`    // of these, well
	SuccessShare       *float64      `json:"success_share"`         // of measured requests
	AttemptsPerRequest *float64      `json:"attempts_per_request"`  // 1 without retries
	WastedWorkShare    *float64      `json:"wasted_work_share"`     // busy time that gave no answer that was used, over all of it
	MeanInSystem       *float64      `json:"mean_in_system"`        // requests between intended start and verdict
	WaitedShare        *float64      `json:"waited_share"`          // of those that a worker answered: service began later than the attempt
	Utilization        *float64      `json:"utilization"`           // busy time of slots over all their time
	Imbalance          *float64      `json:"imbalance"`             // the most over the mean of requests per unit of speed and slots
	Jain               *float64      `json:"jain"`                  // (Σx)²/(n Σx²) of the same x: 1 all alike, 1/n one has all
	Workers            []WorkerRow   `json:"workers"`
	Classes            []ClassRow    `json:"classes"`
	Series             []SeriesRow   `json:"series"`
	Difference         *Difference   `json:"difference"` // nil without a baseline

	Group       string                  `json:"-"` // of the strategy, and its place in the table of all: for the plots
	Place       int                     `json:"-"`
	Latency     *hdrhistogram.Histogram `json:"-"` // of measured succeeded requests, in nanoseconds: for the plots
	Unaccounted string                  `json:"-"` // the identities that do not hold; empty if all do
	Short       bool                    `json:"-"` // the window is too short to tell what lasts
	Notes       []string                `json:"-"` // one line each, for people: window never opened, overload, out of range, …
	Log         []byte                  `json:"-"` // rows of the requests log: see WriteLog
}

// Swept is the flag that a sweep varies, and its value in this run.
type Swept struct {
	Flag  string  `json:"flag"`
	Value float64 `json:"value"`
}

// RequestCounts counts the requests of the whole run by verdict.
type RequestCounts struct {
	Issued    int `json:"issued"`
	Succeeded int `json:"succeeded"`
	Failed    int `json:"failed"`
	TimedOut  int `json:"timed_out"`
	Rejected  int `json:"rejected"`
	Cancelled int `json:"cancelled"`
	Lost      int `json:"lost"`
}

// AttemptCounts counts the attempts of the whole run by verdict.
type AttemptCounts struct {
	Sent      int `json:"sent"`
	Succeeded int `json:"succeeded"`
	Failed    int `json:"failed"`
	TimedOut  int `json:"timed_out"`
	Rejected  int `json:"rejected"`
	Cancelled int `json:"cancelled"`
	Lost      int `json:"lost"`
}

// Executions counts the services of the whole run.
type Executions struct {
	Begun      int `json:"begun"`
	Skipped    int `json:"skipped"`    // attempts whose time was over before they were served
	Late       int `json:"late"`       // finished after the verdict on their attempt
	Duplicated int `json:"duplicated"` // beyond the first of their attempt
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
	Max  *float64 `json:"max"`
}

// A SpreadCI holds 95 % confidence intervals, low and high.
type SpreadCI struct {
	Mean [2]float64 `json:"mean"`
	P50  [2]float64 `json:"p50"`
	P90  [2]float64 `json:"p90"`
	P99  [2]float64 `json:"p99"`
	P999 [2]float64 `json:"p999"`
}

// A WorkerRow is one worker's part of the measured window.
type WorkerRow struct {
	ID          int      `json:"id"`
	Speed       float64  `json:"speed"`
	Requests    int      `json:"requests"`
	Share       *float64 `json:"share"`
	Utilization *float64 `json:"utilization"`
	MeanPending *float64 `json:"mean_pending"`
	MaxPending  *int     `json:"max_pending"` // nil with several balancers: none of them sees it
}

// A ClassRow is the latency of one class of requests.
type ClassRow struct {
	Class          string   `json:"class"`
	Requests       int      `json:"requests"`
	SuccessShare   *float64 `json:"success_share"`
	LatencySeconds Spread   `json:"latency_seconds"`
}

// A SeriesRow is one part of the run.
type SeriesRow struct {
	AtSeconds       float64  `json:"at_seconds"`
	RatePerSecond   float64  `json:"rate_per_second"`
	InSystem        float64  `json:"in_system"`
	Workers         float64  `json:"workers"`
	P50             *float64 `json:"p50"`
	P99             *float64 `json:"p99"`
	ErrorsPerSecond float64  `json:"errors_per_second"`
}

// A Difference compares a run with the baseline's, seed by seed.
type Difference struct {
	Baseline string         `json:"baseline"`
	Mean     DifferenceSpan `json:"mean"`
	P99      DifferenceSpan `json:"p99"`
}

// A DifferenceSpan is a difference with its 95 % interval.
type DifferenceSpan struct {
	Seconds float64    `json:"seconds"`
	CI95    [2]float64 `json:"ci95"`
}

// A Document is one invocation's whole result.
type Document struct {
	Version     string   `json:"version"`
	Command     string   `json:"command"`
	Seed        uint64   `json:"seed"`
	Clock       string   `json:"clock"` // simulated or wall
	Scenario    *string  `json:"scenario"`
	Interrupted bool     `json:"interrupted"`
	Config      Settings `json:"config"` // marshals as an object, in this order
	Runs        []Result `json:"runs"`
}

// A Setting is one flag that shapes the run: its name and its value (number, bool, string or nil).
type Setting struct {
	Name  string
	Value any
}
