package report

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// MarshalText writes all that the Distribution holds, so that another process may have it: its unit, the number, sum and squares of
// the values, the largest, how many lie beyond the histogram, and of each bucket that is not empty how far it lies from the one before and what it holds.
func (d *Distribution) MarshalText() ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %d %v %v %v %d", d.unit, d.moments.n, d.moments.sum.big(), d.moments.squares.big(), d.largest.big(), d.beyond)
	before := -1
	for i, n := range d.unpack().Export().Counts {
		if n > 0 {
			fmt.Fprintf(&b, " %d:%d", i-before, n)
			before = i
		}
	}
	return []byte(b.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Distribution) UnmarshalText(text []byte) error {
	*d = *NewDistribution(1)
	from := strings.NewReader(string(text))
	var sum, squares, largest big.Int
	if _, err := fmt.Fscan(from, &d.unit, &d.moments.n, &sum, &squares, &largest, &d.beyond); err != nil {
		return err
	}
	d.moments.sum, d.moments.squares.wide, d.largest = narrowed(&sum), narrowed(&squares), narrowed(&largest)
	d.moments.squares.high = squares.Rsh(&squares, 128).Uint64()
	snapshot := d.histogram.Export()
	at := -1
	rest := string(text[len(text)-from.Len():])
	for bucket := range strings.FieldsSeq(rest) { // there may be thousands, and package fmt is slow
		is, of, _ := strings.Cut(bucket, ":")
		step, err := strconv.Atoi(is)
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(of, 10, 64)
		if err != nil {
			return err
		}
		if at += step; step < 1 || at >= len(snapshot.Counts) {
			return errors.New("a bucket that the histogram does not have")
		}
		snapshot.Counts[at] = n
	}
	d.histogram = hdrhistogram.Import(snapshot)
	return nil
}

// Pack lets a Distribution that nobody looks at take the room of its text only, some kilobytes, until somebody does.
func (d *Distribution) Pack() {
	if d != nil && d.packed == nil {
		d.packed, _ = d.MarshalText()
		d.histogram = nil
	}
}

// unpack makes the histogram again.
func (d *Distribution) unpack() *hdrhistogram.Histogram {
	if d.packed != nil {
		if err := d.UnmarshalText(d.packed); err != nil {
			panic("report: a packed distribution is not what it was: " + err.Error())
		}
	}
	return d.histogram
}

// narrowed are the lowest 128 bits of a sum.
func narrowed(sum *big.Int) wide {
	var high big.Int
	return wide{high.Rsh(sum, 64).Uint64(), new(big.Int).And(sum, new(big.Int).SetUint64(1<<64-1)).Uint64()}
}
