package report

import (
	"math"
	"reflect"
)

// Mean is what several runs of one strategy say together, at least one, each with a seed of its own. Every figure is the mean of theirs,
// and exists where it exists in each of them; of a maximum it is the largest. What is true of at least half of them is true. Rows of
// the same worker, class or part of the run are one row; runs that do not have the same rows have none. Latency has the
// requests of all of them.
func Mean(runs []Result) Result {
	if len(runs) == 1 {
		return runs[0]
	}
	var mean Result
	all := make([]reflect.Value, len(runs))
	for i := range runs {
		all[i] = reflect.ValueOf(&runs[i]).Elem()
	}
	setMean(reflect.ValueOf(&mean).Elem(), all)
	mean.Replications, mean.Seed = len(runs), runs[0].Seed
	if mean.Broker != nil {
		judgeBroker(&mean)
	}
	mean.sure(runs)
	return mean
}

// A meaner knows best what values of its type say together; nil: nothing.
type meaner interface{ meanOf(all []reflect.Value) any }

// meanOf has the values of all.
func (*Distribution) meanOf(all []reflect.Value) any {
	together := (*Distribution)(nil)
	for _, v := range all {
		d := v.Interface().(*Distribution)
		if d == nil {
			return nil
		}
		if together == nil {
			together = NewDistribution(d.unit)
		}
		packed := d.packed
		together.merge(d)
		if packed != nil {
			d.packed, d.histogram = packed, nil
		}
	}
	return together
}

// Stretches of one curve follow each other, and those of several runs are cut at different instants: what all of them know of the stretches
// of the first is their mean there.
func (Stretches) meanOf(all []reflect.Value) any {
	var mean Stretches
	for _, at := range all[0].Interface().(Stretches) {
		sum, known := 0.0, 0
		for _, v := range all {
			if is := v.Interface().(Stretches).at((at.FromSeconds + at.ToSeconds) / 2); is != nil {
				sum, known = sum+*is, known+1
			}
		}
		if known == len(all) {
			mean = append(mean, Stretch{at.FromSeconds, at.ToSeconds, sum / float64(known)})
		}
	}
	return mean
}

// at is the value at an instant, in seconds; nil: in a gap.
func (s Stretches) at(seconds float64) *float64 {
	for i := range s {
		if s[i].FromSeconds <= seconds && seconds < s[i].ToSeconds {
			return &s[i].Seconds
		}
	}
	return nil
}

// setMean sets to what all of them, of the same type, say together.
func setMean(to reflect.Value, all []reflect.Value) {
	if m, ok := to.Interface().(meaner); ok {
		if is := m.meanOf(all); is != nil {
			to.Set(reflect.ValueOf(is))
		}
		return
	}
	switch to.Kind() {
	case reflect.Float64:
		to.SetFloat(meanOf(all, reflect.Value.Float))
	case reflect.Int, reflect.Int64:
		to.SetInt(int64(math.Round(meanOf(all, func(v reflect.Value) float64 { return float64(v.Int()) }))))
	case reflect.Bool:
		to.SetBool(2*trues(all) >= len(all))
	case reflect.String, reflect.Uint64:
		to.Set(all[0])
	case reflect.Pointer:
		setMeanOfPointers(to, all)
	case reflect.Struct:
		for i := range to.NumField() {
			set := setMean
			if to.Type().Field(i).Tag.Get("mean") == "max" {
				set = setLargest
			}
			set(to.Field(i), each(all, func(v reflect.Value) reflect.Value { return v.Field(i) }))
		}
	case reflect.Slice:
		setMeanOfRows(to, all)
	case reflect.Array:
		for i := range to.Len() {
			setMean(to.Index(i), each(all, func(v reflect.Value) reflect.Value { return v.Index(i) }))
		}
	}
}

func setMeanOfPointers(to reflect.Value, all []reflect.Value) {
	for _, v := range all {
		if v.IsNil() {
			return
		}
	}
	to.Set(reflect.New(to.Type().Elem()))
	setMean(to.Elem(), each(all, reflect.Value.Elem))
}

// setMeanOfRows makes one row of those with the same number, up to the first that some do not have or that tells of something else in each.
func setMeanOfRows(to reflect.Value, all []reflect.Value) {
	n := all[0].Len()
	for _, v := range all {
		if v.IsNil() {
			return
		}
		n = min(n, v.Len())
	}
	rows := reflect.MakeSlice(to.Type(), n, n)
	for i := range n {
		some := each(all, func(v reflect.Value) reflect.Value { return v.Index(i) })
		if !sameKeys(some) {
			rows = rows.Slice(0, i)
			break
		}
		setMean(rows.Index(i), some)
	}
	to.Set(rows)
}

// sameKeys tells whether rows tell of the same: whether the fields that say of what are equal.
func sameKeys(rows []reflect.Value) bool {
	if rows[0].Kind() != reflect.Struct {
		return true
	}
	for i := range rows[0].NumField() {
		if rows[0].Type().Field(i).Tag.Get("mean") == "key" {
			for _, row := range rows {
				if !row.Field(i).Equal(rows[0].Field(i)) {
					return false
				}
			}
		}
	}
	return true
}

// setLargest sets to the largest of numbers, or of those of the pointers that are not nil.
func setLargest(to reflect.Value, all []reflect.Value) {
	largest := all[0]
	for _, v := range all {
		switch {
		case v.Kind() == reflect.Pointer && (v.IsNil() || !largest.IsNil() && number(v.Elem()) <= number(largest.Elem())):
		case v.Kind() != reflect.Pointer && number(v) <= number(largest):
		default:
			largest = v
		}
	}
	to.Set(largest)
}

func number(v reflect.Value) float64 {
	if v.CanInt() {
		return float64(v.Int())
	}
	return v.Float()
}

func each(all []reflect.Value, of func(reflect.Value) reflect.Value) []reflect.Value {
	parts := make([]reflect.Value, len(all))
	for i, v := range all {
		parts[i] = of(v)
	}
	return parts
}

// meanOf is the mean of numbers. That of equal ones is what they are: a sum would round.
func meanOf(all []reflect.Value, of func(reflect.Value) float64) float64 {
	first, sum, equal := of(all[0]), 0.0, true
	for _, v := range all {
		is := of(v)
		sum += is
		equal = equal && is == first
	}
	if equal {
		return first
	}
	return sum / float64(len(all))
}

func trues(all []reflect.Value) (n int) {
	for _, v := range all {
		if v.Bool() {
			n++
		}
	}
	return n
}
