package report

// A FaultRow is one episode of a fault at one worker. Of each --fault the first hundred are listed, in order of their start.
type FaultRow struct {
	Kind           string   `json:"kind"`
	Worker         int      `json:"worker"`
	StartSeconds   float64  `json:"start_seconds"`   // since the start of the run
	EndSeconds     *float64 `json:"end_seconds"`     // the same; nil: it lasts as long as the run
	DetectSeconds  *float64 `json:"detect_seconds"`  // from its start until the worker was passed over; nil: it never was
	RecoverSeconds *float64 `json:"recover_seconds"` // from its end until latencies were those of before; nil: they never were
	Harmed         *int     `json:"harmed"`          // requests that began meanwhile and did not succeed, or took longer than nearly all before; nil: there was no time before
	Name           string   `json:"-"`               // of the fault as it was given: its kind and keys
}
