package strategy_test

import (
	"fmt"
	"math/rand/v2"

	"waza/requester"
	"waza/strategy"
)

// A strategy is told who joins, asked "which worker?", and told what has changed. The balancer does so on its own goroutine.
func Example() {
	leastLoaded, err := strategy.New("least-loaded", strategy.Parameters{}, rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		panic(err)
	}
	for id := range 3 {
		leastLoaded.Join(&strategy.Worker{ID: id, Concurrency: 1, Limit: 2, Weight: 1})
	}
	hasRoom := func(w *strategy.Worker) bool { return w.Held < w.Limit }
	for n := range 4 {
		w := leastLoaded.Pick(&requester.Request{ID: n}, hasRoom)
		w.Held++
		w.Pending, w.LastSent = w.Held, uint64(n+1)
		leastLoaded.(strategy.Ranker).Changed(w) // for it keeps the workers in an order
		fmt.Println("request", n, "goes to worker", w.ID, "which now holds", w.Held)
	}
	// Output:
	// request 0 goes to worker 0 which now holds 1
	// request 1 goes to worker 1 which now holds 1
	// request 2 goes to worker 2 which now holds 1
	// request 3 goes to worker 0 which now holds 2
}

// The table says what there is, what each strategy does, and which parameters it takes.
func ExampleFind() {
	kind, _ := strategy.Find("power-of-two")
	fmt.Println(kind.Group, "-", kind.Does)
	for _, p := range kind.Takes {
		fmt.Printf("%s=%s: %s\n", p.Name(), p.Default(), p.Help())
	}
	// Output:
	// load-aware - the less loaded of two workers drawn at random
	// choices=2: workers that are drawn to choose from
}
