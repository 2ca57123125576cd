package command

import "waza/internal/option"

func (f *flags) declareRequester(s *section) {
	c := f.run
	bind(s, &c.Timeout, option.LengthOrNone(), "timeout", "none", "of each attempt, from its start")
	bind(s, &c.Deadline, option.LengthOrNone(), "deadline", "none", "of the request, from its intended start")
	bindSwitch(s, &c.Propagate, "propagate-deadline", "true", "skip work that nobody waits for").
		idle(func() bool { return c.Timeout == 0 && c.Deadline == 0 }, "--timeout or --deadline beside it: without, there is no end to propagate")
	bind(s, &c.Retries, option.Whole(0, 100), "retries", "0", "more attempts at most, after the first")
	bind(s, &c.Backoff, backoffs(), "backoff", "full-jitter:10ms,1s",
		"before a retry: none, constant:10ms, or base,longest after\nexponential:, full-jitter:, equal-jitter:, decorrelated:").
		idle(func() bool { return c.Retries == 0 }, "--retries above 0 beside it")
}
