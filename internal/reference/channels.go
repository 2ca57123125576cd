package reference

// SharedChannel is what workers cost that nobody balances: all requesters send on one channel, all workers receive.
func SharedChannel(workers, requesters, requests int) {
	jobs := make(chan chan struct{})
	for range workers {
		go func() {
			for reply := range jobs {
				reply <- struct{}{}
			}
		}()
	}
	InParallel(requesters, func(i int) {
		reply := make(chan struct{}, 1)
		for range Share(requests, requesters, i) {
			jobs <- reply
			<-reply
		}
	})
	close(jobs)
}

// HandOffs is the bare cost of one hand-off between two goroutines, there and back.
func HandOffs(requests int) {
	there, back := make(chan struct{}), make(chan struct{})
	go func() {
		for range there {
			back <- struct{}{}
		}
	}()
	for range requests {
		there <- struct{}{}
		<-back
	}
	close(there)
}

// Share is how many of the requests requester i issues.
func Share(requests, requesters, i int) int {
	n := requests / requesters
	if i < requests%requesters {
		n++
	}
	return n
}

// InParallel runs f(0) to f(n−1) at once and returns when all have ended.
func InParallel(n int, f func(int)) {
	ended := make(chan struct{})
	for i := range n {
		go func() {
			f(i)
			ended <- struct{}{}
		}()
	}
	for range n {
		<-ended
	}
}
