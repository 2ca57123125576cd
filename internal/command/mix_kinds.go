package command

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
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
		return is, c.ErrorAsIn(forms[c.Kind])
	}
	return k
}

// shareLists reads the shares of at most so many classes.
func shareLists(most int, example string) option.Kind[[]float64] {
	k, parse := option.Items(option.Above(0, 1), ","), option.Items(option.Above(0, 1), ",").Parse
	k.Want = fmt.Sprintf("at most %d shares above 0 that add up to 1, such as %s", most, example)
	k.Parse = func(s string) ([]float64, error) {
		shares, err := parse(s)
		if err != nil || len(shares) > most {
			return nil, k.Refuse()
		}
		sum := 0.0
		for _, share := range shares {
			sum += share
		}
		if math.Abs(sum-1) > 1e-9 {
			return nil, fmt.Errorf("want shares that add up to 1, not to %s", option.FormatDecimal(sum))
		}
		return shares, nil
	}
	return k
}

// priorities is what a flag says of the priorities of requests.
type priorities struct {
	shares []float64
	cycle  bool // they take turns, by the number of the request
}

// priorityLists reads the shares of the priorities, or cycle:K.
func priorityLists() option.Kind[priorities] {
	list, turns := shareLists(maxPriorities, "0.2,0.3,0.5"), option.Whole(1, maxPriorities)
	k := option.Kind[priorities]{Want: list.Want + ", or cycle:K, K " + turns.Want}
	k.Parse = func(s string) (priorities, error) {
		if c := option.ParseClause(s); c.Kind == "cycle" {
			c.Expect(1)
			n := option.ValueAt(c, 0, "K", turns)
			return priorities{slices.Repeat([]float64{1 / float64(max(1, n))}, n), true}, c.ErrorAsIn("cycle:3")
		}
		shares, err := list.Parse(s)
		if err != nil && err.Error() == list.Refuse().Error() {
			err = k.Refuse()
		}
		return priorities{shares: shares}, err
	}
	k.Show = func(p priorities) string {
		if p.cycle {
			return "cycle:" + strconv.Itoa(len(p.shares))
		}
		return list.Show(p.shares)
	}
	return k
}

// distributionLists reads distributions with a / between them.
func distributionLists(low time.Duration) option.Kind[[]distribution] {
	k := option.Items(distributions(low), "/")
	k.Want = "one distribution for each priority, with / between them, such as exponential:5ms/exponential:50ms"
	return k
}

// zoneDelay is how long one way takes, from each zone to each; one length alone is that between any two different zones.
type zoneDelay [][]time.Duration

// zoneDelays reads a length, or rows of lengths with a / between the rows.
func zoneDelays() option.Kind[zoneDelay] {
	rows := option.Items(option.Items(option.Length(0), ","), "/")
	k := option.Kind[zoneDelay]{
		Want: "the duration of one way, from 0s to " + option.Short(maxDelay) + ", or one for each pair of zones, such as 0s,1ms/1ms,0s",
		Show: func(z zoneDelay) string { return rows.Show(z) },
	}
	k.Parse = func(s string) (zoneDelay, error) {
		z, err := rows.Parse(s)
		if err != nil || slices.Max(slices.Concat(z...)) > maxDelay {
			return nil, k.Refuse()
		}
		return z, zoneDelay(z).check()
	}
	return k
}

// forAll tells whether there is one length alone.
func (z zoneDelay) forAll() bool { return len(z) == 1 && len(z[0]) == 1 }

// check holds that the rows are a square whose diagonal is 0.
func (z zoneDelay) check() error {
	for i, row := range z {
		switch {
		case z.forAll():
		case len(row) != len(z):
			return fmt.Errorf("want as many delays in each row as there are rows, not %d in row %d of %d", len(row), i+1, len(z))
		case row[i] != 0:
			return fmt.Errorf("want no delay inside a zone, and zone %d has %s", i, option.Short(row[i]))
		}
	}
	return nil
}

// of returns the delay from each of so many zones to each.
func (z zoneDelay) of(zones int) ([][]time.Duration, error) {
	if !z.forAll() {
		if len(z) != zones {
			return nil, fmt.Errorf("want a row for each of the %d zones, not %d", zones, len(z))
		}
		return z, nil
	}
	rows := make([][]time.Duration, zones)
	for from := range rows {
		rows[from] = slices.Repeat(z[0], zones)
		rows[from][from] = 0
	}
	return rows, nil
}
