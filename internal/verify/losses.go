package verify

import "waza/internal/theory"

// losses are those of systems that turn requests away.
func losses() []Case {
	const full = "--strategy=capacity-latency --backlog=0 --when-full=reject "
	return append(
		played("M/M/5/8", "the share that finds no room, by birth and death",
			full+"--workers=1 --concurrency=5 --queue=3 --load=1").cases(
			claim{rejected, theory.MMcKLoss(5, 8, 5)},
		),
		played("M/M/10/10", "the share that finds no room is Erlang's B",
			full+"--workers=10 --queue=0 --load=0.8").cases(
			claim{rejected, theory.ErlangB(10, 8)},
			claim{utilisation, 0.8 * (1 - theory.ErlangB(10, 8))},
		)...)
}
