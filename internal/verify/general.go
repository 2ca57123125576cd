package verify

import "waza/internal/theory"

// general are those of work that is not exponential. Widths are such that the mean of 20,000 waits is about normal: with much wider work it
// would have a tail of its own, and Student's t would not hold.
func general() []Case {
	const load = 0.7
	all := played("M/D/1", "waits half as long as M/M/1, and by Erlang's distribution of 1909",
		"--strategy=random --workers=1 --work=constant:10ms --load=%g", load).cases(
		claim{meanWait, theory.MD1Wait(load, work)},
		claim{p99Wait, theory.MD1WaitQuantile(0.99, load, work)},
	)
	for _, of := range []struct {
		model, work string
		moments     theory.Moments
	}{
		{"M/G/1, lognormal", "lognormal:10ms,cv=1.5", theory.Lognormal(work, 1.5)},
		{"M/G/1, bimodal", "bimodal:5ms,50ms,p=0.1", theory.Bimodal(5, 50, 0.1)},
		{"M/G/1, bounded Pareto", "pareto:10ms,alpha=1.5,max=200ms", theory.BoundedParetoOf(work, 1.5, 200)},
	} {
		const load = 0.6
		all = append(all, played(of.model, "the mean wait is λE[S²]/2(1−ρ), by Pollaczek and Khinchine",
			"--strategy=random --workers=1 --work=%s --load=%g", of.work, load).cases(
			claim{meanWait, theory.MG1Wait(load/of.moments.First, of.moments)},
		)...)
	}
	return all
}
