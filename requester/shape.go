package requester

import (
	"math/rand/v2"
	"time"

	"waza/internal/option"
)

// A ShapeKind is one line of the table of shapes: how the rate of Poisson arrivals changes over a run.
//
// Factors are relative to the mean rate λ of the run, and no shape changes that: N requests arrive in T = N/λ, whatever it is. Where
// a shape says its factors for part of the time only, the rate of the rest keeps the mean; where its factors have another mean over
// this run, because it has no whole number of periods or because of how bursts were drawn, all rates are scaled by what is missing.
type ShapeKind struct {
	Name    string
	Does    string // for --help
	Example string // as one may write it: every key with its default
	Keys    option.List

	// settle refuses keys that cannot be together in any run, and sets those that follow from the given ones; nil: neither.
	settle func(given, all option.Values) error
	// over returns the curve of a run of so many nanoseconds, with src as its only source of randomness. Its errors are whole sentences.
	over func(set option.Values, length float64, src rand.Source) (curve, error)
}

// ShapeKinds lists every shape that there is. A new one is one file and one line.
func ShapeKinds() []ShapeKind {
	return []ShapeKind{
		{Name: "ramp", Example: "ramp:from=0.5,to=1.5", Keys: option.List{rampFrom, rampTo}, settle: settleRamp, over: rampOver,
			Does: "the rate changes evenly from the start to the end; from and to add up to 2, and one follows from the other"},
		{Name: "spike", Example: "spike:factor=2,at=10s,for=5s", Keys: option.List{spikeFactor, spikeAt, spikeFor}, over: spikeOver,
			Does: "factor times the mean rate for a while, and before and after it as much less as keeps the mean"},
		{Name: "diurnal", Example: "diurnal:amplitude=0.5,period=1m", Keys: option.List{waveAmplitude, wavePeriod}, over: waveOver,
			Does: "a sine that begins at its mean and rises"},
		{Name: "bursty", Example: "bursty:factor=3,on=1s,off=2s", Keys: option.List{burstFactor, burstOn, burstOff}, settle: settleBursts, over: burstsOver,
			Does: "bursts and pauses, exponential with these means, the first burst from the start; a rate between bursts that keeps the mean"},
	}
}

// FindShape returns the line of the shape of that name, if there is one.
func FindShape(name string) (ShapeKind, bool) {
	for _, k := range ShapeKinds() {
		if k.Name == name {
			return k, true
		}
	}
	return ShapeKind{}, false
}

// A Shape is how the rate of Poisson arrivals changes over a run. The zero value is an even rate.
type Shape struct {
	Kind string        // its name in ShapeKinds; empty: none
	Set  option.Values // of all its keys
}

// New returns a shape of that kind, as the keys say.
func (k ShapeKind) New(set option.Values) (Shape, error) {
	s := Shape{Kind: k.Name, Set: option.Values{}}
	for _, key := range k.Keys {
		s.Set[key.Name()] = key.Of(set)
	}
	if k.settle == nil {
		return s, nil
	}
	return s, k.settle(set, s.Set)
}

// String is the canonical text: every key, in the order of the table.
func (s Shape) String() string {
	kind, _ := FindShape(s.Kind)
	text := s.Kind
	for i, key := range kind.Keys {
		text += [...]string{":", ","}[min(i, 1)] + key.Name() + "=" + key.Text(s.Set)
	}
	return text
}

// Times returns the shape with so many times as long lengths.
func (s Shape) Times(factor float64) Shape {
	if kind, found := FindShape(s.Kind); found {
		s.Set = s.Set.Times(factor, kind.Keys)
	}
	return s
}

// Over returns the shape's curve in a run whose requests arrive for so long, or an error that says why there is none. It depends on
// the length, the shape and src only, so that all requesters of a run, and all its strategies, have the same.
func (s Shape) Over(length time.Duration, src rand.Source) (*Curve, error) {
	kind, found := FindShape(s.Kind)
	if !found {
		panic("requester: no shape is named " + s.Kind) // whoever made the shape has looked
	}
	ns := float64(max(1, length))
	shape, err := kind.over(s.Set, ns, src)
	if err != nil {
		return nil, err
	}
	return &Curve{shape, ns, shape.mass(ns) / ns}, nil
}

// A curve is the cumulative rate of a shape, where the mean rate is 1: after t nanoseconds as much has arrived as does at the mean
// rate in mass(t) nanoseconds. It never falls.
type curve interface {
	mass(t float64) float64
	// when is the inverse: the instant, to the nanosecond, at which so much has arrived.
	when(mass float64) float64
	// peak is the greatest rate.
	peak() float64
}

// A Curve bends the time of a run. It is only read, so requesters may share it.
type Curve struct {
	shape  curve
	length float64 // of the run, in nanoseconds
	mean   float64 // of the shape's rates over the run
}

// when is the instant, in nanoseconds, by which so many requests have arrived as would have by that instant if the rate were even.
func (c *Curve) when(even float64) float64 {
	return min(max(0, c.shape.when(even*c.mean)), c.length)
}

// Peak is the greatest rate that there may be in the run, as a multiple of the mean rate; without a curve it is the mean rate.
func (c *Curve) Peak() float64 {
	if c == nil {
		return 1
	}
	return c.shape.peak() / c.mean
}

// Mean is the mean of the rates that the shape's factors say, over the run. Where it is not 1, all rates were divided by it.
func (c *Curve) Mean() float64 { return c.mean }

// ShapedArrivals are Poisson arrivals in a bent time. The inverse of the cumulative rate makes of uniform points on [0, End] points
// as dense as the rate, in their order: a nonhomogeneous Poisson process on condition of its number of arrivals (Çınlar, 1975).
type ShapedArrivals struct {
	PoissonArrivals
	Curve *Curve // of End
	last  time.Duration
}

// Next returns the next of the points.
func (s *ShapedArrivals) Next(decided time.Duration) (time.Duration, bool) {
	if _, ok := s.PoissonArrivals.Next(decided); !ok {
		return 0, false
	}
	// An inverse that is found step by step may put two points in the wrong order that are a fraction of a nanosecond apart.
	s.last = max(s.last, time.Duration(s.Curve.when(s.at)))
	return s.last, true
}
