package command

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"waza/balancer"
	"waza/internal/option"
)

// declareResize makes the flag that changes the number of workers at an instant, each time it is given.
func (f *flags) declareResize(s *section) {
	all := &f.run.Resizes
	s.add(&flag{
		several: f.toldResizes,
		want:    wantResize,
		set: func(text string) error {
			r, err := parseResize(text)
			if err == nil && slices.ContainsFunc(*all, func(other balancer.Resize) bool { return other.At == r.At }) {
				err = fmt.Errorf("want one number at a time, and there is another at %s", option.Short(r.At))
			}
			if err == nil {
				*all = append(*all, r)
				slices.SortFunc(*all, func(a, b balancer.Resize) int { return cmp.Compare(a.At, b.At) })
			}
			return err
		},
		value: func() any { return *all },
	}, "resize", "", "`N@D`, as 5@30s: from 30 s on there are 5 workers, those of the lowest ids. Those that leave finish what they hold; repeatable; none leaves out those of a scenario. "+
		"Lists such as --speeds, and faults, are of the most that there ever are").
		idle(func() bool { return !f.resized() }, "").
		check(f.checkResize)
}

const wantResize = "a number of workers and an instant, such as 5@30s"

// parseResize reads N@D.
func parseResize(text string) (balancer.Resize, error) {
	number, at, found := strings.Cut(text, "@")
	if !found {
		return balancer.Resize{}, errors.New("want " + wantResize)
	}
	n, err := option.Whole(1, maxWorkers).Parse(number)
	if err != nil {
		return balancer.Resize{}, errors.New("want before the @ " + strings.TrimPrefix(err.Error(), "want "))
	}
	instant, err := option.Length(1).Parse(at)
	if err != nil {
		return balancer.Resize{}, errors.New("want behind the @ " + strings.TrimPrefix(err.Error(), "want "))
	}
	return balancer.Resize{At: instant, Workers: n}, nil
}

func (f *flags) resized() bool { return len(f.run.Resizes) > 0 }

// toldResizes are the resizes in canonical form.
func (f *flags) toldResizes() []string {
	var texts []string
	for _, r := range f.run.Resizes {
		texts = append(texts, fmt.Sprintf("%d@%s", r.Workers, option.Short(r.At)))
	}
	return texts
}

// giveResizes says how many workers exist where their number changes: the most that there ever are.
func (f *flags) giveResizes() {
	f.run.Pool.Start = f.pool.start
	for _, r := range f.run.Resizes {
		f.run.Workers = max(f.run.Workers, r.Workers)
	}
}

func (f *flags) checkResize() error {
	if f.resized() && f.pooled() {
		return errors.New("want no --min-workers and no --max-workers beside it: a pool finds out by itself how many workers there are to be")
	}
	return nil
}

// remarkResizes names resizes that change nothing.
func (f *flags) remarkResizes() {
	c, end, workers := f.run, f.arrivalsEnd(), f.pool.start
	for i, r := range c.Resizes {
		switch text := f.toldResizes()[i]; {
		case end > 0 && r.At >= end:
			f.note("--resize=%s is after all requests have begun: they arrive for %s s", text, figure(end.Seconds()))
		case r.Workers == workers:
			f.note("--resize=%s changes nothing: there are as many already", text)
		}
		workers = r.Workers
	}
}
