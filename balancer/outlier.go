package balancer

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// outlier ejects members that answer worse than the others (outlier detection in Envoy; gRPC proposal A50): nothing is sent to them for a
// while, which is longer each time. So many failures in a row eject at once; and every interval those are ejected whose share of successes
// is far below the mean of all that have answered enough, and, where there is a bound on it, those whose answers took longer in the mean. At most
// a share of the members is out at once.
//
// O(1) per completion, O(members) per interval.
type outlier struct {
	deaf
	balancer *Balancer
	set      option.Values
	limit    int       // failures in a row
	records  []*record // by worker id; nil: it has never been a member
	out      int       // members that are ejected
}

// A record is what a member has answered, and what came of it.
type record struct {
	*member
	inARow      int           // failures
	well, badly int           // answers in this interval
	took        float64       // what the good ones took since their dispatch, in ns
	times       int           // that it has been ejected, less what it has been forgiven
	until       time.Duration // when its ejection ends; if it is not ejected, when the last one ended
}

var (
	outlierFailures  = option.New("failures", option.Whole(1, 1_000_000), "5", "in a row, which eject at once")
	outlierDeviation = option.New("deviation", option.Number(0, 1000), "1.9", "below the mean, in standard deviations, that eject")
	outlierInterval  = option.New("interval", option.Length(time.Millisecond), "10s", "between two comparisons")
	outlierRequests  = option.New("requests", option.Whole(1, 1_000_000_000), "100", "answers in it of a worker that is compared")
	outlierWorkers   = option.New("workers", option.Whole(1, option.MaxWorkers), "5", "that are compared at least")
	outlierLatency   = option.New("latency", option.LengthOrNone(), "none", "mean time from dispatch to a good answer that ejects who takes longer")
	outlierBase      = option.New("base", option.Length(1), "30s", "how long the first ejection lasts")
	outlierLongest   = option.New("longest", option.Length(1), "300s", "how long one lasts at most")
	outlierShare     = option.New("share", option.Percentage(), "10%", "of the members that are out at once, at most")

	outlierKeys = option.List{
		outlierFailures, outlierDeviation, outlierInterval, outlierRequests, outlierWorkers, outlierLatency, outlierBase, outlierLongest, outlierShare,
	}
)

// checkOutlier refuses a first ejection that would be cut short.
func checkOutlier(set option.Values) error {
	if base, longest := outlierBase.In(set), outlierLongest.In(set); base > longest {
		return fmt.Errorf("want base <= longest, not base=%s and longest=%s", option.Short(base), option.Short(longest))
	}
	return nil
}

func newOutlier(b *Balancer, set option.Values) watcher {
	o := &outlier{balancer: b, set: set, limit: outlierFailures.In(set)}
	b.every(outlierInterval.In(set), o.sweep)
	return o
}

func (o *outlier) joined(m *member) {
	o.records = withPlace(o.records, m.ID)
	if r := o.records[m.ID]; r == nil || r.member != m {
		o.records[m.ID] = &record{member: m}
	}
	if m.causes&ejected != 0 {
		o.out++
	}
}

func (o *outlier) left(m *member) {
	if m.causes&ejected != 0 {
		o.out--
	}
}

// done counts an answer, unless its member is ejected: then it has been judged already. The answer may come from before the end of an
// ejection that is over by now, or from after it, though the appointment for that is still to be kept.
func (o *outlier) done(m *member, j *worker.Job) {
	r := o.records[m.ID]
	if m.causes&ejected != 0 && !o.balancer.Resolution.Before(j.Finished, r.until) {
		o.restore(r, r.until)
	}
	failed, counts := failed(j)
	switch {
	case !counts || m.causes&ejected != 0:
	case failed:
		r.badly++
		if r.inARow++; r.inARow >= o.limit {
			o.eject(r, j.Finished, fmt.Sprintf("%d failures in a row", r.inARow))
		}
	default:
		r.well++
		r.took += float64(j.Finished - j.Dispatched)
		r.inARow = 0
	}
}

// eject ejects a member from that instant on, unless as many are out as may be. What it has answered until then is forgotten.
func (o *outlier) eject(r *record, at time.Duration, why string) {
	b := o.balancer
	if r.presence != joined || o.out >= b.health.share(outlierShare.In(o.set)) {
		return
	}
	r.times = max(0, r.times-o.forgiven(r, at)) + 1
	length := o.length(r.times)
	until := at + length
	r.inARow, r.until = 0, until
	r.forget()
	o.out++
	b.ledger.Ejections++
	b.mark(r.member, ejected, true, at)
	b.tellSince(at, requester.Ejects, r.member, why)
	b.after(at, length, func(now time.Duration) {
		if b.members[r.ID] == r.member && r.causes&ejected != 0 && r.until == until {
			o.restore(r, now)
		}
	})
}

// forgiven is how many ejections are: one for each whole interval since the last of them ended.
func (o *outlier) forgiven(r *record, at time.Duration) int {
	return int(o.balancer.Resolution.Past(at-r.until) / outlierInterval.In(o.set))
}

// length is how long the ejection lasts that is so many times that of the first.
func (o *outlier) length(times int) time.Duration {
	base, longest := outlierBase.In(o.set), outlierLongest.In(o.set)
	if time.Duration(times) > longest/base {
		return longest
	}
	return time.Duration(times) * base
}

// restore ends an ejection.
func (o *outlier) restore(r *record, at time.Duration) {
	if r.presence == joined {
		o.out--
	}
	o.balancer.mark(r.member, ejected, false, at)
	o.balancer.tellSince(at, requester.Restores, r.member, "")
}

// sweep looks at what members have answered in this interval, and then forgets it.
func (o *outlier) sweep(now time.Duration) {
	var compared []*record
	for _, r := range o.records {
		if r != nil && r.presence == joined && r.well+r.badly >= outlierRequests.In(o.set) {
			compared = append(compared, r)
		}
	}
	o.compare(compared, now)
	if most := outlierLatency.In(o.set); most > 0 {
		o.time(compared, most, now)
	}
	for _, r := range o.records {
		if r != nil {
			r.forget()
		}
	}
}

// forget begins an interval.
func (r *record) forget() { r.well, r.badly, r.took = 0, 0, 0 }

// time ejects whose good answers took longer than that in the mean, the slowest first. Who has just been ejected has none any more.
func (o *outlier) time(compared []*record, most, now time.Duration) {
	slices.SortStableFunc(compared, func(a, b *record) int { return cmp.Compare(b.mean(), a.mean()) })
	for _, r := range compared {
		if took := r.mean(); took > float64(most) {
			o.eject(r, now, fmt.Sprintf("an answer takes %.4g times as long as it may", took/float64(most)))
		}
	}
}

// mean is that of what good answers took, in ns; 0: there was none.
func (r *record) mean() float64 { return r.took / float64(max(1, r.well)) }

// compare ejects who succeeds much less often than the others, the worst first, if they are enough. The deviation is that of all who are
// compared, and no estimate for more of them: with n − 1 in the place of n none of five could ever be so far from the mean.
func (o *outlier) compare(compared []*record, now time.Duration) {
	if len(compared) < outlierWorkers.In(o.set) {
		return
	}
	least := threshold(compared, outlierDeviation.In(o.set))
	slices.SortStableFunc(compared, func(a, b *record) int { return cmp.Compare(a.successes(), b.successes()) })
	for _, r := range compared {
		if share := r.successes(); share < least {
			o.eject(r, now, fmt.Sprintf("%.4g%% succeed, and below %.4g%% is far from the others", 100*share, 100*least))
		}
	}
}

// successes is the share of the answers in this interval that are.
func (r *record) successes() float64 { return float64(r.well) / float64(r.well+r.badly) }

// threshold is so many standard deviations below the mean of the shares.
func threshold(compared []*record, deviations float64) float64 {
	mean, squares, n := 0.0, 0.0, float64(len(compared))
	for _, r := range compared {
		mean += r.successes() / n
	}
	for _, r := range compared {
		squares += (r.successes() - mean) * (r.successes() - mean)
	}
	return mean - deviations*math.Sqrt(squares/n)
}
