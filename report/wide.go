package report

import (
	"math/big"
	"math/bits"
)

// wide is an unsigned sum in 128 bits. Integers add up to the same sum in whatever order they come,
// which floats do not, and messages that fall on one instant may come in any order.
type wide struct{ high, low uint64 }

func (w *wide) add(v uint64) { w.merge(wide{low: v}) }

// addProduct adds a·b.
func (w *wide) addProduct(a, b uint64) {
	high, low := bits.Mul64(a, b)
	w.merge(wide{high, low})
}

// subtract takes a smaller sum away.
func (w *wide) subtract(other wide) {
	var borrow uint64
	w.low, borrow = bits.Sub64(w.low, other.low, 0)
	w.high, _ = bits.Sub64(w.high, other.high, borrow)
}

func (w *wide) merge(other wide) {
	var carry uint64
	w.low, carry = bits.Add64(w.low, other.low, 0)
	w.high, _ = bits.Add64(w.high, other.high, carry)
}

func (w wide) less(other wide) bool {
	return w.high < other.high || w.high == other.high && w.low < other.low
}

func (w wide) big() *big.Int {
	n := new(big.Int).SetUint64(w.high)
	n.Lsh(n, 64)
	return n.Or(n, new(big.Int).SetUint64(w.low))
}

// over returns the sum divided by a positive d, rounded once.
func (w wide) over(d float64) float64 {
	f, _ := new(big.Float).SetInt(w.big()).Float64()
	return f / d
}

func (w wide) String() string { return w.big().String() }
