package command

import (
	"fmt"

	"waza/internal/option"
)

// workers is what the flags say of each worker.
type workers struct {
	speeds, weights perWorker[float64]
	tiers           perWorker[int]
}

func (f *flags) declareWorkers(s *section) {
	number := option.Number(minSpeed, maxSpeed)
	bind(s, &f.speeds, perWorkers("speed", "8x1,2x0.25", number), "speeds", "1",
		"one speed for all, or a list such as 8x1,2x0.25")
	bind(s, &f.weights, perWorkers("weight", "8x1,2x0.25", number), "weights", "",
		"`WEIGHTS` that strategies believe in, as for --speeds; without, they know the speeds").idle(f.unheeded("weights"))
	bind(s, &f.run.Concurrency, option.Whole(1, option.MaxConcurrency), "concurrency", "1", "requests that a worker serves at the same time").
		check(func() error { return f.checkTimesWorkers(f.run.Concurrency, maxSlots, "") })
	bind(s, &f.run.Queue, option.Whole(0, option.MaxQueue), "queue", "1024", "requests that wait at a worker beside those").
		check(func() error { return f.checkTimesWorkers(f.run.Concurrency+f.run.Queue, maxPlaces, "places ") })
}

// checkTimesWorkers refuses what each worker has if all of them have too much.
func (f *flags) checkTimesWorkers(each, most int, what string) error {
	if all := f.run.Workers * each; all > most {
		return fmt.Errorf("want at most %s %sin all, and %s make it %s", option.Grouped(most), what, f.allWorkers(), option.Grouped(all))
	}
	return nil
}

// followSpeeds lets there be as many workers as have speeds, where only these are given and there is no pool.
func (f *flags) followSpeeds() error {
	if f.given("speeds") && !f.given("workers") && !f.speeds.all && !f.pooled() && !f.resized() {
		f.pool.start = f.speeds.count()
	}
	return nil
}

func (f *flags) giveSpeeds() (err error) {
	if f.run.Speeds, err = f.speeds.of(f.run.Workers, f.allWorkers()); err != nil {
		return f.wrong("speeds", err.Error())
	}
	return nil
}

func (f *flags) giveWeights() (err error) {
	if !f.given("weights") {
		f.weights = f.speeds // the report tells what was used, whoever said so
	}
	if f.run.Weights, err = f.weights.of(f.run.Workers, f.allWorkers()); err != nil {
		return f.wrong("weights", err.Error())
	}
	return nil
}
