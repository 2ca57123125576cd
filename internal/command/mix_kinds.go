package command

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"waza/internal/option"
	"waza/requester"
)

// keys is a distribution of keys as a flag says it. The table of zipf is made when it is needed.
type keys struct {
	s float64 // of zipf; 0: uniform
	n int
}

func (k keys) String() string {
	if k.s == 0 {
		return "uniform:" + strconv.Itoa(k.n)
	}
	return "zipf:" + option.FormatDecimal(k.s) + "," + strconv.Itoa(k.n)
}

func (k keys) make() *requester.Keys {
	if k.s == 0 {
		return requester.UniformKeys(k.n)
	}
	return requester.ZipfKeys(k.s, k.n)
}

// keyDistributions reads uniform:N or zipf:S,N.
func keyDistributions() option.Kind[keys] {
	forms := map[string]string{"uniform": "uniform:1000", "zipf": "zipf:1,1000"}
	k := option.Kind[keys]{Want: "uniform:N or zipf:S,N", Show: keys.String}
	k.Parse = func(s string) (keys, error) {
		c, is := option.ParseClause(s), keys{}
		switch c.Kind {
		case "uniform":
			c.Expect(1)
		case "zipf":
			c.Expect(2)
			is.s = option.ValueAt(c, 0, "S", option.Above(0, maxZipf))
		default:
			return keys{}, errors.New("want " + k.Want + option.Suggestion(c.Kind, slices.Sorted(maps.Keys(forms))))
		}
		is.n = option.ValueAt(c, len(c.Values)-1, "N", option.Whole(1, maxKeys))
		if c.Err != nil {
			return keys{}, errors.New(c.Err.Error() + ", as in " + forms[c.Kind])
		}
		return is, nil
	}
	return k
}

// shareLists reads the shares of at most so many classes.
func shareLists(most int, example string) option.Kind[[]float64] {
	k := option.Kind[[]float64]{
		Want: fmt.Sprintf("at most %d shares above 0 that add up to 1, such as %s", most, example),
		Show: func(shares []float64) string {
			var items []string
			for _, share := range shares {
				items = append(items, option.FormatDecimal(share))
			}
			return strings.Join(items, ",")
		},
	}
	k.Parse = func(s string) ([]float64, error) {
		var shares []float64
		sum := 0.0
		for item := range strings.SplitSeq(s, ",") {
			x, ok := option.ParseDecimal(item)
			if !ok || x <= 0 || x > 1 || len(shares) == most {
				return nil, k.Refuse()
			}
			shares, sum = append(shares, x), sum+x
		}
		if sum < 1-shareSlack || sum > 1+shareSlack {
			return nil, fmt.Errorf("want shares that add up to 1, not to %s", option.FormatDecimal(sum))
		}
		return shares, nil
	}
	return k
}

// distributionLists reads distributions with a / between them.
func distributionLists(low time.Duration) option.Kind[[]distribution] {
	k := option.Kind[[]distribution]{
		Want: "one distribution for each priority, with / between them, such as exponential:5ms/exponential:50ms",
		Show: func(list []distribution) string {
			var items []string
			for _, d := range list {
				items = append(items, d.String())
			}
			return strings.Join(items, "/")
		},
	}
	k.Parse = func(s string) ([]distribution, error) {
		var list []distribution
		for item := range strings.SplitSeq(s, "/") {
			d, err := distributions(low).Parse(item)
			if err != nil {
				return nil, err
			}
			list = append(list, d)
		}
		return list, nil
	}
	return k
}

// zoneDelay is how long one way takes between zones: one length for all pairs of different ones, or one per pair.
type zoneDelay struct {
	all  time.Duration
	rows [][]time.Duration // from each zone to each; nil: all
}

// zoneDelays reads a length, or rows of lengths with a / between the rows.
func zoneDelays() option.Kind[zoneDelay] {
	k := option.Kind[zoneDelay]{
		Want: "the duration of one way, from 0s to " + option.Short(maxDelay) + ", or one for each pair of zones, such as 0s,1ms/1ms,0s",
		Show: zoneDelay.String,
	}
	k.Parse = func(s string) (zoneDelay, error) {
		var is zoneDelay
		for text := range strings.SplitSeq(s, "/") {
			var row []time.Duration
			for item := range strings.SplitSeq(text, ",") {
				d, err := option.Length(0).Parse(item)
				if err != nil || d > maxDelay {
					return zoneDelay{}, k.Refuse()
				}
				row = append(row, d)
			}
			is.rows = append(is.rows, row)
		}
		if len(is.rows) == 1 && len(is.rows[0]) == 1 {
			return zoneDelay{all: is.rows[0][0]}, nil
		}
		return is, is.check()
	}
	return k
}

// check holds that the rows are a square whose diagonal is 0.
func (z zoneDelay) check() error {
	for i, row := range z.rows {
		if len(row) != len(z.rows) {
			return fmt.Errorf("want as many delays in each row as there are rows, not %d in row %d of %d", len(row), i+1, len(z.rows))
		}
		if row[i] != 0 {
			return fmt.Errorf("want no delay inside a zone, and zone %d has %s", i, option.Short(row[i]))
		}
	}
	return nil
}

func (z zoneDelay) String() string {
	if z.rows == nil {
		return option.Short(z.all)
	}
	var rows []string
	for _, row := range z.rows {
		var items []string
		for _, d := range row {
			items = append(items, option.Short(d))
		}
		rows = append(rows, strings.Join(items, ","))
	}
	return strings.Join(rows, "/")
}

// of returns the delay from each of so many zones to each.
func (z zoneDelay) of(zones int) ([][]time.Duration, error) {
	if z.rows != nil && len(z.rows) != zones {
		return nil, fmt.Errorf("want a row for each of the %d zones, not %d", zones, len(z.rows))
	}
	if z.rows != nil {
		return z.rows, nil
	}
	rows := make([][]time.Duration, zones)
	for from := range rows {
		rows[from] = make([]time.Duration, zones)
		for to := range rows {
			if from != to {
				rows[from][to] = z.all
			}
		}
	}
	return rows, nil
}
