package scenario

// adaptiveWorkers is what the scenarios of the adaptive pool have in common: two to ten workers, three queues of ten, and a manager that looks every half
// second. A task is 50 to 250 ms of work.
const adaptiveWorkers = "--strategy=pull --workers=2 --min-workers=2 --max-workers=10 --scale-interval=500ms --idle-timeout=5s --queues=3x10 " +
	"--requesters=1 --work=uniform:50ms,250ms "

// adaptive are about a pool whose workers take from several queues, and that grows and shrinks.
func adaptive() []Scenario {
	return []Scenario{
		{
			Name: "adaptive-pool",
			Says: "Fifty tasks for two to ten workers: what the authors of the pool print.",
			LookFor: "tasks of priorities 0 to 4 come one every 10 to 60 ms. Two workers cannot keep up until the manager looks, after 500 ms, and starts as many as tasks wait; then nobody waits for long. A worker that is idle for 5 s leaves, down to two. " +
				"In theirs a worker waits at one random queue, though another may have tasks; here it takes from any that has. With --scale-interval=50ms the slowest takes half as long: it is the first look that costs.",
			Flags: adaptiveWorkers + "--priorities=cycle:5 --arrivals=gaps:uniform:10ms,60ms --requests=50 --warmup=0% --linger=7s",
		},
		{
			Name: "adaptive-pool-burst",
			Says: "A burst of 150 tasks, for a pool of two workers that may be ten.",
			LookFor: "the burst lasts half a second, and all queues are full before the manager looks for the first time: seven or eight of ten tasks are rejected. One queue of 30, --queues=1x30, rejects about as many, for what finds its queue full goes into the " +
				"next; more looks, --scale-interval=50ms, reject a quarter less, and room for the burst, --queues=3x50, rejects nobody, but the slowest then takes more than twice as long.",
			Flags: adaptiveWorkers + "--priorities=cycle:5 --arrivals=gaps:uniform:1ms,6ms --requests=150 --warmup=0% --linger=7s",
		},
		{
			Name: "adaptive-pool-starved",
			Says: "Half as many tasks again as ten workers can do; most are of one class.",
			LookFor: "eight tasks of ten are of the last priority. The pool stays at its most, the queues are full, and a third of all is rejected, of whatever priority: the crowd overflows into the queues of the others, and priorities protect nobody. " +
				"One line in the order of priority, --queues=none --backlog=30 --when-full=reject --discipline=priority, lets the first priority take a quarter of the mean. --max-workers=20 is enough for all.",
			Flags: adaptiveWorkers + "--priorities=0.1,0.1,0.8 --arrivals=gaps:uniform:2ms,18ms --requests=3000",
		},
	}
}
