package report

import "iter"

// Steps yields the values that were added, ascending, each with the number of all values that do not exceed it. Values that
// the histogram cannot tell apart are one, and what lies beyond it is left out: the last number is then less than Count.
func (d *Distribution) Steps() iter.Seq2[float64, int64] {
	return func(yield func(float64, int64) bool) {
		var upTo int64
		for _, bar := range d.unpack().Distribution() {
			if bar.Count == 0 {
				continue
			}
			v := bar.To // the top of a bucket, which may lie above the largest value there was
			if top := (wide{low: uint64(v)}); d.largest.less(top) {
				v = int64(d.largest.low)
			}
			if upTo += bar.Count; !yield(float64(v)/float64(d.unit), upTo) {
				return
			}
		}
	}
}
