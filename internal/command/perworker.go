package command

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A speedRun is that many workers in a row of one speed.
type speedRun struct {
	count int
	speed float64
}

// speedList is the speeds of the workers. One run without a count holds for however many workers there are.
type speedList struct {
	runs []speedRun
	all  bool
}

// speedLists reads lists such as 8x1,2x0.25, or one speed for all.
func speedLists() kind[speedList] {
	k := kind[speedList]{
		want: fmt.Sprintf("one speed for all workers, or a list such as 8x1,2x0.25, each from %s to %s",
			formatDecimal(minSpeed), bound(maxSpeed)),
		show: speedList.String,
	}
	k.parse = func(s string) (speedList, error) {
		items, total := strings.Split(s, ","), 0
		l := speedList{all: len(items) == 1 && !strings.Contains(s, "x")}
		for _, item := range items {
			run, ok := parseSpeedRun(item)
			if !ok {
				return speedList{}, k.refuse()
			}
			if total += run.count; total > maxWorkers {
				return speedList{}, errors.New("want speeds for at most " + grouped(maxWorkers) + " workers")
			}
			l.runs = append(l.runs, run)
		}
		return l, nil
	}
	return k
}

// parseSpeedRun reads COUNTxSPEED or SPEED.
func parseSpeedRun(s string) (speedRun, bool) {
	count, speed, many := strings.Cut(s, "x")
	if !many {
		count, speed = "1", s
	}
	n, err := whole(1, maxWorkers).parse(count)
	if err != nil {
		return speedRun{}, false
	}
	x, err := number(minSpeed, maxSpeed).parse(speed)
	return speedRun{n, x}, err == nil
}

func (l speedList) String() string {
	var items []string
	for _, r := range l.runs {
		item := formatDecimal(r.speed)
		if r.count > 1 {
			item = strconv.Itoa(r.count) + "x" + item
		}
		items = append(items, item)
	}
	if len(items) == 1 && !l.all && l.runs[0].count == 1 {
		return "1x" + items[0]
	}
	return strings.Join(items, ",")
}

// of returns one speed per worker.
func (l speedList) of(workers int) ([]float64, error) {
	if l.all {
		l.runs = []speedRun{{workers, l.runs[0].speed}}
	}
	var speeds []float64
	for _, r := range l.runs {
		for range r.count {
			speeds = append(speeds, r.speed)
		}
	}
	if len(speeds) != workers {
		return nil, fmt.Errorf("want speeds for all --workers=%d, not for %d", workers, len(speeds))
	}
	return speeds, nil
}
