package worker

import (
	"time"

	"waza/internal/option"
)

// blackhole swallows what comes while it lasts. No slot is held, and what was there before is answered: see Hole.
type blackhole struct{ harmless }

func newBlackhole(option.Values) effect { return blackhole{} }

func (blackhole) swallows(t *Trouble, came time.Duration) (until time.Duration, gone bool) {
	return t.to, t.holds(came)
}

// Engulfs tells whether what arrives at a worker may vanish because of it.
func (f Fault) Engulfs() bool { return f.Kind == "blackhole" }
