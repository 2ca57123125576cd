package strategy

// A property is what the suite has to know of a strategy; most are known by nothing but their name.
type property struct {
	turns  bool              // equal workers get exactly equal shares, for they take turns
	draws  bool              // it has a random generator, so another seed picks otherwise
	unfair bool              // it gives one worker everything, on purpose: its own test shows how
	room   func(*Worker) int // how many requests it gives a worker; nil: up to the limit
	share  float64           // how far from k a worker may be in TestEqualWorkersGetEqualShares, in parts of k; 0: as drawn

	// May it give the worker the request that it was just asked about, given what all hold? nil: as far as there is room.
	may func(*caller, *Worker) bool
}

var properties = map[string]property{
	"mod-hash":      {},
	"ring-hash":     {share: ringShare},
	"bounded-hash":  {share: ringShare, may: belowBound},
	"maglev":        {},
	"rendezvous":    {},
	"priority":      {turns: true}, // one tier
	"locality":      {turns: true}, // one zone
	"shuffle-shard": {share: shardShare, may: inShard},
	"subset":        {share: 1, may: inSubset}, // one balancer knows 5 of 10: twice its share or nothing

	"least-loaded": {turns: true},
	"round-robin":  {turns: true, draws: true}, // draws where to start
	"random":       {draws: true},
	"power-of-two": {draws: true},
	"pull":         {turns: true, room: func(w *Worker) int { return w.Concurrency }}, // it fills slots only
	"prequal":      {draws: true},
	"most-loaded":  {unfair: true},

	"weighted-least-loaded": {turns: true},
	"least-request":         {draws: true},
	"one-plus-beta":         {draws: true},
	"join-idle-queue":       {turns: true}, // while one is idle; then it draws
	"first":                 {unfair: true, room: func(*Worker) int { return bound.In(nil) }},
	"peak-ewma":             {draws: true},
	"least-time":            {turns: true},
	"capacity-latency":      {turns: true},
	"peak-ewma-penalty":     {draws: true},
	"balanced":              {draws: true},
	"bounded-pull":          {turns: true, room: func(*Worker) int { return bound.In(nil) }},
	"weighted-round-robin":  {turns: true},
	"weighted-random":       {draws: true},
}
