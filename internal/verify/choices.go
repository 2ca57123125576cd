package verify

import "waza/internal/theory"

// choices are those in which a request goes to the shorter queue.
func choices() (all []Case) {
	const load = 0.7
	all = played("shortest of 2 queues", "the truncated chain of what both hold", "--strategy=least-loaded --workers=2 --load=%g", load).cases(
		claim{meanLatency, theory.Choices(2, 2, load, work)})
	for workers := 3; workers <= 4; workers++ {
		all = append(all, played("power of two choices", "the truncated chain of what all hold: no limit of many workers",
			"--strategy=power-of-two --workers=%d --load=%g", workers, load).cases(
			claim{meanLatency, theory.Choices(workers, 2, load, work)})...)
	}
	return all
}
