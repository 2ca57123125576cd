package simulation

import "math/rand/v2"

// A role tells one source of randomness from another of the same seed.
type role uint64

const (
	arrivalRole role = iota + 1
	workRole
	thinkRole
	strategyRole
	keyRole
	priorityRole
	shapeRole
	gapRole
	queueRole
	proxyRole // the strategies of balancers that send to proxies
)

// stream is the first of the streams of a role.
func (r role) stream() uint64 { return uint64(r) << 48 }

// source returns the generator of one role of one process. Each has its own, so that no draw depends on who drew before.
func (c *Config) source(r role, id int) rand.Source {
	return rand.NewPCG(c.Seed, r.stream()|uint64(id))
}

func (c *Config) random(r role, id int) *rand.Rand { return rand.New(c.source(r, id)) }
