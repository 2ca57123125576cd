package command

import (
	"errors"
	"fmt"
	"slices"

	"waza/internal/option"
	"waza/worker"
)

func (f *flags) declareFaults(s *section) {
	faults := &f.run.Faults
	v := s.add(&flag{
		want:    faultExamples() + ", with worker=, and at= and for= or mtbf= and mttr=",
		several: f.toldFaults,
		set: func(text string) error {
			fault, err := parseFault(text)
			if err == nil && len(*faults) == maxFaults {
				err = fmt.Errorf("want at most %d faults", maxFaults)
			}
			if err == nil {
				*faults = append(*faults, fault)
			}
			return err
		},
		value: func() any { return *faults },
	}, "fault", "", "`FAULT` is "+faultExamples()+
		", with worker=ID, ID-ID, N% or all, and at=1s,for=5s or mtbf=30s,mttr=5s; repeatable; none leaves out those of a scenario")
	v.idle(func() bool { return len(*faults) == 0 }, "")
	f.declareMessages(s)
	f.declareLeases(s)
	bind(s, &f.run.Grace, option.Length(0), "grace", "5s", "for what is in flight, after an interruption")
}

// toldFaults are the faults in canonical form.
func (f *flags) toldFaults() []string {
	var texts []string
	for _, fault := range f.run.Faults {
		texts = append(texts, fault.String())
	}
	return texts
}

// longest is how long a service may take at most, in seconds, that would take so long without faults.
func (f *flags) longest(took float64) float64 {
	for _, fault := range f.run.Faults {
		took = fault.Longest(took*1e9) / 1e9
	}
	return took
}

// checkFaults refuses faults of workers that do not exist.
func (f *flags) checkFaults() error {
	if f.run.Claim > 0 && !f.given("heartbeat") {
		f.run.Heartbeat = f.run.Claim / 3
	}
	if f.isClosed() && f.proxied() && worker.NoneServes(f.faultsAt(true), f.run.Proxies.Number, f.run.Proxies.Number, 1) {
		typed := f.flag("fault").typed
		return wrong("fault", typed[len(typed)-1], "want some proxy that goes on: with --arrivals=closed its requesters would wait for ever")
	}
	if f.isClosed() && worker.NoneServes(f.faultsAt(false), f.run.Staying(), f.run.Workers, max(1, len(f.run.Parameters.Delays))) {
		typed := f.flag("fault").typed
		return wrong("fault", typed[len(typed)-1], "want some worker that goes on: with --arrivals=closed its requesters would wait for ever")
	}
	if f.isClosed() && f.run.Starves() {
		return f.wrong("health", "want --timeout or --deadline beside it, propagated: with --arrivals=closed requesters would wait for ever for workers that pass no check any more")
	}
	for i, fault := range f.run.Faults {
		var err error
		if f.run.Faults[i], err = fault.Claimed(f.run.Claim > 0 && !fault.Proxies); err != nil {
			return wrong("fault", f.flag("fault").typed[i], err.Error())
		}
		if err := f.checkFault(f.run.Faults[i]); err != nil {
			return wrong("fault", f.flag("fault").typed[i], err.Error())
		}
	}
	return nil
}

// checkFault refuses one that hits whom there is not, or leaves somebody to wait for ever.
func (f *flags) checkFault(fault worker.Fault) error {
	zones := max(1, len(f.run.Parameters.Delays))
	if fault.Proxies {
		if err := f.checkProxyFault(fault); err != nil {
			return err
		}
	}
	switch s := fault.Workers; {
	case !fault.Proxies && s.Share == 0 && s.Last >= f.run.Workers:
		return fmt.Errorf("want workers from 0 to %d", f.run.Workers-1)
	case fault.Zone != worker.AnyZone && zones == 1:
		return fmt.Errorf("want --zones beside zone=%d: without, all workers are in one place", fault.Zone)
	case fault.Zone >= zones:
		return fmt.Errorf("want zones from 0 to %d", zones-1)
	case fault.Swallows() && f.isClosed() && !f.ends() && !(fault.Kills() && !fault.Proxies && f.run.Claim > 0):
		return errors.New("want --timeout or --deadline beside it: a requester of a closed loop would wait for ever for the answer that it swallows")
	}
	return nil
}

// checkPhases refuses faults that come and go so often that to walk through their phases would take minutes.
func (f *flags) checkPhases() error {
	length := f.totalTime()
	if c := f.run; c.Beating() {
		if beats := length / c.Heartbeat.Seconds() * float64(c.Workers+c.Proxies.Number); beats > maxPhases {
			return f.wrong(f.cause("claim", "heartbeat"), fmt.Sprintf("want at most %s beats of all workers, and the %s that the run would take if one worker did all the work have %s",
				option.Grouped(maxPhases), seconds(length), figure(beats)))
		}
	}
	for i, fault := range f.run.Faults {
		if fault.MTBF == 0 {
			continue
		}
		if phases := 2 * length / (fault.MTBF + fault.MTTR).Seconds(); phases > maxPhases {
			return wrong("fault", f.flag("fault").typed[i], fmt.Sprintf("want at most %s times of trouble and without per worker, and %s have %s",
				option.Grouped(maxPhases), seconds(length), figure(phases)))
		}
	}
	return nil
}

// ends tells whether an attempt ends by itself.
func (f *flags) ends() bool { return f.run.Timeout > 0 || f.run.Deadline > 0 }

// mayDie tells whether some fault kills workers, which may then come back.
func (f *flags) mayDie() bool { return slices.ContainsFunc(f.run.Faults, worker.Fault.Kills) }

// mayBeMissed tells whether some fault keeps workers from answering health checks.
func (f *flags) mayBeMissed() bool {
	return slices.ContainsFunc(f.run.Faults, func(fault worker.Fault) bool { return fault.Kills() || fault.Stops() || fault.Kind == "blackhole" })
}

// mayFail tells whether some fault makes requests fail. Those that are slow come to their end.
func (f *flags) mayFail() bool {
	return slices.ContainsFunc(f.run.Faults, func(fault worker.Fault) bool { return fault.Fails() || fault.Swallows() })
}

// remarkFaults names faults that leave nobody, that hit nobody, or that begin when all requests have begun.
func (f *flags) remarkFaults() {
	c, end := f.run, f.arrivalsEnd()
	if !f.ends() && worker.NoneServes(f.faultsAt(false), c.Staying(), c.Workers, max(1, len(c.Parameters.Delays))) && !slices.ContainsFunc(c.Faults, worker.Fault.Swallows) {
		f.note("no worker is left when all have crashed, and requests that wait then are lost %s after the last has begun", option.Short(c.Grace))
	}
	for i, fault := range c.Faults {
		text := option.Printable(f.flag("fault").typed[i])
		hit, all, zones, who := false, c.Workers, max(1, len(c.Parameters.Delays)), counted(c.Workers, "worker")
		if fault.Proxies {
			all, zones, who = c.Proxies.Number, 1, fmt.Sprintf("--proxies=%d", c.Proxies.Number)
		}
		for id := range all {
			hit = hit || fault.Hits(id, all, zones)
		}
		f.remarkShareOf(fault.Workers, text, all, who)
		switch {
		case !hit:
			f.note("--fault=%s hits nobody: %v of %s is none", text, fault.Workers, who)
		case fault.Swallows() && !f.ends() && (c.Claim == 0 || fault.Proxies):
			f.note("--fault=%s swallows answers, and without --timeout or --deadline nobody tells the requester: such requests are lost %s after the last has begun",
				text, option.Short(c.Grace))
		case end > 0 && fault.At >= end:
			f.note("--fault=%s begins when all requests have: they arrive for %s s", text, figure(end.Seconds()))
		default:
			f.remarkWarmup(fault, text, c.WarmupOf(end))
		}
	}
	if c.Starves() {
		f.note("requests may wait for ever for workers that pass no check of --health any more: they are lost %s after the last has begun", option.Short(c.Grace))
	}
}

// parseFault reads KIND:key=value,…
func parseFault(s string) (worker.Fault, error) {
	c, set := option.ParseClause(s), option.Values{}
	kind, found := worker.FindFault(c.Kind)
	if !found {
		var names []string
		for _, k := range worker.FaultKinds() {
			names = append(names, k.Name)
		}
		return worker.Fault{}, errors.New("want as kind of fault " + option.Either(names) + option.Suggestion(c.Kind, names))
	}
	c.Expect(0, slices.Concat(worker.CommonKeys(), kind.Keys).Names()...)
	for _, key := range kind.Keys {
		c.Need(key, set)
	}
	for _, key := range worker.CommonKeys() {
		c.Read(key, set)
	}
	if c.Err != nil {
		return worker.Fault{}, c.Err
	}
	return kind.New(set)
}

// listFaults shows every kind of fault with what it does and the keys that it takes. A key without a default must be given, or is of
// no effect unless it is.
func listFaults() string {
	text := ""
	keys := func(keys option.List) {
		for _, key := range keys {
			want := key.Want()
			if key.Default() != "" {
				want += "; by default " + key.Default()
			}
			text += fmt.Sprintf("  %-6s  %s (%s)\n", key.Name(), key.Help(), want)
		}
	}
	for _, k := range worker.FaultKinds() {
		text += k.Name + ": " + k.Does + "\n"
		keys(k.Keys)
	}
	text += "each of them also takes\n"
	keys(worker.CommonKeys())
	return text
}

// faultExamples are one of each kind.
func faultExamples() string {
	var all []string
	for _, k := range worker.FaultKinds() {
		all = append(all, k.Example)
	}
	return option.Either(all)
}
