package theory

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestPublished holds the formulas to numbers in print, as precisely as they are printed.
func TestPublished(t *testing.T) {
	interactive := ClosedResponse(3, 15, 0.605, 2.1, 1.35)
	hospital := CobhamServersWaits(2, 1.0/3, []float64{0.2 / 6, 0.6 / 6, 1.2 / 6})
	for _, row := range []struct {
		says             string
		printed, further float64 // what is printed, and half a unit of its last digit
		is               float64
	}{
		{"Rossetti, Simulation Modeling and Arena, 2.6.1: M/M/1 of a minute at 0.8, W", 5, 1e-9, MM1Mean(0.8, 1)},
		{"Westbay Engineers, Erlang B calculator: 15 lines of which one call in 100 is lost are offered 8.108 erlangs", 0.01, 5e-6, ErlangB(15, 8.108)},
		{"Adan and Resing, Queueing Systems, M/M/c at 0.9: c = 2", 0.85, 5e-3, ErlangC(2, 0.9)},
		{"c = 5", 0.76, 5e-3, ErlangC(5, 0.9)},
		{"c = 10", 0.67, 5e-3, ErlangC(10, 0.9)},
		{"c = 20", 0.55, 5e-3, ErlangC(20, 0.9)},
		{"and their mean waits: c = 2", 4.26, 5e-3, MMcWait(2, 0.9, 1)},
		{"c = 5", 1.52, 6e-3, MMcWait(5, 0.9, 1)},
		{"c = 20", 0.28, 5e-3, MMcWait(20, 0.9, 1)},
		{"Mitzenmacher 2001, the limit of two choices at 0.5", 1.2657, 5e-5, ChoicesLimit(2, 0.5, 1)},
		{"at 0.7", 1.6145, 5e-5, ChoicesLimit(2, 0.7, 1)},
		{"at 0.9", 2.6141, 5e-5, ChoicesLimit(2, 0.9, 1)},
		{"at 0.95", 3.3830, 5e-5, ChoicesLimit(2, 0.95, 1)},
		{"at 0.99", 5.4320, 5e-5, ChoicesLimit(2, 0.99, 1)},
		{"Lazowska, Zahorjan, Graham and Sevcik, Quantitative System Performance, 1984, 6.4: throughput of three", 0.1515, 5e-5, 3 / (15 + interactive)},
		{"Menascé, Almeida and Dowdy, Performance by Design, 2004, the method by hand: demands 0.5 and 1 s, thinking 1 s, two", 2, 1e-9, ClosedResponse(2, 1, 0.5, 1)},
		{"Hillier and Lieberman, County Hospital, two doctors, no preemption: critical", 0.029, 5e-4, hospital[0]},
		{"serious", 0.033, 5e-4, hospital[1]},
		{"stable", 0.048, 5e-4, hospital[2]},
		{"and one doctor: critical", 0.238, 5e-4, CobhamServersWaits(1, 1.0/3, []float64{0.2 / 3, 0.6 / 3, 1.2 / 3})[0]},
		{"serious", 0.325, 5e-4, CobhamServersWaits(1, 1.0/3, []float64{0.2 / 3, 0.6 / 3, 1.2 / 3})[1]},
	} {
		assert.InDelta(t, row.printed, row.is, row.further, row.says)
	}
}

// TestOneIsTheOther holds that formulas agree where one model is a case of another.
func TestOneIsTheOther(t *testing.T) {
	for _, row := range []struct {
		says     string
		one, two float64
	}{
		{"M/M/c with one server is M/M/1", MMcMean(1, 0.7, 3), MM1Mean(0.7, 3)},
		{"and its quantile", MMcQuantile(0.99, 1, 0.7, 3), MM1Quantile(0.99, 0.7, 3)},
		{"a wait and a service that are alike", MMcQuantile(0.9, 2, 0.5, 1), MMcQuantile(0.9, 2, 0.5+1e-5, 1)},
		{"M/G/1 with exponential services is M/M/1", MG1Mean(0.7/3, Exponential(3)), MM1Mean(0.7, 3)},
		{"M/D/1 waits half as long as M/M/1", 2 * MD1Wait(0.8, 3), MMcWait(1, 0.8, 3)},
		{"M/M/c/c is Erlang's B", MMcKLoss(7, 7, 5), ErlangB(7, 5)},
		{"M/M/1/K is its textbook formula", MMcKLoss(1, 4, 0.9), 0.1 * math.Pow(0.9, 4) / (1 - math.Pow(0.9, 5))},
		{"Erlang's C from B at c and c − 1", ErlangC(5, 0.8), 1 / (1 + (1-0.8)*5/(4*ErlangB(4, 4)))},
		{"every arrival comes: M/M/1", NewErlangM1(1, 0.7, 3).Mean(), MM1Mean(0.7, 3)},
		{"every second: the root of a cubic", NewErlangM1(2, 0.7, 3).Waited(), math.Pow((math.Sqrt(1+8*0.7)-1)/2, 2)},
		{"every 100,000th: D/M/1, whose root solves σ = e^(−(1−σ)/ρ)", NewErlangM1(100_000, 0.5, 1).Waited(), 0.2031878},
		{"a Poisson process that is split evenly is M/M/1", Split{7, []float64{0.5, 0.5}, []float64{0.2, 0.2}}.Quantile(0.9), MM1Quantile(0.9, 0.7, 0.2)},
		{"one machine waits for nobody", Repair{1, 1, 5, 3}.Response(), 3},
		{"machine repair by one is MVA of one station", Repair{12, 1, 10, 1}.Response(), ClosedResponse(12, 10, 1)},
		{"as many who repair as machines", Repair{4, 4, 5, 3}.Response(), 3},
		{"machines that break at once", Repair{12, 3, 1e-9, 1}.Response(), Repair{12, 3, 0, 1}.Response()},
		{"and keep those who repair busy", Repair{12, 3, 0, 1}.Utilization(), 1},
		{"the patient wait as Erlang says", Patience{3, 0.8, 1, 1e3}.Waited(), ErlangC(3, 0.8)},
		{"the impatient are lost as Erlang says", Patience{3, 0.8, 1, 0}.Left(), ErlangB(3, 2.4)},
		{"patience at one server is Barrer's formula", Patience{1, 0.8, 2, 3}.Left(), 0.2 * 0.8 * math.Exp(-0.3) / (1 - 0.64*math.Exp(-0.3))},
		{"and at its full load", Patience{1, 1, 1, 4}.Left(), 1.0 / 6},
		{"the patient are served as in M/M/1", Patience{1, 0.7, 1, 50}.Within(), MM1Within(50, 0.7, 1)},
		{"who never breaks is M/M/1", Breakdowns{0.7, 3, 10, 0}.Mean(), MM1Mean(0.7, 3)},
		{"who is down for moments is slower", Breakdowns{0.35, 1, 1e-6, 1e-6}.Mean(), 2 * MM1Mean(0.7, 1)},
		{"one class waits as in M/G/1", CobhamWaits([]Class{{0.07, Constant(10)}})[0], MD1Wait(0.7, 10)},
		{"classes of one server are those of several with one", CobhamWaits([]Class{{2, Exponential(0.1)}, {5, Exponential(0.1)}})[1], CobhamServersWaits(1, 0.1, []float64{0.2, 0.5})[1]},
		{"the first of two exponentials", HedgedMean(1, 3, 0), 1.5},
		{"a hedge that never begins", HedgedMean(0.4, 3, 1e6), 0.4 * 3},
		{"one choice is none", Choices(3, 1, 0.7, 2), MM1Mean(0.7, 2)},
		{"one worker leaves no choice", Choices(1, 1, 0.7, 2), MM1Mean(0.7, 2)},
		{"success and attempts of what is retried", RetriedAttempts(0.3, 4), RetriedSuccess(0.3, 4) / 0.7},
		{"all have failed", RetriedAttempts(1, 2), 3},
		{"Little's law of M/M/1", Little(0.7, MM1Mean(0.7, 1)), 0.7 / 0.3},
		{"the utilisation law", Utilization(70, 0.01, 1), 0.7},
		{"a lognormal without spread", Lognormal(3, 0).Second, Constant(3).Second},
		{"a choice of one", Bimodal(3, 9, 0).Second, Constant(3).Second},
		{"a bounded Pareto has the mean it was made for", BoundedParetoOf(10, 1.5, 10_000).First, 10},
	} {
		assert.InEpsilon(t, row.two, row.one, 1e-4, row.says)
	}
}

// The weighed waits of the classes add up to that of first come, first served (Kleinrock's conservation law, 1965).
func TestPrioritiesTakeFromOneAnother(t *testing.T) {
	waits, loads := CobhamServersWaits(3, 1, []float64{0.2, 0.3, 0.3}), []float64{0.2, 0.3, 0.3}
	sum := 0.0
	for k := range waits {
		sum += loads[k] * waits[k]
	}
	assert.InEpsilon(t, 0.8*MMcWait(3, 0.8, 1), sum, 1e-12)
	assert.IsIncreasing(t, waits)
}

// The quantiles are where the distribution function of M/D/1 has that value, which Erlang (1909) writes as a sum of terms that alternate:
// it is good for small times.
func TestWaitsOfConstantServices(t *testing.T) {
	erlang := func(x, load float64) float64 {
		sum, term := 0.0, 0.0
		for k := 0; float64(k) <= x; k++ {
			term = math.Exp(load * (x - float64(k)))
			for i := range k {
				term *= -load * (x - float64(k)) / float64(i+1)
			}
			sum += term
		}
		return (1 - load) * sum
	}
	for _, load := range []float64{0.3, 0.5, 0.8} {
		for _, x := range []float64{0, 0.3, 1, 1.5, 2, 3.7, 6} {
			assert.InDelta(t, erlang(x, load), md1Waits(load)(x), 1e-9, "%g %g", x, load)
		}
		mean := 0.0 // the integral of what lies beyond
		for x := 0.005; x < 100; x += 0.01 {
			mean += 0.01 * (1 - md1Waits(load)(x))
		}
		assert.InEpsilon(t, MD1Wait(load, 1), mean, 1e-3)
	}
	assert.Zero(t, MD1WaitQuantile(0.2, 0.8, 1), "a fifth does not wait")
	assert.InDelta(t, 0.99, md1Waits(0.8)(MD1WaitQuantile(0.99, 0.8, 3)/3), 1e-9)
}

// Of two workers the shorter of which is joined, each level of both is ρ² as likely as that below (Kingman, "Two similar queues in
// parallel", 1961).
func TestTheShorterQueueFallsAsKingmanSays(t *testing.T) {
	c := newOccupancies(2, 60, chosen(2, 2), 0.7)
	c.settle()
	at := func(a, b int) float64 { return c.p[c.index[name([]int{a, b})]] }
	assert.InEpsilon(t, 0.49, at(12, 12)/at(11, 11), 1e-6)
	assert.InEpsilon(t, 0.49, at(13, 12)/at(12, 11), 1e-6)
}

// Two workers with room for one each are solved by hand: P(0), P(1) and P(2) of both, and the balance 2ρP(0) = P(1), 2ρP(1) = 2P(2).
func TestAChainByHand(t *testing.T) {
	c := newOccupancies(2, 1, chosen(2, 2), 0.5)
	c.settle()
	assert.InDeltaSlice(t, []float64{0.4, 0.4, 0.2}, c.p, 1e-9)
}

// More choices are better, more workers too, a central queue is better than any, and the limit is below what a number of workers has.
func TestChoicesHaveAnOrder(t *testing.T) {
	two, three, four := Choices(4, 2, 0.7, 1), Choices(4, 3, 0.7, 1), Choices(4, 4, 0.7, 1)
	assert.IsDecreasing(t, []float64{MM1Mean(0.7, 1), two, three, four, MMcMean(4, 0.7, 1)})
	assert.IsDecreasing(t, []float64{Choices(2, 2, 0.7, 1), Choices(3, 2, 0.7, 1), two, ChoicesLimit(2, 0.7, 1)})
	assert.InDeltaSlice(t, []float64{0, 1.0 / 6, 2.0 / 6, 3.0 / 6}, chosen(4, 2), 1e-12)
}

// A breakdown chain that is cut at 200 requests says what the formula says.
func TestBreakdownsByTheirChain(t *testing.T) {
	b := Breakdowns{Load: 0.5, Service: 1, Up: 20, Down: 5}
	const most = 200
	var up, down [most + 1]float64
	for n := range most + 1 {
		up[n] = math.Pow(0.6, float64(n)) // about what it will be
	}
	for range 20_000 {
		next := func(n int, of *[most + 1]float64) float64 {
			if n < 0 || n > most {
				return 0
			}
			return of[n]
		}
		sum := 0.0
		for n := range most + 1 {
			arrive, serve := b.Load, 1.0
			if n == most {
				arrive = 0
			}
			if n == 0 {
				serve = 0
			}
			up[n] = (b.Load*next(n-1, &up) + next(n+1, &up) + down[n]/b.Down) / (arrive + serve + 1/b.Up)
			down[n] = (b.Load*next(n-1, &down) + up[n]/b.Up) / (arrive + 1/b.Down)
			sum += up[n] + down[n]
		}
		for n := range most + 1 {
			up[n], down[n] = up[n]/sum, down[n]/sum
		}
	}
	there := 0.0
	for n := range most + 1 {
		there += float64(n) * (up[n] + down[n])
	}
	assert.InEpsilon(t, b.Mean(), there/b.Load, 1e-6)
}

// TestOutside holds that what has no answer is no number.
func TestOutside(t *testing.T) {
	for says, is := range map[string]float64{
		"M/M/1 at full load": MM1Mean(1, 1), "no load": MM1Waited(0), "a quantile of all": MM1Quantile(1, 0.5, 1), "a time below 0": MM1Within(-1, 0.5, 1),
		"no server": ErlangC(0, 0.5), "M/M/c at full load": MMcWait(3, 1, 1), "its quantile": MMcQuantile(0.5, 3, 1, 1), "of its wait": MMcWaitQuantile(0.5, 3, 1, 1),
		"calls below 0": ErlangB(3, -1), "less room than servers": MMcKLoss(3, 2, 1), "M/G/1 at full load": MG1Wait(1, Constant(1)), "M/D/1 at full load": MD1WaitQuantile(0.5, 1, 1),
		"a mean above the bound": BoundedParetoOf(10, 1.5, 9).First, "a shape whose formula is another": BoundedPareto(1, 9, 2).Second, "a probability above 1": Bimodal(1, 2, 1.5).First,
		"round robin at full load": NewErlangM1(3, 1, 1).Mean(), "its quantile of all": NewErlangM1(3, 0.5, 1).Quantile(1), "a server with too much": Split{1, []float64{1}, []float64{1}}.Mean(),
		"its quantile of all requests": Split{1, []float64{1}, []float64{1}}.Quantile(0.5), "nobody": ClosedResponse(0, 1, 1), "no machine": Repair{0, 1, 1, 1}.Response(),
		"a chance above 1": RetriedSuccess(1.1, 1), "retries below 0": RetriedAttempts(0.5, -1), "a delay below 0": HedgedMean(1, 1, -1), "patience below 0": Patience{1, 0.5, 1, -1}.Left(),
		"no servers": Patience{0, 0.5, 1, 1}.Within(), "down for half of the time": Breakdowns{0.5, 1, 1, 1}.Mean(), "priorities at full load": CobhamServersWaits(1, 1, []float64{0.5, 0.5})[1],
		"more choices than workers": Choices(2, 3, 0.5, 1), "too many states": Choices(8, 2, 0.9, 1), "a limit of one choice": ChoicesLimit(1, 0.5, 1), "time below 0": Little(1, -1), "more than all": Utilization(2, 1, 1),
	} {
		assert.True(t, math.IsNaN(is), says)
	}
}
