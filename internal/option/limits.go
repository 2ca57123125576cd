package option

// The limits of what more than one package speaks of. They are far above what is useful, and far below what would
// exhaust the memory.
const (
	MaxWorkers     = 100_000
	MaxConcurrency = 10_000
	MaxQueue       = 1_000_000
	MaxHeld        = MaxConcurrency + MaxQueue // by one worker
	MaxPriorities  = 10
	MaxZones       = 100
)
