package theory

// Breakdowns is M/M/1 whose server breaks down, busy or idle, after exponential times up and is repaired in exponential times down, and
// then goes on where it stood (White and Christie, "Queuing with preemptive priorities or with breakdown", 1958). It has a steady state
// where load·(1 + Down/Up) < 1, load > 0.
type Breakdowns struct {
	Load, Service float64 // the load without breakdowns, the mean service
	Up, Down      float64 // mean times, Up above 0
}

// Mean is the mean time in the system. From the generating functions of the numbers in the system while it is up, U, and down, D:
// with f = 1/Up and r = 1/Down, D(z)(r + λ(1−z)) = f·U(z), U(z)·(μ − λz − fλz/(r + λ(1−z))) = U(1)·(μ − λ − fλ/r), U(1) = r/(f+r); the mean
// is (U'(1) + D'(1))/λ = (1 + f(r+λ)/r²)/(μ − λ(1 + f/r)) + f/(r(f+r)).
func (b Breakdowns) Mean() float64 {
	if b.Load <= 0 || b.Service <= 0 || b.Up <= 0 || b.Down < 0 || b.Load*(1+b.Down/b.Up) >= 1 {
		return outside
	}
	rate, down := b.Load/b.Service, b.Down/b.Up
	return (1+down*(1+rate*b.Down))/(1/b.Service-rate*(1+down)) + down*b.Down/(1+down)
}
