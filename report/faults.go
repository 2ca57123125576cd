package report

import "waza/worker"

// A Fault is one --fault of a run.
type Fault struct {
	Kind     string
	Name     string                  // its kind and its keys
	Proxies  bool                    // it troubles proxies
	Episodes func() *worker.Episodes // when it troubles whom, from the first on; instants on the run's clock
}

// A FaultRow is one episode of a fault at one worker. Of each --fault the first hundred are listed, in order of their start.
type FaultRow struct {
	Kind           string   `json:"kind" mean:"key"`
	Worker         int      `json:"worker" mean:"key"`
	Proxy          bool     `json:"proxy,omitempty"`          // that is a proxy
	StartSeconds   float64  `json:"start_seconds" mean:"key"` // since the start of the run
	EndSeconds     *float64 `json:"end_seconds"`              // the same; nil: it lasts as long as the run
	DetectSeconds  *float64 `json:"detect_seconds"`           // from its start until the worker was passed over; nil: it never was
	RecoverSeconds *float64 `json:"recover_seconds"`          // from its end until latencies were those of before; nil: they never were
	Harmed         *Count   `json:"harmed"`                   // requests that began meanwhile and did not succeed, or took longer than nearly all before; nil: there was no time before
	Name           string   `json:"-" mean:"key"`             // of the fault as it was given: its kind and keys
	UntilSeconds   *float64 `json:"-"`                        // as EndSeconds, also where the run is over before; nil: it does not end
}

// MostEpisodes is how many episodes of a fault are counted at most.
const MostEpisodes = worker.MostEpisodes

// A FaultTotal is all episodes of one --fault. Lengths are means over those of which they are known.
type FaultTotal struct {
	Fault          string   `json:"fault" mean:"key"` // its kind and its keys
	Kind           string   `json:"kind"`
	Episodes       Count    `json:"episodes"` // that began while the run lasted, at most MostEpisodes
	Detected       Count    `json:"detected"` // of these
	DetectSeconds  *float64 `json:"detect_seconds"`
	Recovered      Count    `json:"recovered"`
	RecoverSeconds *float64 `json:"recover_seconds"`
	Harmed         *Count   `json:"harmed"`       // requests that began in any of them, and were harmed as a FaultRow says
	Proxies        bool     `json:"-"`            // it troubles proxies
	Workers        []int    `json:"-"`            // that the episodes troubled, or proxies, ascending
	Ended          Count    `json:"-"`            // episodes that were over before the run was
	Followed       Count    `json:"-"`            // of these, those after whose end enough requests began to tell whether they are over
	Rough          bool     `json:"-"`            // fewer than SamplesBeyond requests lie beyond the p99 of before
	Together       Count    `json:"-" mean:"max"` // the most parts of the series that had to be looked at together to tell when one of them was over
}
