package tracefile

import (
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"waza/internal/option"
	"waza/requester"
)

// classColumns says where in a trace the keys and classes of its requests stand, which need not be there: absent.
type classColumns struct{ key, priority, zone int }

const absent = -1

// findClasses looks for the columns by name, among those that have no other meaning.
func findClasses(names []string, others ...int) (classColumns, error) {
	var failure error
	column := func(name string) int {
		i := slices.Index(names, name)
		if i < 0 || slices.Contains(others, i) {
			return absent
		}
		if slices.Contains(names[i+1:], name) {
			failure = errors.New("want only one column " + name)
		}
		return i
	}
	return classColumns{column("key"), column("priority"), column("zone")}, failure
}

// add takes in the key and the classes of one row. A key may be any text: equal texts are equal keys.
func (c classColumns) add(row []string, to *requester.Trace) error {
	if c.key != absent {
		hash := fnv.New64a()
		hash.Write([]byte(strings.TrimSpace(row[c.key]))) // never fails
		to.Keys = append(to.Keys, hash.Sum64())
	}
	for _, class := range []struct {
		name   string
		column int
		below  int
		to     *[]uint8
	}{{"priority", c.priority, option.MaxPriorities, &to.Priorities}, {"zone", c.zone, option.MaxZones, &to.Zones}} {
		if class.column == absent {
			continue
		}
		text := strings.TrimSpace(row[class.column])
		n, err := option.Whole(0, class.below-1).Parse(text)
		if err != nil {
			return fmt.Errorf("want as %s a whole number from 0 to %d, not %s", class.name, class.below-1, cell(text))
		}
		*class.to = append(*class.to, uint8(n))
	}
	return nil
}
