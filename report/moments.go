package report

import "math/big"

// moments holds what mean and standard deviation need, exactly. The squares fit into 128 bits
// for three million values of 10^16, the largest that a distribution accepts, and for any number of ordinary ones.
type moments struct {
	n            uint64
	sum, squares wide
}

func (m *moments) add(v uint64) {
	m.n++
	m.sum.add(v)
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
