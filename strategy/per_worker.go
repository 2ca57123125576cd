package strategy

// perWorker is what a strategy remembers of each worker, by worker id: ids are small and have no gaps.
type perWorker[T any] []T

// renew forgets what was known under that id: who joins may be a new incarnation.
func (p *perWorker[T]) renew(id int) {
	var nothing T
	for id >= len(*p) {
		*p = append(*p, nothing)
	}
	(*p)[id] = nothing
}
