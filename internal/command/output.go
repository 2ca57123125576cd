package command

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"waza/internal/option"
)

func (f *flags) declareOutput(s *section) {
	bind(s, &f.Format, option.Word("text", "json", "csv"), "format", "text", "text, json or csv")
	bind(s, &f.Plots, option.OptionalText("a directory"), "plots", "plots", "directory for the plots; empty: none")
	bind(s, &f.PlotFormat, option.Word("png", "svg"), "plot-format", "png", "png or svg").
		idle(func() bool { return f.Plots == "" }, "a directory in --plots: without, nothing is plotted")
	bind(s, &f.RequestsLog, option.Text("a file"), "requests-log", "", "`FILE` for one line per request")
	bindSwitch(s, &f.run.Events, "events", "false", "tell what happens, line by line, on stderr").
		idle(func() bool { return f.Quiet }, "no --quiet beside it: that leaves only errors")
	bindSwitch(s, &f.Quiet, "quiet", "false", "errors only on stderr")
}

// Check finds out before the run whether its output can be written afterwards. It makes the directory of the plots;
// no file that exists is touched.
func (c *Command) Check() error {
	if c.RequestsLog != "" {
		if err := checkFile(c.RequestsLog); err != nil {
			return wrong("requests-log", c.RequestsLog, "want a file that can be written: "+option.Reason(err).Error())
		}
	}
	if c.Plots != "" {
		if err := checkDirectory(c.Plots); err != nil {
			return wrong("plots", c.Plots, "want a directory that can be written: "+option.Reason(err).Error())
		}
	}
	return nil
}

func checkDirectory(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return tryFile(dir)
}

// tryFile writes a file into the directory, and removes it.
func tryFile(dir string) error {
	file, err := os.CreateTemp(dir, ".waza-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	return file.Close()
}

// checkFile opens a file that exists without emptying it, and tries another in its place if it does not.
// Pipes and devices are left alone: to open one may wait for a reader.
func checkFile(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil && os.IsNotExist(err):
		return tryFile(filepath.Dir(path))
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("it is a directory")
	case info.Mode()&fs.ModeType != 0:
		return nil
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return file.Close()
}
