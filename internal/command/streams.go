package command

import "waza/internal/option"

// declareStreams makes the flags of what workers claim from one another, as the consumers of streams do.
func (f *flags) declareStreams(s *section) {
	bind(s, &f.run.Unheard, option.Number(0, 1), "announcement-loss", "0",
		"the probability that nobody hears that what a worker held is to be claimed: a sweep finds it, once per --claim").
		idle(func() bool { return f.run.Claim == 0 }, "--claim=… beside it: without, nothing is announced")
}
