package verify

import (
	"fmt"
	"slices"
	"strings"
)

// work is the mean work of most cases, in milliseconds, which is the default of the program.
const work = 10.0

// Cases are all of them, by family. It takes a second or so to work out what theory says.
func Cases() []Case {
	return slices.Concat(single(), central(), general(), losses(), split(), choices(), closed(), attempted(), impatient(), broken(), prioritised(), hedged())
}

// A system is what several cases have in common.
type system struct {
	model, says string
	flags       []string
}

// played is a system with these flags, of which those with numbers are written as by fmt.
func played(model, says, flags string, numbers ...any) system {
	return system{model, says, strings.Fields(fmt.Sprintf(flags, numbers...))}
}

// A claim is what theory says of one figure.
type claim struct {
	figure Figure
	theory float64
}

func (s system) cases(claims ...claim) (all []Case) {
	for _, c := range claims {
		all = append(all, Case{Model: s.model, Says: s.says, Flags: s.flags, Figure: c.figure, Theory: c.theory})
	}
	return all
}
