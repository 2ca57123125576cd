package command

// What a run of many workers keeps in memory, as measured: a goroutine with what is around it for each slot, and the books of each worker.
const (
	slotBytes   = 3_600
	workerBytes = 11_000
	muchMemory  = 1_000_000_000
)

// remarkMemory says how much memory a run takes whose slots are so many that a machine may not have it.
func (f *flags) remarkMemory() {
	c := f.run
	slots, all := c.Workers*c.Concurrency, c.Workers
	if c.Proxies.Number > 0 {
		slots += c.Proxies.Number * c.Proxies.Concurrency
		all += c.Proxies.Number
	}
	if bytes := slots*slotBytes + all*workerBytes; bytes >= muchMemory {
		f.note("%s, each with a goroutine, take about %.1f GB of memory in each run that is played at a time", counted(slots, "slot"), float64(bytes)/1e9)
	}
}
