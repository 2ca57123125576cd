package command

import (
	"fmt"
	"math"
	"slices"
	"time"

	"waza/internal/option"
	"waza/internal/simulation"
)

// The workload is N requests at mean rate λ over T = N/λ. The flags say two of the three, or one and the load
// ρ = λ E[S] / capacity, and planning works out the rest.

// load is what the flags say of it.
type load struct {
	share, rate float64       // ρ or λ
	duration    time.Duration // T; 0: as long as N requests take
	think, work distribution
	gaps        distribution // with --arrivals=gaps
	mean        float64      // E[S] in seconds, once it is planned
}

func (f *flags) declareLoad(s *section) {
	bind(s, &f.share, option.Above(0, 2), "load", "0.8", "share of the workers' capacity that is asked for, up to 2").
		idle(f.isClosed, closedHas("load")).
		idle(func() bool { return f.given("rate") }, "only one of --load and --rate").
		idle(func() bool { return (f.isTraced() || f.isGapped()) && !f.given("load") }, "")
	bind(s, &f.rate, option.Above(0, maxRate), "rate", "", "`R` requests per second, instead of --load").
		idle(f.isClosed, closedHas("rate")).
		idle(f.ungiven("rate"), "")
	f.declareArrivals(s)
	bind(s, &f.think, distributions(0), "think", "100ms", "between the requests of a closed requester; as for --work").
		idle(func() bool { return !f.isClosed() }, "--arrivals=closed beside it: other requesters do not think")
	bind(s, &f.work, distributions(1), "work", "exponential:10ms",
		"of a request, on a worker of speed 1: 10ms, constant:10ms, exponential:10ms, uniform:5ms,15ms, lognormal:10ms,cv=2, "+
			"pareto:10ms,alpha=1.5,max=10s or bimodal:9ms,110ms,p=0.01").
		idle(f.isTraced, workIsTraced).
		idle(func() bool { return f.given("priority-work") }, "no work beside --priority-work: that says how much work each priority has")
	bind(s, &f.run.Jitter, option.Number(0, 10), "jitter", "0", "coefficient of variation of noise on each service")
}

func (f *flags) isClosed() bool { return f.run.Arrivals == simulation.Closed }

func closedHas(no string) string {
	return "no " + no + " with --arrivals=closed: there requests follow from answers"
}

const workIsTraced = "no work beside --trace: the trace says how much work there is"

// capacity is how much work the workers do per second, in seconds: those of a pool that are there at the start.
func capacity(c *simulation.Config) float64 {
	if c.Resized() {
		return capacityOf(c, c.Pool.Start)
	}
	return capacityOf(c, c.Workers)
}

// capacityOf is that of the first n workers.
func capacityOf(c *simulation.Config, n int) float64 {
	sum := 0.0
	for _, speed := range c.Speeds[:n] {
		sum += speed
	}
	return sum * float64(c.Concurrency)
}

// plan works out how many requests arrive how fast.
func (f *flags) plan() error {
	if f.run.WallClock && !f.given("requests") && !f.given("duration") && !f.isClosed() {
		f.duration = wallDuration
	}
	if f.isTraced() {
		return f.planTrace()
	}
	f.run.Work, f.mean = f.work.Distribution, f.meanWork()
	if f.isClosed() {
		return f.planClosed()
	}
	if f.isGapped() {
		return f.planGaps()
	}
	f.run.Rate = f.wantedRate()
	return f.fit()
}

// fit works out N from T, unless the N that was asked for is over before.
func (f *flags) fit() error {
	n, rate := math.Round(f.run.Rate*f.duration.Seconds()), figure(f.run.Rate)
	switch {
	case f.duration == 0:
		return nil
	case n < 1:
		return f.wrong("duration", fmt.Sprintf("want time for one request, at %s per second", rate))
	case f.given("requests") && float64(f.run.Requests) <= n:
		return nil
	case n > maxRequests:
		return f.wrong("duration", fmt.Sprintf("want at most %s requests, at %s per second", option.Grouped(maxRequests), rate))
	}
	f.run.Requests = int(n)
	return nil
}

// wantedRate is λ as --rate or --load say it.
func (f *flags) wantedRate() float64 {
	if f.given("rate") {
		return f.rate
	}
	return f.share * capacity(f.run) / f.mean
}

// isTimed tells whether only time ends a closed loop.
func (f *flags) isTimed() bool { return f.isClosed() && f.duration > 0 && !f.given("requests") }

// planClosed works out N. On the wall clock, where nobody wants to wait long, it is by default what fits the usual
// time, by the upper bounds of Denning and Buzen (1978): no more answers per second than R / (Z + S), nor than the workers have.
func (f *flags) planClosed() error {
	c, think := f.run, f.think.Mean().Seconds()
	c.Think, c.Duration = f.think.Distribution, f.duration
	switch {
	case f.isTimed():
		c.Requests = maxRequests
	case c.WallClock && !f.given("requests"):
		rate := min(float64(c.Requesters)/(think+f.mean), capacityOf(c, c.Workers)/f.mean)
		c.Requests = int(max(1, min(maxRequests, math.Round(rate*wallDuration.Seconds()))))
	}
	if all := f.thinking(); all > maxLength.Seconds() {
		return f.wrong(f.cause("think", "requests"), fmt.Sprintf("want each requester to think for at most %s in all, not %s",
			option.Short(maxLength), seconds(all)))
	}
	return nil
}

// thinking is how long each requester of a closed loop thinks in all, in seconds.
func (f *flags) thinking() float64 {
	all := f.think.Mean().Seconds() * math.Ceil(float64(f.run.Requests)/float64(f.run.Requesters))
	if f.duration > 0 {
		return min(all, f.duration.Seconds())
	}
	return all
}

// most is how many requests there are at most. Where time ends a closed loop, each requester issues one after the other has
// ended: after its work, at a worker of the highest speed, or when its time is up, or at once where it may be rejected.
func (f *flags) most() float64 {
	c := f.run
	if !f.isClosed() || f.duration == 0 {
		return float64(c.Requests)
	}
	shortest := f.mean / slices.Max(c.Speeds)
	for _, d := range []time.Duration{c.Timeout, c.Deadline} {
		if d > 0 {
			shortest = min(shortest, d.Seconds())
		}
	}
	if f.rejects() {
		shortest = 0
	}
	each := f.duration.Seconds()/(f.think.Mean().Seconds()+shortest) + 1
	return min(float64(c.Requests), each*float64(c.Requesters))
}

// checkSpan refuses a run whose arrivals take too long, or less than a nanosecond each.
func (f *flags) checkSpan(n int, rate float64) error {
	if rate > maxRate {
		return f.wrong(f.cause("trace", "work"), fmt.Sprintf("want at most %s requests per second, not %s", option.Grouped(maxRate), figure(rate)))
	}
	if t := float64(n) / rate; !(t <= maxLength.Seconds()) {
		return f.wrong(f.cause("load", "rate", "requests", "trace", "work"), fmt.Sprintf(
			"want a run of at most %s, and %s requests at %s per second take %s", option.Short(maxLength), option.Grouped(n), figure(rate), seconds(t)))
	}
	return nil
}

// totalWork is how much work there is at most, in seconds: the slowest worker may get all of it, all the retries, all the hedges and every fault that
// makes it slower; and uploads are work, too, here.
func (f *flags) totalWork() float64 {
	return f.most() * f.persisted(f.longest(f.mean/slices.Min(f.run.Speeds))+f.uploads()) * float64(f.run.Tries())
}

// checkTotals refuses a run that would leave the range of a time.Duration.
func (f *flags) checkTotals() error {
	c := f.run
	if c.Rate > 0 {
		if err := f.checkSpan(c.Requests, c.Rate); err != nil {
			return err
		}
	}
	if total := f.totalWork(); total > maxTotal.Seconds() {
		return f.wrong(f.cause("message-retry", "work", "trace-work-unit", "trace", "requests", "duration", "speeds", "fault", "upload", "retries", "hedge", "work"), fmt.Sprintf(
			"want at most %s of work in all, for the slowest worker and with every retry, not %s", option.Short(maxTotal), seconds(total)))
	}
	return nil
}

// totalTime is how long a run may take at most, in seconds: its arrivals or thinking, all the work one after the other, the waits for
// regulators, and the backoffs
// and starts of workers, in a closed loop those of one request after the other.
func (f *flags) totalTime() float64 {
	c := f.run
	backoffs := f.passing() + float64(c.Retries)*c.Backoff.Cap.Seconds() + float64(1+c.Retries)*f.starting()
	busy := f.totalWork() + f.regulated()
	if c.Rate > 0 {
		return f.withOutages(busy+float64(c.Requests)/c.Rate) + backoffs
	}
	return f.withOutages(busy) + max(f.thinking(), f.duration.Seconds()) + backoffs*math.Ceil(float64(f.most())/float64(c.Requesters))
}

// checkScale refuses a run whose clock would leave the range of a time.Duration. It goes the faster the shorter the shortest length is, and
// the more sleepers have to be told apart in it.
func (f *flags) checkScale() error {
	c := f.run
	all := f.totalTime() + c.Grace.Seconds() + c.Longest().Seconds()
	most := maxClock.Seconds() / c.Scale()
	if all <= most {
		return nil
	}
	return f.wrong(f.cause("work", "priority-work", "trace-work-unit", "timeout", "deadline", "think", "stale", "refresh", "backoff", "hedge", "fault", "scale-interval", "start-delay",
		"idle-timeout", "linger", "regulator", "upload", "proxy-work", "arrivals", "rate", "requesters", "trace", "workers"),
		fmt.Sprintf("want at most %s of arrivals, work, backoffs and grace in all where %s has to be told apart among so many requesters and workers, not %s",
			seconds(most), nanoseconds(c.Shortest()), seconds(all)))
}
