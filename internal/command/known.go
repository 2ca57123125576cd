package command

import (
	"maps"
	"slices"

	"waza/internal/tracefile"
	"waza/requester"
	"waza/strategy"
)

// known is what commands that differ in a few flags have in common, so that thousands of them, the points of a sweep, can be worked out
// in a moment: what only has to be looked up once, and the trace, which from stdin can only be read once.
type known struct {
	table   []strategy.Kind
	heeding map[string][]string // by flag
	traces  map[tape]*requester.Trace
}

// A tape is a trace that was read, and how.
type tape struct {
	path string
	form tracefile.Form
}

func newKnown() known {
	return known{strategy.Table(), map[string][]string{}, map[tape]*requester.Trace{}}
}

// forOther returns what is known for another command, which may add to it.
func (k known) forOther() known {
	return known{k.table, maps.Clone(k.heeding), maps.Clone(k.traces)}
}

// heedingOf returns the names of the strategies that make use of that flag, in the order of the table.
func (f *flags) heedingOf(flag string) []string {
	names, found := f.known.heeding[flag]
	if !found {
		for _, k := range f.known.table {
			if k.Heeds(flag) {
				names = append(names, k.Name)
			}
		}
		f.known.heeding[flag] = names
	}
	return slices.Clip(names)
}

// readTrace reads what was not read before.
func (k known) readTrace(path string, form tracefile.Form) (*requester.Trace, error) {
	if rows := k.traces[tape{path, form}]; rows != nil {
		return rows, nil
	}
	rows, err := tracefile.Read(path, form)
	if err == nil {
		k.traces[tape{path, form}] = rows
	}
	return rows, err
}
