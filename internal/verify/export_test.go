package verify

// For tests of the program, which import what imports this package.
var (
	Student = student
	Agrees  = agrees
	Limit   = limit
)

// Commands are all that the text shows of a table of stories.
func Commands(t Table) (all [][]string) {
	r := Report{Replications: t.Replications}
	for _, c := range t.Cases {
		r.Verdicts = append(r.Verdicts, Verdict{Case: c})
	}
	for i, c := range t.Cases {
		if i == 0 || c.Model != t.Cases[i-1].Model {
			all = append(all, r.commands(c.Model)...)
		}
	}
	return all
}
