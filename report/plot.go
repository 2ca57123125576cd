package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Plots draws the runs into three files in dir, which must exist, and returns their paths: latency_by_percentile,
// latency_cdf and workers, as "png" or "svg". The title carries the configuration; the command and the seed stand below
// each picture. The same document gives the same bytes. On an error, paths holds the files that were finished before it.
//
// Read plot_data.go for what is drawn and plot_group.go for how many runs are parted; plot_latency.go and plot_workers.go
// for the three figures; plot_sheet.go and plot_figure.go for the page.
func (d Document) Plots(dir, format string, title string) (paths []string, err error) {
	pictures := []struct {
		name string
		make func() (figure, error)
	}{
		{"latency_by_percentile", d.percentileFigure},
		{"latency_cdf", d.cdfFigure},
		{"workers", d.workersFigure},
	}
	for _, p := range pictures {
		path := filepath.Join(dir, p.name+"."+format)
		f, err := p.make()
		if err != nil {
			return paths, fmt.Errorf("%s: %w", path, err)
		}
		f.config = title
		f.caption = append(f.caption, d.origin())
		picture, err := f.render(format)
		if err != nil {
			return paths, fmt.Errorf("%s: %w", path, err)
		}
		if err := os.WriteFile(path, picture, 0o644); err != nil {
			return paths, err // it names the path
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// origin says how to make the picture again.
func (d Document) origin() string {
	made := "Made"
	if d.Interrupted {
		made = "Interrupted, so this is a part of the run; made"
	}
	return fmt.Sprintf("%s with seed %d by: %s", made, d.Seed, d.Command)
}

// leftOut names, for the caption, the runs that are missing from a plot, so that nobody searches for their curves.
func (d Document) leftOut(data func(Result) []point, why string) []string {
	var names []string
	for _, r := range d.Runs {
		if len(data(r)) == 0 {
			names = append(names, r.Strategy)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Left out, %s: %s.", why, strings.Join(names, ", "))}
}
