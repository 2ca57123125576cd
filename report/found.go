package report

// A Found is the value of a flag at which a strategy just keeps the objectives.
type Found struct {
	Strategy     string   `json:"strategy"`
	Flag         string   `json:"flag"`
	Largest      bool     `json:"largest"` // the largest value that keeps them was looked for, and not the smallest
	Tried                 // the value that was found, on fresh seeds; no value: none keeps them, or fresh seeds confirm none
	Next         *Tried   `json:"next"`         // the next value beyond it, on the same fresh seeds; nil: there is none
	Best         *Tried   `json:"best"`         // where there is no value: of what was tried, on the seeds of the search, or of the unconfirmed
	Range        *Range   `json:"range"`        // of what was tried, where there is no value
	Unconfirmed  []Tried  `json:"unconfirmed"`  // what the search found, and easier ones, that fresh seeds refuted, on these
	Idle         bool     `json:"idle"`         // where no value keeps them: going on brought nothing, so that no others were tried
	Precision    *float64 `json:"precision"`    // that next lies no farther off, as a share of the value; nil: the two are neighbours
	Monotone     bool     `json:"monotone"`     // no value that was tried does better than one that should
	Exception    *Pair    `json:"exception"`    // nil: monotone
	Replications int      `json:"replications"` // fresh seeds
	Tries        int      `json:"tries"`        // values that were tried on the seeds of the search
}

// A Tried is a value, and how the objectives are kept there.
type Tried struct {
	Value     any      `json:"value"` // a number, of a length its seconds
	Text      string   `json:"-"`     // the value as people write it
	SLO       []Held   `json:"slo"`
	KeptShare *float64 `json:"kept_share"` // of the seeds
	Success   *float64 `json:"success_share"`
	Sure      bool     `json:"sure"`      // of these objectives, at 95 %: intervals are all on the right side or, if an objective is missed, one wholly on the wrong side
	Saturated bool     `json:"saturated"` // under overload: figures depend on the length of the run
	Refused   string   `json:"refused,omitempty"`
}

// A Range is the lowest and the highest value that was tried.
type Range struct {
	Lowest      any    `json:"lowest"`
	Highest     any    `json:"highest"`
	LowestText  string `json:"-"`
	HighestText string `json:"-"`
}

// A Pair is two values, of which the harder does better although it should not.
type Pair struct {
	Easier     any    `json:"easier"`
	Harder     any    `json:"harder"`
	EasierText string `json:"-"`
	HarderText string `json:"-"`
}
