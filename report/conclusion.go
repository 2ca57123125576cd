package report

// A Conclusion is what runs with several seeds say of the strategies at one point.
type Conclusion struct {
	Swept     *Swept     `json:"swept,omitempty"`
	SweptAlso *Swept     `json:"swept_also,omitempty"`
	Best      []Best     `json:"best"`                // by mean and by p99 latency; empty with less than three strategies, and if the runs were interrupted
	Until     *Narrowed  `json:"until,omitempty"`     // nil without --until
	Selection *Selection `json:"selection,omitempty"` // nil without --select
}

// A Best names the strategies that cannot be told from the best at 95 % over all of them together.
type Best struct {
	Figure     string   `json:"figure"`     // mean or p99
	Best       string   `json:"best"`       // the one whose mean over the seeds is least
	Strategies []string `json:"strategies"` // that cannot be told from it, itself among them, in order of that mean
}

// A Narrowed says how far replications have narrowed the intervals of a figure.
type Narrowed struct {
	Figure       string   `json:"figure"`
	Share        float64  `json:"share"`        // half-width over mean that was wanted
	Reached      bool     `json:"reached"`      // by all strategies
	Widest       *float64 `json:"widest"`       // half-width over mean, of the strategy with the widest; nil: it does not exist, or all seeds of each gave the same value
	Strategy     string   `json:"strategy"`     // that one
	Replications int      `json:"replications"` // of each strategy
}

// A Selection says which strategy a race has left.
type Selection struct {
	Figure       string         `json:"figure"`
	Share        float64        `json:"share"`        // of the best mean: differences up to that do not matter
	Zone         *float64       `json:"zone"`         // the same in the unit of the figure; nil: the race was over before it was known
	Winner       *string        `json:"winner"`       // nil: the race was not over
	Racing       []string       `json:"racing"`       // that were still in the race at its end
	Replications map[string]int `json:"replications"` // by strategy
	Runs         int            `json:"runs"`         // of all of them
	LeftOut      []LeftOut      `json:"left_out"`     // of a race on a latency, for they fail more (FailsLeast) over its first replications
	Near         []string       `json:"near"`         // that cannot be told at 95 % from the winner, or else from the leading one, on the replications that both have
	Leading      *string        `json:"leading"`      // of those in the race, the one with the best mean; nil: the race was over
	Deviation    *float64       `json:"deviation"`    // standard deviation from seed to seed, over the first replications, of the difference that takes longest to tell; nil as Leading, or unknown
	Estimated    *int           `json:"estimated"`    // replications after which the race would be over if the present differences stayed: no bound; nil as Deviation
	AtMost       *int           `json:"at_most"`      // replications after which the race would have been over in any case, even without a difference; nil: it was, or nobody knows
}

// A LeftOut is a strategy that takes no part in a race.
type LeftOut struct {
	Strategy     string  `json:"strategy"`
	SuccessShare float64 `json:"success_share"` // over the first replications of the race
}
