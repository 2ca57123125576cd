package command

import (
	"fmt"
	"math"
	"time"

	"waza/internal/option"
)

// checkOutages refuses faults under which a worker, or a proxy, hardly ever works: several that come and go by themselves seldom are all away.
func (f *flags) checkOutages() error {
	if err := f.checkOutagesOf("worker", false, f.run.Workers, max(1, len(f.run.Parameters.Delays))); err != nil {
		return err
	}
	if err := f.checkLives(); err != nil {
		return err
	}
	return f.checkOutagesOf("proxy", true, f.run.Proxies.Number, 1)
}

func (f *flags) checkOutagesOf(one string, proxies bool, n, zones int) error {
	const least = 0.001
	for id := range n {
		works, last := 1.0, 0
		for i, fault := range f.run.Faults {
			if fault.Proxies == proxies && (fault.Kills() || fault.Stops()) && fault.MTBF > 0 && fault.Hits(id, n, zones) {
				works *= fault.MTBF.Seconds() / (fault.MTBF + fault.MTTR).Seconds()
				last = i
			}
		}
		if works < least {
			return wrong("fault", f.flag("fault").typed[last], fmt.Sprintf("want %s %d to work a thousandth of the time at least, and all its crashes and stalls leave it %s", one, id, figure(works)))
		}
	}
	return nil
}

// checkLives refuses crashes under which a worker hardly ever lives for as long as a mean request takes it, where that is claimed and tried again
// until it is done. Lives are exponential: one is so long with probability e^(-service/life).
func (f *flags) checkLives() error {
	const least = 0.001
	if f.run.Claim == 0 || f.ends() && f.run.Propagate {
		return nil
	}
	for id := range f.run.Workers {
		crashes, last := 0.0, 0 // per second
		for i, fault := range f.run.Faults {
			if fault.Kills() && !fault.Proxies && fault.MTBF > 0 && fault.Hits(id, f.run.Workers, max(1, len(f.run.Parameters.Delays))) {
				crashes += 1 / fault.MTBF.Seconds()
				last = i
			}
		}
		service := f.mean / f.run.Speeds[id]
		if lives := math.Exp(-service * crashes); lives < least {
			return wrong("fault", f.flag("fault").typed[last], fmt.Sprintf("want worker %d to live for as long as a mean request takes it, %s, a thousandth of the times at least, "+
				"or a --deadline or --timeout that is propagated: what is claimed would be tried for ever", id, option.Short(time.Duration(service*float64(time.Second)))))
		}
	}
	return nil
}

// withOutages adds to a time, in seconds, that in which workers may be dead or stand still meanwhile.
func (f *flags) withOutages(length float64) float64 {
	all := length
	for _, fault := range f.run.Faults {
		if !fault.Kills() && !fault.Stops() {
			continue
		}
		all += (fault.At + fault.For).Seconds()
		if fault.MTBF > 0 {
			all += length * fault.MTTR.Seconds() / fault.MTBF.Seconds()
		}
	}
	return all
}
