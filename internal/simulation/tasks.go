package simulation

// tasks are goroutines that were started together. The channel is closed when all of them have ended.
type tasks chan struct{}

func (t tasks) wait() { <-t }

// start starts a goroutine for each function. All processes of a run start here.
func start(functions ...func()) tasks {
	ended := make(chan struct{})
	for _, f := range functions {
		go func() {
			f()
			ended <- struct{}{}
		}()
	}
	all := make(tasks)
	go func() {
		for range functions {
			<-ended
		}
		close(all)
	}()
	return all
}
