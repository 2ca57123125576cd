package command

import (
	"time"

	"waza/internal/option"
)

// The range of a flag stands in its line. These are the limits that several lines share, and those of what several flags
// come to together. They are far above what is useful and far below what would overflow an instant of the run (a time.Duration
// since its start, about 2.5 million hours) or exhaust the memory.
const (
	maxRequests = 1_000_000_000
	maxRate     = 1e9  // requests per second
	maxSpeed    = 1000 // also of weights
	minSpeed    = 0.001
	maxFaults   = 100
	maxKeys     = 10_000_000 // zipf keeps 8 bytes for each
	maxZipf     = 100

	maxSlots  = 1_000_000   // of all workers together
	maxPlaces = 200_000_000 // slots and places in queues, of all workers together
	maxKnown  = 1_000_000   // workers, by all balancers together: each keeps books of every worker
	maxUnseen = 1_000_000   // attempts that may come before a strategy sees them
	maxTables = 70_000_000  // entries, of all balancers together

	maxWorkers    = option.MaxWorkers
	maxPriorities = option.MaxPriorities
	maxLength     = option.MaxLength      // of any single duration, and of the arrivals of a run
	maxDelay      = time.Hour             // of one way between zones
	maxPhases     = 100_000_000           // of a fault that comes and goes, at one worker
	maxRounds     = 100_000_000           // of what balancers do at intervals
	maxClock      = 2_000_000 * time.Hour // that the clock of a run may go: it begins in 2000, and ends in 2262
	maxTotal      = 500_000 * time.Hour   // of all the work, if the slowest worker had to do it alone
)

// wallDuration is how long a run on the wall clock lasts if nobody says anything.
const wallDuration = 10 * time.Second
