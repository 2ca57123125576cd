package theory

import (
	"math"
	"slices"
)

// ChoicesLimit is the mean time in the system of power of d choices, d ≥ 2, over infinitely many servers, Σ ρ^((d^i − d)/(d − 1)) services:
// a limit, below what any number of them has (Vvedenskaya, Dobrushin and Karpelevich 1996; Mitzenmacher, "The power of two choices in
// randomized load balancing", 2001).
func ChoicesLimit(d int, load, service float64) float64 {
	if d < 2 || !stable(load) {
		return outside
	}
	sum, exponent := 0.0, 0.0 // (d^i − d)/(d − 1) of i = 1; the next is d times that, and d
	for {
		term := math.Pow(load, exponent)
		if sum += term; term < 1e-18 {
			return service * sum
		}
		exponent = float64(d)*exponent + float64(d)
	}
}

// Choices is the mean time in the system where each request goes to the one of d distinct workers, drawn from n, that holds the fewest: n
// servers at a load between 0 and 1 with exponential services, first come first served. With d = n it is the shortest queue of all, with d
// = 1 a draw. It is exact but for a truncation, which moves it by less than a hundred-thousandth: no worker holds more than one does for
// choicesTail of the time, nor choicesSpread more than another. NaN comes out beyond choicesStates states: 2 to 4 workers have room for any
// load up to 0.95. It takes milliseconds for 2, and up to seconds for 4.
func Choices(n, d int, load, service float64) float64 {
	if n < 1 || d < 1 || d > n || !stable(load) {
		return outside
	}
	if d == 1 {
		return MM1Mean(load, service)
	}
	c := settled(n, d, load)
	if c == nil {
		return outside
	}
	return service * c.held() / (float64(n) * load)
}

// settled is the chain in its steady state; nil: it has too many states.
func settled(n, d int, load float64) *occupancies {
	most := longest(n, d, load)
	if float64(most)*binomial(n-1+choicesSpread, n-1) > choicesStates {
		return nil
	}
	c := newOccupancies(n, most, chosen(n, d), load)
	c.settle()
	return c
}

// Where the chain is cut.
const (
	choicesTail   = 1e-10
	choicesSpread = 20
	choicesStates = 1_000_000
)

// longest is how many a worker holds for not more than about choicesTail of the time. Where m workers hold much more than the others,
// alike, what the m hold falls geometrically by what comes to them over m, so that each level of all m costs that to the power of m; the
// slowest m counts.
func longest(n, d int, load float64) int {
	slowest := 0.0
	for m := 1; m <= n; m++ {
		comes := load * float64(n) * binomial(m, d) / binomial(n, d)
		slowest = max(slowest, math.Pow(comes/float64(m), float64(m)))
	}
	return 3 + int(math.Log(choicesTail)/math.Log(slowest))
}

// chosen is how likely the k-th longest queue is the shortest of d drawn: all others drawn are then longer, or before it among equals.
func chosen(n, d int) []float64 {
	p := make([]float64, n)
	for k := range p {
		p[k] = binomial(k, d-1) / binomial(n, d)
	}
	return p
}

func binomial(n, k int) float64 {
	if k < 0 || k > n {
		return 0
	}
	b := 1.0
	for i := range k {
		b *= float64(n-i) / float64(i+1)
	}
	return b
}

// occupancies is the chain of what workers hold, in services.
type occupancies struct {
	n       int
	chosen  []float64
	load    float64
	states  [][]int
	index   map[string]int
	p       []float64
	in      [][]flow  // into each state
	out, up []float64 // of each state, and of that what makes it more
}

type flow struct {
	from int
	rate float64
}

func newOccupancies(n, most int, chosen []float64, load float64) *occupancies {
	c := &occupancies{n: n, chosen: chosen, load: load, index: map[string]int{}}
	c.list(make([]int, 0, n), most)
	slices.SortStableFunc(c.states, func(a, b []int) int { return total(a) - total(b) })
	for i, s := range c.states {
		c.index[name(s)] = i
	}
	size := len(c.states)
	c.p, c.in, c.out, c.up = make([]float64, size), make([][]flow, size), make([]float64, size), make([]float64, size)
	for i, s := range c.states {
		c.p[i] = math.Pow(load, float64(total(s))) / float64(len(c.states)) // about what it will be
		c.connect(i, s)
	}
	return c
}

// list lists all states that begin like this.
func (c *occupancies) list(begin []int, most int) {
	if len(begin) == c.n {
		c.states = append(c.states, slices.Clone(begin))
		return
	}
	least := 0
	if len(begin) > 0 {
		least = max(0, begin[0]-choicesSpread)
	}
	for held := least; held <= most; held++ {
		c.list(append(begin, held), held)
	}
}

func total(s []int) (sum int) {
	for _, held := range s {
		sum += held
	}
	return sum
}

func name(s []int) string {
	b := make([]byte, 0, 2*len(s))
	for _, held := range s {
		b = append(b, byte(held), byte(held>>8))
	}
	return string(b)
}

// connect tells the neighbours of a state what flows into them.
func (c *occupancies) connect(i int, s []int) {
	to := func(k, change int, rate float64) {
		next := slices.Clone(s)
		next[k] += change
		slices.SortFunc(next, func(a, b int) int { return b - a })
		j, there := c.index[name(next)]
		if !there {
			return // truncated
		}
		c.in[j] = append(c.in[j], flow{i, rate})
		c.out[i] += rate
		if change > 0 {
			c.up[i] += rate
		}
	}
	for k, held := range s {
		if rate := c.load * float64(c.n) * c.chosen[k]; rate > 0 {
			to(k, 1, rate)
		}
		if held > 0 {
			to(k, -1, 1)
		}
	}
}

// settle finds the steady state by the method of Gauss and Seidel. What is slow to settle is how many all hold together, so that is put
// right after each pass: of states with t, as much leaves upwards as comes down from those with t+1 (Koury, McAllister and Stewart,
// "Iterative methods for computing stationary distributions of nearly completely decomposable Markov chains", 1984).
func (c *occupancies) settle() {
	before := 0.0
	for range 1000 {
		for i := range c.p {
			c.balance(i)
		}
		for i := len(c.p) - 1; i >= 0; i-- {
			c.balance(i)
		}
		c.level()
		after := c.held()
		if math.Abs(after-before) < 1e-9*after {
			return
		}
		before = after
	}
	c.p[0] = outside
}

// balance gives a state what flows into it.
func (c *occupancies) balance(i int) {
	sum := 0.0
	for _, f := range c.in[i] {
		sum += c.p[f.from] * f.rate
	}
	c.p[i] = sum / c.out[i]
}

// level weighs the states by the number that all hold, and all together to 1.
func (c *occupancies) level() {
	last := len(c.p) - 1
	up, down := make([]float64, 2+total(c.states[last])), make([]float64, 2+total(c.states[last]))
	for i := range c.p {
		up[total(c.states[i])] += c.p[i] * c.up[i]
		down[total(c.states[i])] += c.p[i] * (c.out[i] - c.up[i])
	}
	weights, sum := make([]float64, len(up)), 0.0
	weights[0] = 1
	for t := 1; t < len(up) && down[t] > 0; t++ {
		weights[t] = weights[t-1] * up[t-1] / down[t]
	}
	for i := range c.p {
		c.p[i] *= weights[total(c.states[i])]
		sum += c.p[i]
	}
	for i := range c.p {
		c.p[i] /= sum
	}
}

// held is how many all workers hold on the mean.
func (c *occupancies) held() (mean float64) {
	for i, s := range c.states {
		mean += c.p[i] * float64(total(s))
	}
	return mean
}
