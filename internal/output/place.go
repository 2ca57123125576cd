// Package output writes files so that nothing that was there is lost. A regular file is written beside the one that is
// there, and takes its name once it is whole; a run whose result cannot be written leaves the older one. Devices, pipes
// and open descriptors are written in place. A name that ends in .gz is compressed.
//
// Next: write.go, how; then streams.go, for stdout and stderr.
package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"waza/internal/option"
)

// Stdout is the path that stands for the standard output.
const Stdout = "-"

// A Place is where something is read or written: a file, which need not be there yet, or a descriptor that is open.
type Place struct {
	path   string // links followed; of a descriptor as it was given
	stream *os.File
	info   fs.FileInfo // nil: nothing is there, or it cannot be asked
	err    error       // why
}

// At returns the place of that path.
func At(path string) Place {
	p := Place{path: path}
	for range 40 { // as many links as Linux follows
		if p.stream = descriptor(p.path); p.stream != nil {
			p.info, p.err = p.stream.Stat()
			return p
		}
		if p.info, p.err = os.Lstat(p.path); p.err != nil || p.info.Mode()&fs.ModeSymlink == 0 {
			return p
		}
		link, err := os.Readlink(p.path)
		if err != nil {
			p.err = err
			return p
		}
		if !filepath.IsAbs(link) {
			directory, _ := filepath.Split(p.path)
			link = directory + link
		}
		p.path = link
	}
	p.info, p.err = nil, errors.New("too many links")
	return p
}

// Of returns the place of a descriptor that is open.
func Of(stream *os.File) Place {
	info, err := stream.Stat()
	return Place{path: stream.Name(), stream: stream, info: info, err: err}
}

// descriptor returns the open file that a path stands for, if it does. To open a pipe by its path instead may wait for a reader
// who has gone, and a file would be written from its beginning.
func descriptor(path string) *os.File {
	switch path {
	case Stdout, "/dev/stdout":
		return os.Stdout
	case "/dev/stderr":
		return os.Stderr
	}
	number, found := strings.CutPrefix(path, "/dev/fd/")
	if !found {
		number, found = strings.CutPrefix(path, "/proc/self/fd/")
	}
	n, err := strconv.ParseUint(number, 10, 16)
	switch {
	case !found || err != nil:
		return nil
	case n == 1:
		return os.Stdout
	case n == 2:
		return os.Stderr
	}
	return duplicate(int(n), path)
}

// Same tells whether what is written to one place arrives at, or destroys, what is at the other. Devices bear it.
func (p Place) Same(as Place) bool {
	switch {
	case p.stream != nil && as.stream != nil && p.stream.Fd() == as.stream.Fd():
		return true
	case p.info != nil && as.info != nil:
		return p.info.Mode()&fs.ModeDevice == 0 && os.SameFile(p.info, as.info)
	default:
		return p.info == nil && as.info == nil && p.stream == nil && as.stream == nil && whole(p.path) == whole(as.path)
	}
}

// IsRegular tells whether there is a regular file.
func (p Place) IsRegular() bool { return p.info != nil && p.info.Mode().IsRegular() }

// whole is the path from the root of a file that is not there, by the one name that its directory has.
func whole(path string) string {
	directory, name := filepath.Split(path)
	if directory == "" {
		directory = "."
	}
	if real, err := filepath.EvalSymlinks(directory); err == nil {
		directory = real
	}
	path, _ = filepath.Abs(filepath.Join(directory, name)) // the directory is there, or it will be refused
	return path
}

// Try finds out whether the place can be written, and changes nothing there. Pipes and devices are left alone: to open one
// may wait for a reader.
func (p Place) Try() error {
	switch {
	case p.err != nil && !(p.stream == nil && errors.Is(p.err, fs.ErrNotExist)):
		return p.err
	case p.info == nil:
		return TryDirectory(p.directory())
	case p.info.IsDir():
		return errors.New("it is a directory")
	case p.stream != nil || !p.info.Mode().IsRegular():
		return nil
	}
	file, err := os.OpenFile(p.path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_ = file.Close() // nothing was written
	if err := TryDirectory(p.directory()); err != nil {
		return fmt.Errorf("the new one is first written beside it: %w", err)
	}
	return nil
}

func (p Place) directory() string {
	directory, _ := filepath.Split(p.path)
	if directory == "" {
		return "."
	}
	return directory
}

// TryDirectory writes a file into the directory, and removes it.
func TryDirectory(directory string) error {
	file, err := beside(directory)
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	return file.Close()
}

// beside makes a new file in the directory, with the rights that a file of the user's has.
func beside(directory string) (*os.File, error) {
	for i := 0; ; i++ {
		name := Within(directory, unfinished()+strconv.Itoa(i))
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) || i == 1000 {
			return file, option.Reason(err)
		}
	}
}

// Within is the path of a file in a directory. It is not shortened, for where link/.. is only the file system knows.
func Within(directory, name string) string {
	if directory == "" || strings.HasSuffix(directory, string(filepath.Separator)) {
		return directory + name
	}
	return directory + string(filepath.Separator) + name
}

// unfinished is how the names of this process's files begin that are not whole yet.
func unfinished() string { return fmt.Sprintf(".waza-%d-", os.Getpid()) }
