package command

import (
	"time"

	"waza/internal/option"
	"waza/requester"
	"waza/worker"
)

// remarkRedundant names faults that change nothing beside what holds without them, or beside each other.
func (f *flags) remarkRedundant() {
	for i, fault := range f.run.Faults {
		if fault.Harmless() {
			f.note("--fault=%s changes nothing: with factor=1 a service takes as long as without", f.typedFault(i))
		}
		for j, other := range f.run.Faults[:i] {
			if id, overlap := f.overlap(fault, other); overlap {
				f.note("--fault=%s and --fault=%s overlap at worker %d: the two are one %s there, which ends when both have",
					f.typedFault(j), f.typedFault(i), id, fault.Kind)
				break
			}
		}
	}
}

func (f *flags) typedFault(i int) string { return option.Printable(f.flag("fault").typed[i]) }

// overlap tells whether two faults of one kind, of which one at a time does all that there is to do, are there together by plan, and names
// the first worker at which they are. Of proxies, and of those that come and go by chance it says nothing: they also come one without the other.
func (f *flags) overlap(a, b worker.Fault) (id int, overlap bool) {
	if a.Proxies || b.Proxies || a.Kind != b.Kind || !a.Kills() && !a.Stops() && a.Kind != "blackhole" || a.MTBF > 0 || b.MTBF > 0 {
		return 0, false
	}
	if a.At >= endOf(b) || b.At >= endOf(a) {
		return 0, false
	}
	zones := max(1, len(f.run.Parameters.Delays))
	for id := range f.run.Workers {
		if a.Hits(id, f.run.Workers, zones) && b.Hits(id, f.run.Workers, zones) {
			return id, true
		}
	}
	return 0, false
}

// endOf is when a fault that is planned ends.
func endOf(fault worker.Fault) time.Duration {
	if fault.For == 0 {
		return requester.Never
	}
	return fault.At + fault.For
}

// arrivalsEnd is when the last request begins, but for chance; 0: nobody knows.
func (f *flags) arrivalsEnd() time.Duration {
	if c := f.run; c.Rate > 0 {
		return time.Duration(float64(c.Requests) / c.Rate * float64(time.Second))
	}
	return f.duration
}

// remarkShareOf says that a share of few is far more than was asked for, as it is rounded up.
func (f *flags) remarkShareOf(s worker.Selection, text string, of int, who string) {
	hit := 0
	for id := range of {
		if s.Contains(id, of) {
			hit++
		}
	}
	if share := float64(hit) / float64(of); s.Share > 0 && share > 1.5*s.Share {
		f.note("--fault=%s hits %d of %s, which is %s%%: a share is rounded up", text, hit, who, figure(100*share))
	}
}

// remarkWarmup names a fault that is planned for the warm-up, wholly or in part. One that is there from the start on and stays is no event.
func (f *flags) remarkWarmup(fault worker.Fault, text string, warmup time.Duration) {
	switch {
	case fault.MTBF > 0 || fault.At >= warmup || fault.At == 0 && fault.For == 0:
	case endOf(fault) <= warmup:
		f.note("--fault=%s is over in the warm-up, of which nothing is measured: it takes %s s", text, figure(warmup.Seconds()))
	default:
		f.note("--fault=%s begins in the warm-up, of which nothing is measured: its harm shows from %s s on, and nothing before it to compare with",
			text, figure(warmup.Seconds()))
	}
}
