package strategy

// perWorker is what a strategy remembers of each worker, by worker id: ids are small and have no gaps.
type perWorker[T any] []T

// renew makes a place for a worker that joins, and forgets what was known of an earlier incarnation of it.
func (p *perWorker[T]) renew(id int) {
	var nothing T
	for id >= len(*p) {
		*p = append(*p, nothing)
	}
	(*p)[id] = nothing
}
