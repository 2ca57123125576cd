package experiment

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"waza/internal/record"
	"waza/report"
)

// Parts are all parts of one command, as they were read. They are a Player that has played its pieces already.
type Parts struct {
	Arguments []string // of the command
	Input     string   // the digest of what it read

	files  []*PartFile // by their number
	played map[string]report.Result
}

// Files are the paths of the parts.
func (p *Parts) Files() (all []string) {
	for _, f := range p.files {
		all = append(all, f.path)
	}
	return all
}

// A Misfit says why parts cannot be put together.
type Misfit struct {
	File string // that is to blame; empty: all together
	Want string
}

func (m Misfit) Error() string { return m.File + ": " + m.Want }

// ReadParts reads the files of all parts, in whatever order. Its error is a Misfit.
func ReadParts(paths []string, version string) (*Parts, error) {
	var files []*PartFile
	for _, path := range paths {
		f, err := readPart(path)
		if err == nil && f.Version != version {
			err = fmt.Errorf("want a part of waza %s, and it is one of %.20q", version, f.Version)
		}
		if err == nil && len(files) > 0 {
			err = f.isOf(files[0])
		}
		if err != nil {
			return nil, Misfit{path, err.Error()}
		}
		files = append(files, f)
	}
	slices.SortStableFunc(files, func(a, b *PartFile) int { return cmp.Compare(a.Part, b.Part) })
	for i, f := range files {
		if i > 0 && f.Part == files[i-1].Part {
			return nil, Misfit{f.path, fmt.Sprintf("want each part once, and %s is part %d, too", files[i-1].path, f.Part)}
		}
		if !f.Whole {
			return nil, Misfit{f.path, fmt.Sprintf("want a whole part, and this is not all of --part=%d/%d: it was interrupted, or has failed", f.Part, f.Parts)}
		}
	}
	if lack := missing(files); lack != "" {
		return nil, Misfit{"", fmt.Sprintf("want all %d parts, and there is no %s", files[0].Parts, lack)}
	}
	return &Parts{Arguments: files[0].Arguments, Input: files[0].Input, files: files}, nil
}

// missing names the parts that are not among the files, 3, 5-7.
func missing(files []*PartFile) string {
	var gaps []string
	next := 1
	gap := func(end int) {
		switch {
		case next == end-1:
			gaps = append(gaps, fmt.Sprint(next))
		case next < end:
			gaps = append(gaps, fmt.Sprintf("%d-%d", next, end-1))
		}
		next = end + 1
	}
	for _, f := range files {
		gap(f.Part)
	}
	gap(files[0].Parts + 1)
	return strings.Join(gaps, ", ")
}

// Fit finds the runs of the plan in the parts. Its error is a Misfit.
func (p *Parts) Fit(plan Plan) error {
	all := plan.all()
	p.played = make(map[string]report.Result, len(all))
	parts := deal(all, len(p.files))
	for n, f := range p.files {
		own := parts[n]
		if len(own) != len(f.Pieces) {
			return Misfit{f.path, fmt.Sprintf("want all runs of part %d, which are %d, and it has %d", f.Part, len(own), len(f.Pieces))}
		}
		for i, piece := range f.Pieces {
			var r report.Result
			err := record.Unmarshal(piece.Result, &r)
			wanted := all[own[i]]
			if err != nil || piece.Index != own[i] || r.Seed != wanted.Seed || r.Strategy != wanted.Strategy {
				return Misfit{f.path, fmt.Sprintf("want the runs of part %d, and its run %d is none of them", f.Part, i+1)}
			}
			r.Latency.Pack() // there may be many
			p.played[wanted.key()] = r
		}
		f.Pieces = nil
	}
	return nil
}

// key tells pieces of one plan apart.
func (p Piece) key() string { return fmt.Sprintf("%q %s %d", p.Settings, p.Strategy, p.Seed) }

// Play returns what the piece has given when its part was played.
func (p *Parts) Play(_ context.Context, piece Piece, _ func(int)) (report.Result, error) {
	r, found := p.played[piece.key()]
	if !found {
		return r, errors.New(piece.Strategy + ": the parts do not have this run")
	}
	return r, nil
}

// End has nothing to end.
func (p *Parts) End() {}
