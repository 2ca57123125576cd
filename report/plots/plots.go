// Package plots draws what happened. Each picture is a file of its own, which says what it shows of the runs of a document
// and becomes a figure: headline, facets, caption. The headline answers what the picture is looked at for; what an axis does
// without is named in the caption. The page, the facets on it, the axes and the looks of curves are the
// same for all, and a document gives the same bytes every time. Nothing here keeps anything beyond a call of Write.
//
// Next: percentiles.go, distribution.go, workers.go and overtime.go, the pictures of a run of each strategy; byvalue.go, response.go and
// heat.go, those of a sweep; then curve.go, what is drawn and how many runs are parted; headline.go, what is said of it; page.go and
// sheet.go, how a figure becomes a file.
package plots

import (
	"fmt"
	"io"
	"slices"

	"waza/internal/output"
	"waza/report/document"
)

// A picture is one file that is drawn of a document.
type picture struct {
	name   string             // of the file, without the format
	draw   func(runs) figure  // of runs that are each of a strategy
	along  func(sweep) figure // of a sweep
	judged bool               // its headline says what the verdict of several seeds does
	suits  func(Of) bool      // whether it is drawn
}

// all is the table of all pictures. A new one is a line here.
func all() []picture {
	return []picture{
		{name: "latency_by_percentile", draw: percentiles, judged: true, suits: Of.single},
		{name: "latency_cdf", draw: distribution, suits: Of.single},
		{name: "workers", draw: perWorker, suits: Of.single},
		{name: "over_time", draw: overTime, suits: func(of Of) bool { return of.single() && of.Eventful }},
		{name: "comparison", draw: comparison, suits: func(of Of) bool { return of.single() && of.Compared }},
		{name: "sweep", along: byValue, suits: func(of Of) bool { return len(of.Swept) == 1 }},
		{name: "response", along: response, suits: Of.offering},
		{name: "heat", along: heat, suits: func(of Of) bool { return len(of.Swept) == 2 }},
	}
}

// Of says what a document has that decides which pictures suit it.
type Of struct {
	Eventful bool     // something happens in a run that is seen over time
	Compared bool     // runs are compared with a baseline, seed by seed
	Swept    []string // the flags of which there are several values; nil: there is a run of each strategy
}

func (of Of) single() bool { return len(of.Swept) == 0 }

// offering tells whether what is offered to the workers is swept, and nothing else.
func (of Of) offering() bool {
	return len(of.Swept) == 1 && slices.Contains([]string{"load", "rate"}, of.Swept[0])
}

// pictures returns those that are drawn of such a document.
func pictures(of Of) []picture {
	return slices.DeleteFunc(all(), func(p picture) bool { return !p.suits(of) })
}

// Files returns the paths of the files that Write writes for such a document.
func Files(dir, format string, of Of) []string {
	var paths []string
	for _, p := range pictures(of) {
		paths = append(paths, p.in(dir, format))
	}
	return paths
}

// Others returns the paths of the files that Write writes into the directory for other documents or in the other format, and not for such a
// one: what is there has another run drawn.
func Others(dir, format string, of Of) []string {
	var paths []string
	for _, f := range []string{"png", "svg"} {
		for _, p := range all() {
			if path := p.in(dir, f); !slices.Contains(Files(dir, format, of), path) {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

func (p picture) in(dir, format string) string { return output.Within(dir, p.name+"."+format) }

// Write draws the runs of a document into files in dir, which must exist, and returns their paths: one of each picture in
// the table that suits them, as "png" or "svg". The title, which may be long, carries the configuration; the command and the
// seed stand below each picture. What is beside the document is drawn with a sweep. The same document gives the same bytes. An error
// names the file that could not be drawn or written; paths then holds those that were finished before it.
func Write(d document.Document, dir, format, title string, beside Beside) (paths []string, err error) {
	for _, p := range pictures(Of{Eventful: d.Eventful, Compared: d.Compared, Swept: sweptFlags(d)}) {
		path := p.in(dir, format)
		var f figure
		if p.along != nil {
			f = p.along(sweepOf(d, beside))
		} else {
			f = p.draw(d.Runs)
		}
		if p.judged {
			f.headline = judged(d, f.headline)
		}
		f.config = title
		if d.Interrupted || len(d.Missing) > 0 {
			f.headline = "" // nobody is best in a part of the runs
		}
		f.caption = append(f.caption, origin(d))
		file, err := f.render(format)
		if err != nil {
			return paths, fmt.Errorf("%s: %w", path, err)
		}
		if err := output.Write(path, func(to io.Writer) error { _, err := to.Write(file); return err }); err != nil {
			return paths, fmt.Errorf("%s: %w", path, err)
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// origin says how to make the picture again.
func origin(d document.Document) string {
	made := "Made"
	switch {
	case !d.Interrupted && len(d.Missing) > 0:
		made = "Not all runs came to their end; made"
	case d.Interrupted:
		made = "Interrupted, so this is a part of the run; made"
	}
	seeds := fmt.Sprintf("seed %d", d.Seed)
	if n := runs(d.Runs).seeds(); n != "" {
		seeds = fmt.Sprintf("%s from %d", n, d.Seed)
	}
	return fmt.Sprintf("%s with %s by: %s", made, seeds, d.Command)
}
