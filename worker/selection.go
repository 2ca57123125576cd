package worker

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"waza/internal/option"
)

// A Selection names workers: an inclusive range of ids, or a share of all of them, lowest ids first.
type Selection struct {
	First, Last int     // used if Share is 0
	Share       float64 // in (0, 1]; rounded up to whole workers; 1 is all
}

// Contains tells whether worker id of n is among the selected.
func (s Selection) Contains(id, n int) bool {
	if s.Share > 0 {
		return id < int(math.Ceil(s.Share*float64(n)-1e-9)) // 7 % of 100 are 7, though 0.07·100 is a little more
	}
	return s.First <= id && id <= s.Last
}

// String is the selection as one writes it.
func (s Selection) String() string {
	switch {
	case s.Share == 1:
		return "all"
	case s.Share > 0:
		return strconv.FormatFloat(s.Share*100, 'g', 15, 64) + "%" // 15 digits: 7 and not 7.000000000000001
	case s.First == s.Last:
		return strconv.Itoa(s.First)
	default:
		return fmt.Sprintf("%d-%d", s.First, s.Last)
	}
}

// selections reads which workers a fault hits.
func selections() option.Kind[Selection] {
	k := option.Kind[Selection]{Want: "an ID, ID-ID with the lower first, N% above 0% and up to 100%, or all", Show: Selection.String}
	k.Parse = func(s string) (Selection, error) {
		if s == "all" {
			return Selection{Share: 1}, nil
		}
		if percent, ok := strings.CutSuffix(s, "%"); ok {
			x, err := option.Above(0, 100).Parse(percent)
			if err != nil || x/100 == 0 {
				return Selection{}, k.Refuse()
			}
			return Selection{Share: x / 100}, nil
		}
		from, to, more := strings.Cut(s, "-")
		if !more {
			to = from
		}
		ids := option.Whole(0, option.MaxWorkers-1)
		first, err1 := ids.Parse(from)
		last, err2 := ids.Parse(to)
		if err1 != nil || err2 != nil || first > last {
			return Selection{}, k.Refuse()
		}
		return Selection{First: first, Last: last}, nil
	}
	return k
}
