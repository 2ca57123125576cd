package command

import (
	"math"

	"waza/worker"
)

// declareMessages makes the flag of what workers do with a message that has failed.
func (f *flags) declareMessages(s *section) {
	s.add(&flag{
		want: "on, 30s,attempts=10000 or none",
		set: func(text string) (err error) {
			if f.run.Persist = (worker.Retry{}); text != "none" {
				f.run.Persist, err = worker.ParseRetry(text)
			}
			return err
		},
		text:  func() string { return f.run.Persist.String() },
		value: func() any { return f.run.Persist },
	}, "message-retry", "none", "`30s,attempts=10000`, or on: a worker keeps what has failed, and tries it again after so long, at most so often; its slot waits with it").
		idle(func() bool { return f.run.Persist.On() && !f.fails() }, "--fault=flaky:… or fail-fast:… beside it: without, no work fails")
}

// fails tells whether some fault lets work fail that a worker has done.
func (f *flags) fails() bool {
	for _, fault := range f.run.Faults {
		if fault.Fails() && !fault.Kills() {
			return true
		}
	}
	return false
}

// persisted is how long a service may take, in seconds, each try of which takes so long, if a worker tries again: all its tries, where each may
// fail; else as many as hardly any message needs, if one of them may fail by chance, and as many as a fault lasts for.
func (f *flags) persisted(took float64) float64 {
	r := f.run.Persist
	if !r.On() {
		return took
	}
	succeeds, tries, each := 1.0, 1.0, took+r.Interval.Seconds()
	for _, fault := range f.run.Faults {
		if fault.Kills() || !fault.Fails() {
			continue
		}
		switch chance := fault.Chance(); {
		case fault.For > 0:
			tries += fault.For.Seconds()/each + 1
		case fault.MTBF > 0:
			tries += rare * fault.MTTR.Seconds() / each
			succeeds *= fault.MTBF.Seconds() / (fault.MTBF + fault.MTTR).Seconds()
		default:
			succeeds *= 1 - chance
		}
	}
	if succeeds < 1 {
		tries += rare / max(math.SmallestNonzeroFloat64, -math.Log(1-succeeds)) // of one that always fails, all
	}
	return each * min(tries, float64(r.Attempts))
}

// rare is so many times the mean of what is exponential that one in a billion is longer.
const rare = 21
