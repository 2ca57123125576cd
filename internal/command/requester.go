package command

import (
	"errors"
	"math"
	"strings"
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/strategy"
)

// maxRetries is of one request, so that it has at most requester.MostAttempts with their hedges.
const maxRetries = 100

func (f *flags) declareRequester(s *section) {
	c := f.run
	bind(s, &c.Timeout, option.LengthOrNone(), "timeout", "none", "of each attempt, from its start")
	bind(s, &c.Deadline, option.LengthOrNone(), "deadline", "none", "of the request, from its intended start")
	bindSwitch(s, &c.Propagate, "propagate-deadline", "true", "skip work that nobody waits for").
		idle(func() bool { return c.Timeout == 0 && c.Deadline == 0 && !c.Hedge.On() },
			"--timeout, --deadline or --hedge beside it: without, there is no end to propagate")
	bind(s, &c.Retries, option.Whole(0, maxRetries), "retries", "0", "more attempts at most, after the first")
	bind(s, &c.Backoff, backoffs(), "backoff", "full-jitter:10ms,1s",
		"before a retry: none, constant:10ms, or base,longest after exponential:, full-jitter:, equal-jitter:, decorrelated:").
		idle(func() bool { return c.Retries == 0 }, "--retries above 0 beside it")
	bind(s, &c.Hedge, hedges(), "hedge", "none",
		"so long after an attempt has begun, if there is no answer, another goes to another worker, and the first success wins: "+
			"a length, or a percentile such as p95 of the last 1,000 latencies of the requester, once it has 100").
		check(f.checkHedge)
	bind(s, &c.RetryBudget, option.OrNone(option.Above(0, 100), 0), "retry-budget", "none",
		"retries and hedges per request, at most, on the mean").
		idle(func() bool { return c.Retries == 0 && !c.Hedge.On() }, "--retries above 0 or --hedge beside it: nothing else asks the budget")
	bind(s, &c.MinRetries, option.Number(0, maxRate), "min-retries-per-second", "10", "that the budget allows beside those, of all requesters").
		idle(func() bool { return c.RetryBudget == 0 }, "--retry-budget beside it: without, there may be any number")
}

// hedges reads how long an attempt is alone.
func hedges() option.Kind[requester.Hedge] {
	lengths, percentiles := option.Length(1), option.Between(0, 100)
	k := option.Kind[requester.Hedge]{Want: "a percentile above p0 and below p100, such as p95, or " + lengths.Want}
	k.Parse = func(s string) (h requester.Hedge, err error) {
		if percentile, is := strings.CutPrefix(s, "p"); is {
			h.Percentile, err = percentiles.Parse(percentile)
		} else {
			h.After, err = lengths.Parse(s)
		}
		if err != nil {
			err = k.Refuse()
		}
		return h, err
	}
	k.Show = func(h requester.Hedge) string {
		if h.After > 0 {
			return option.Short(h.After)
		}
		return "p" + option.FormatDecimal(h.Percentile)
	}
	return option.OrNone(k, requester.Hedge{})
}

// checkHedge refuses a hedge after the end.
func (f *flags) checkHedge() error {
	c := f.run
	for _, end := range []struct {
		flag string
		is   time.Duration
	}{{"timeout", c.Timeout}, {"deadline", c.Deadline}} {
		if end.is > 0 && c.Hedge.After >= end.is {
			return errors.New("want a length below --" + end.flag + "=" + option.Short(end.is) + ": nobody waits for the attempt after that")
		}
	}
	return nil
}

// remarkEnds names a timeout at whose end the deadline is over.
func (f *flags) remarkEnds() {
	if c := f.run; c.Deadline > 0 && c.Timeout >= c.Deadline {
		f.note("--timeout=%s changes nothing: by then --deadline=%s is over", option.Short(c.Timeout), option.Short(c.Deadline))
	}
}

// remarkHedges names hedges that wait where the first attempt does, and a percentile that no requester ever knows.
func (f *flags) remarkHedges() {
	c, set := f.run, f.run.Parameters.Set
	if !c.Hedge.On() {
		return
	}
	for _, few := range []struct {
		is           bool
		where, there string
	}{
		{c.Workers == 1, "", "--workers=1"},
		{c.Workers > 1 && f.chosen([]string{"subset"}) && strategy.SubsetSize.In(set) == 1, "under subset ", "--subset-size=1"},
		{c.Workers > 1 && f.chosen([]string{"shuffle-shard"}) && strategy.ShardSize.In(set) == 1, "under shuffle-shard ", "--shard-size=1"},
	} {
		if few.is {
			f.note("--hedge=%s: %sa hedge goes to the worker that has the first attempt, and only adds work: with %s there is no other",
				f.flag("hedge"), few.where, few.there)
		}
	}
	each := math.Ceil(f.most() / float64(c.Requesters))
	if c.Hedge.Percentile > 0 && each <= requester.Enough {
		f.note("--hedge=%s changes nothing: a requester knows it once %d of its requests are answered, and each has %s",
			f.flag("hedge"), requester.Enough, counted(int(each), "request"))
	}
}
