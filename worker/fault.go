package worker

import (
	"errors"
	"fmt"
	"time"

	"waza/internal/option"
)

// A Fault is something that goes wrong with some workers, some of the time.
type Fault struct {
	Kind    string // its name in FaultKinds
	Proxies bool   // it hits proxies, and Workers says which; else workers
	Workers Selection
	Zone    int           // only of that zone; AnyZone: of all
	At      time.Duration // when it starts
	For     time.Duration // how long it lasts; 0: for ever
	MTBF    time.Duration // mean up-time; 0: not a renewal process, At and For hold
	MTTR    time.Duration // mean down-time
	Set     option.Values // of the keys that its kind takes
}

// AnyZone is the zone of a fault that hits workers of all zones.
const AnyZone = -1

// The keys that every kind takes.
var (
	hitProxies = option.New("proxy", selections(), "", "instead of worker: which of the proxies it hits")
	hit        = option.New("worker", selections(), "all", "whom it hits")
	zone       = option.New("zone", option.OrNone(option.Whole(0, option.MaxZones-1), AnyZone), "none", "of them only those in that zone; none: wherever they are")
	start      = option.New("at", option.Length(0), "0s", "when it starts")
	length     = option.New("for", option.Length(1), "", "how long it lasts; without, for ever")
	mtbf       = option.New("mtbf", option.Length(time.Millisecond), "", "instead: mean time from its end to its next start, exponential")
	mttr       = option.New("mttr", option.Length(time.Millisecond), "", "beside mtbf: mean time that it lasts, exponential")
)

// CommonKeys returns the keys that every kind takes.
func CommonKeys() option.List { return option.List{hit, hitProxies, zone, start, length, mtbf, mttr} }

// New returns a fault of that kind, as the keys say.
func (k FaultKind) New(set option.Values) (Fault, error) {
	f := Fault{
		Kind: k.Name, Workers: hit.In(set), Zone: zone.In(set), At: start.In(set), For: length.In(set), MTBF: mtbf.In(set), MTTR: mttr.In(set),
		Set: option.Values{},
	}
	for _, key := range k.Keys {
		f.Set[key.Name()] = key.Of(set)
	}
	if set[hitProxies.Name()] != nil {
		f.Proxies, f.Workers = true, hitProxies.In(set)
	}
	switch planned := set["at"] != nil || set["for"] != nil; {
	case f.Proxies && set[hit.Name()] != nil:
		return f, errors.New("want either worker or proxy")
	case f.Proxies && f.Zone != AnyZone:
		return f, errors.New("want no zone beside proxy: proxies stand in none")
	case (f.MTBF > 0) != (f.MTTR > 0):
		return f, errors.New("want mtbf and mttr together")
	case f.MTBF > 0 && planned:
		return f, errors.New("want either at and for, or mtbf and mttr")
	case k.refuses != nil:
		return f, k.refuses(f)
	}
	return f, nil
}

// String is the canonical text: every key that says something, in one order.
func (f Fault) String() string {
	text := f.Kind + ":" + f.place().Name() + "=" + f.Workers.String()
	if f.Zone != AnyZone {
		text += fmt.Sprintf(",zone=%d", f.Zone)
	}
	for _, time := range []struct {
		key string
		is  time.Duration
	}{{"mtbf", f.MTBF}, {"mttr", f.MTTR}, {"at", f.At}, {"for", f.For}} {
		if time.is > 0 {
			text += "," + time.key + "=" + option.Short(time.is)
		}
	}
	kind, _ := FindFault(f.Kind)
	for _, key := range kind.Keys {
		text += "," + key.Name() + "=" + key.Text(f.Set)
	}
	return text
}

// place is the key that says whom it hits.
func (f Fault) place() option.Any {
	if f.Proxies {
		return hitProxies
	}
	return hit
}

// effect returns what the fault does. Its kind is in the table: whoever made the fault has looked.
func (f Fault) effect() effect {
	k, found := FindFault(f.Kind)
	if !found {
		panic("worker: no fault is named " + f.Kind)
	}
	return k.make(f.Set)
}

// Hits tells whether the fault hits that worker of so many, who take turns in so many zones.
func (f Fault) Hits(id, workers, zones int) bool {
	return f.Workers.Contains(id, workers) && (f.Zone == AnyZone || f.Zone == id%zones)
}

// Longest returns how long a service may take at most, in nanoseconds, that would take so long without the fault.
func (f Fault) Longest(took float64) float64 { return f.effect().longest(took) }

// Times returns the fault with so many times as long lengths.
func (f Fault) Times(factor float64) Fault {
	for _, d := range []*time.Duration{&f.At, &f.For, &f.MTBF, &f.MTTR} {
		*d = time.Duration(float64(*d) * factor)
	}
	kind, _ := FindFault(f.Kind)
	f.Set = f.Set.Times(factor, kind.Keys)
	return f
}
