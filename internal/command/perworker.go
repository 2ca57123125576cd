package command

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"waza/internal/option"
)

// A stretch is that many workers in a row that have the same.
type stretch[T any] struct {
	count int
	is    T
}

// perWorker is what each worker has: its speed, its weight, its tier. One stretch without a count holds for however
// many workers there are.
type perWorker[T any] struct {
	stretches []stretch[T]
	all       bool
	noun      string
	item      option.Kind[T]
}

// perWorkers reads lists such as 8x1,2x0.25, or one for all.
func perWorkers[T any](noun, example string, item option.Kind[T]) option.Kind[perWorker[T]] {
	k := option.Kind[perWorker[T]]{
		Want: fmt.Sprintf("one %s for all workers, or a list such as %s, each %s", noun, example, item.Want),
		Show: perWorker[T].String,
	}
	k.Parse = func(s string) (perWorker[T], error) {
		items, total := strings.Split(s, ","), 0
		l := perWorker[T]{all: len(items) == 1 && !strings.Contains(s, "x"), noun: noun, item: item}
		for _, text := range items {
			stretch, ok := l.parse(text)
			if !ok {
				return perWorker[T]{}, k.Refuse()
			}
			if total += stretch.count; total > maxWorkers {
				return perWorker[T]{}, errors.New("want " + noun + "s for at most " + option.Grouped(maxWorkers) + " workers")
			}
			l.stretches = append(l.stretches, stretch)
		}
		return l, nil
	}
	return k
}

// tierList is what would be typed for these tiers.
func tierList(tiers []int) perWorker[int] {
	l := perWorker[int]{noun: "tier", item: option.Whole(0, maxPriorities-1)}
	for i, tier := range tiers {
		if i > 0 && tiers[i-1] == tier {
			l.stretches[len(l.stretches)-1].count++
		} else {
			l.stretches = append(l.stretches, stretch[int]{1, tier})
		}
	}
	return l
}

// parse reads COUNTxVALUE or VALUE.
func (l perWorker[T]) parse(s string) (stretch[T], bool) {
	count, value, many := strings.Cut(s, "x")
	if !many {
		count, value = "1", s
	}
	n, err := option.Whole(1, maxWorkers).Parse(count)
	if err != nil {
		return stretch[T]{}, false
	}
	is, err := l.item.Parse(value)
	return stretch[T]{n, is}, err == nil
}

// String is a list that gives each stretch its count where one of them needs it: in 0,9x1 nobody sees at once that the 0 is one worker's.
func (l perWorker[T]) String() string {
	if l.all {
		return l.item.Show(l.stretches[0].is)
	}
	counted := len(l.stretches) == 1 || slices.ContainsFunc(l.stretches, func(r stretch[T]) bool { return r.count > 1 })
	var items []string
	for _, r := range l.stretches {
		item := l.item.Show(r.is)
		if counted {
			item = strconv.Itoa(r.count) + "x" + item
		}
		items = append(items, item)
	}
	return strings.Join(items, ",")
}

// count is for how many workers it is, where it is not one for all.
func (l perWorker[T]) count() int {
	n := 0
	for _, r := range l.stretches {
		n += r.count
	}
	return n
}

// of returns one per worker; flag is what says how many they are.
func (l perWorker[T]) of(workers int, flag string) ([]T, error) {
	if l.all {
		l.stretches = []stretch[T]{{workers, l.stretches[0].is}}
	}
	var each []T
	for _, r := range l.stretches {
		for range r.count {
			each = append(each, r.is)
		}
	}
	if len(each) != workers {
		return nil, fmt.Errorf("want %ss for all %s, not for %d", l.noun, flag, len(each))
	}
	return each, nil
}
