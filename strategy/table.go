package strategy

import (
	"fmt"
	"math/rand/v2"
)

// Parameters are the numbers that strategies take; each uses its own.
type Parameters struct {
	Tie     Tie // least-loaded: which of several equally loaded workers wins
	Choices int // power-of-two: how many workers to draw, at least 1
}

// A Kind is one line of the table of strategies.
type Kind struct {
	Name string // as in --strategy
	Does string // one sentence, for --strategies and --help
	make func(Parameters, *rand.Rand) Strategy
}

// Table lists every strategy that there is, in the order in which all of them are shown.
func Table() []Kind {
	return []Kind{
		{"least-loaded", "the worker with the fewest pending requests, from a heap", newLeastLoaded},
		{"round-robin", "the next worker in turn", newRoundRobin},
		{"random", "any worker, all equally likely", newRandom},
		{"power-of-two", "the less loaded of two workers drawn at random", newPowerOfTwo},
		{"pull", "whoever has been idle longest; requests wait in one central queue", newPull},
		{"most-loaded", "the worker with the most pending requests: the negative control", newMostLoaded},
	}
}

// Names returns the names of all strategies, in the order of the table.
func Names() []string {
	var names []string
	for _, k := range Table() {
		names = append(names, k.Name)
	}
	return names
}

// New makes the strategy of that name. All its random draws come from rng, which it owns from now on.
func New(name string, p Parameters, rng *rand.Rand) (Strategy, error) {
	for _, k := range Table() {
		if k.Name == name {
			return k.make(p, rng), nil
		}
	}
	return nil, fmt.Errorf("no strategy is named %q", name)
}
