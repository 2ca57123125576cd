// Package plots draws what happened. Each picture is a file of its own, which says what it shows of the runs of a document
// and becomes a figure: headline, facets, caption. The headline answers what the picture is looked at for; what an axis does
// without is named in the caption. The page, the facets on it, the axes and the looks of curves are the
// same for all, and a document gives the same bytes every time. Nothing here keeps anything beyond a call of Write.
//
// Next: percentiles.go, distribution.go, workers.go and overtime.go, the pictures; then curve.go, what is drawn and how many runs are
// parted; headline.go, what is said of it; page.go and sheet.go, how a figure becomes a file.
package plots

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"waza/internal/output"
	"waza/report/document"
)

// A picture is one file that is drawn of a document.
type picture struct {
	name     string // of the file, without the format
	draw     func(runs) figure
	judged   bool // its headline says what the verdict of several seeds does
	eventful bool // drawn only of a run in which something happens that is seen over time
	compared bool // drawn only of runs that are compared with a baseline, seed by seed
}

// all is the table of all pictures. A new one is a line here.
func all() []picture {
	return []picture{
		{name: "latency_by_percentile", draw: percentiles, judged: true},
		{name: "latency_cdf", draw: distribution},
		{name: "workers", draw: perWorker},
		{name: "over_time", draw: overTime, eventful: true},
		{name: "comparison", draw: comparison, compared: true},
	}
}

// Of says what a document has that decides which pictures suit it.
type Of struct {
	Eventful bool // see picture
	Compared bool // see picture
	Swept    bool // a sweep: these pictures would take each of its runs for a strategy of its own, and none is drawn
}

// pictures returns those that are drawn of such a document.
func pictures(of Of) []picture {
	if of.Swept {
		return nil
	}
	return slices.DeleteFunc(all(), func(p picture) bool { return p.eventful && !of.Eventful || p.compared && !of.Compared })
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
		for _, path := range Files(dir, f, Of{Eventful: true, Compared: true}) {
			if !slices.Contains(Files(dir, format, of), path) {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

func (p picture) in(dir, format string) string { return filepath.Join(dir, p.name+"."+format) }

// Write draws the runs of a document into files in dir, which must exist, and returns their paths: one of each picture in
// the table that suits them, as "png" or "svg". The title, which may be long, carries the configuration; the command and the
// seed stand below each picture. The same document gives the same bytes. An error names the file that could not be drawn or
// written; paths then holds those that were finished before it.
func Write(d document.Document, dir, format, title string) (paths []string, err error) {
	for _, p := range pictures(Of{Eventful: d.Eventful, Compared: d.Compared, Swept: d.Swept}) {
		path := p.in(dir, format)
		f := p.draw(d.Runs)
		if p.judged {
			f.headline = judged(d, f.headline)
		}
		f.config = title
		if d.Interrupted {
			f.headline = "" // nobody is best in a part of a run
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
	if d.Interrupted {
		made = "Interrupted, so this is a part of the run; made"
	}
	seeds := fmt.Sprintf("seed %d", d.Seed)
	if n := runs(d.Runs).seeds(); n != "" {
		seeds = fmt.Sprintf("%s from %d", n, d.Seed)
	}
	return fmt.Sprintf("%s with %s by: %s", made, seeds, d.Command)
}
