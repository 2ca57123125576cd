package command

import (
	"time"

	"waza/internal/option"
)

// The limits of everything that a user may ask for. They are far above what is useful and far below what would
// overflow an instant of the run (a time.Duration since its start, about 2.5 million hours) or exhaust the memory.
const (
	maxWorkers     = option.MaxWorkers
	maxRequesters  = 100_000
	maxBalancers   = 1000
	maxKnown       = 1_000_000 // workers, by all balancers together: each keeps books of every worker
	maxUnseen      = 1_000_000 // attempts that may come before a strategy sees them
	maxRequests    = 1_000_000_000
	maxConcurrency = option.MaxConcurrency
	maxSlots       = 1_000_000   // of all workers together
	maxPlaces      = 200_000_000 // slots and places in queues, of all workers together
	maxQueue       = option.MaxQueue
	maxBacklog     = 1_000_000_000
	maxRetries     = 100
	maxFaults      = 100
	maxPriorities  = 10
	maxZones       = 100
	maxKeys        = 10_000_000 // zipf keeps 8 bytes for each
	maxTables      = 70_000_000 // of all balancers together

	maxLoad   = 2
	maxRate   = 1e9  // per second
	maxSpeed  = 1000 // and at least minSpeed
	minSpeed  = 0.001
	maxCV     = 100
	maxJitter = 10
	maxAlpha  = 100
	maxZipf   = 100

	shareSlack = 1e-9 // by which shares may miss a whole

	maxLength = option.MaxLength    // of any single duration, and of the arrivals of a run
	maxDelay  = time.Hour           // of one way between zones
	maxTotal  = 500_000 * time.Hour // of all the work, if the slowest worker had to do it alone

	maxTraceRows = 10_000_000
)

// wallDuration is how long a run on the wall clock lasts if nobody says anything.
const wallDuration = 10 * time.Second
