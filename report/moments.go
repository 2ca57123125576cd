package report

import (
	"math/big"
	"math/bits"
)

// moments holds what mean and standard deviation need, exactly.
type moments struct {
	n       uint64
	sum     wide
	squares wider
}

// addShort counts a value of 64 bits, as nearly all are.
func (m *moments) addShort(v uint64) {
	m.n++
	m.sum.add(v)
	high, low := bits.Mul64(v, v)
	m.squares.merge(wider{0, wide{high, low}})
}

// add counts a value of less than 2^96.
func (m *moments) add(v wide) {
	m.n++
	m.sum.merge(v)
	m.squares.addSquare(v)
}

func (m *moments) merge(other moments) {
	m.n += other.n
	m.sum.merge(other.sum)
	m.squares.merge(other.squares)
}

// mean returns the mean in units of so many of what was added, or nil if nothing was.
func (m *moments) mean(unit int64) *float64 {
	if m.n == 0 {
		return nil
	}
	count := new(big.Int).SetUint64(m.n)
	return rounded(new(big.Rat).SetFrac(m.sum.big(), count.Mul(count, big.NewInt(unit))))
}

// sd returns the sample standard deviation, √((nΣx² − (Σx)²) / n(n−1)), or nil for fewer than two values.
// The difference is taken between integers: in floats it would leave noise where all values are equal.
func (m *moments) sd(unit int64) *float64 {
	if m.n < 2 {
		return nil
	}
	n := new(big.Int).SetUint64(m.n)
	sum := m.sum.big()
	above := new(big.Int).Mul(n, m.squares.big())
	above.Sub(above, sum.Mul(sum, sum))
	below := new(big.Int).Mul(n, new(big.Int).SetUint64(m.n-1))
	below.Mul(below, new(big.Int).Mul(big.NewInt(unit), big.NewInt(unit)))

	variance := new(big.Float).SetPrec(256).SetRat(new(big.Rat).SetFrac(above, below))
	v, _ := variance.Sqrt(variance).Float64()
	return &v
}

// rounded returns the float nearest to r.
func rounded(r *big.Rat) *float64 {
	v, _ := r.Float64()
	return &v
}

// wider is a sum of squares in 192 bits, the highest first: room for any number of times, each of 63 bits, and for the squares of
// 67 million of the largest slowdowns.
type wider struct {
	high uint64
	wide
}

// addSquare adds v² = high²·2^128 + 2·high·low·2^64 + low², for v of less than 2^96.
func (w *wider) addSquare(v wide) {
	high, low := bits.Mul64(v.low, v.low)
	w.merge(wider{0, wide{high, low}})
	if v.high > 0 {
		high, low = bits.Mul64(2*v.high, v.low)
		w.merge(wider{v.high*v.high + high, wide{low, 0}})
	}
}

func (w *wider) merge(other wider) {
	var carry uint64
	w.low, carry = bits.Add64(w.low, other.low, 0)
	w.wide.high, carry = bits.Add64(w.wide.high, other.wide.high, carry)
	w.high += other.high + carry
}

func (w wider) big() *big.Int {
	n := new(big.Int).SetUint64(w.high)
	return n.Or(n.Lsh(n, 128), w.wide.big())
}
