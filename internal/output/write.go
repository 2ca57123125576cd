package output

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"waza/internal/option"
)

// Write writes to that path what the function writes. Its error is that of the function or of the file, which then is as it was
// before, unless it had to be written in place. It does not name the file: whoever asked for it knows better what to call it.
func Write(path string, write func(io.Writer) error) error {
	p := At(path)
	if p.err != nil && !errors.Is(p.err, fs.ErrNotExist) {
		return option.Reason(p.err)
	}
	pack := func(file io.Writer) error { return packed(file, strings.HasSuffix(path, ".gz"), write) }
	switch {
	case p.stream == os.Stdout:
		to, err := Standard()
		if err != nil {
			return err
		}
		return option.Reason(pack(to))
	case p.stream != nil:
		return option.Reason(pack(p.stream))
	case p.info != nil && !p.info.Mode().IsRegular():
		file, err := os.OpenFile(p.path, os.O_WRONLY, 0) // a directory refuses
		if err != nil {
			return option.Reason(err)
		}
		return cmp.Or(option.Reason(pack(file)), option.Reason(file.Close()))
	default:
		return p.replace(pack)
	}
}

// replace writes a new file beside the one that is there, if one is, and gives it that one's name and rights.
func (p Place) replace(write func(io.Writer) error) error {
	file, err := beside(p.directory())
	if err != nil {
		return option.Reason(err)
	}
	if p.info != nil {
		keepOwner(file, p.info)
		err = file.Chmod(p.info.Mode().Perm()) // after the owner, who may lose some
	}
	if err == nil {
		err = write(file)
	}
	if err == nil {
		err = settle(file)
	}
	if err = cmp.Or(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), p.path)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // it would be in the way; what went wrong before is what has to be said
	}
	return option.Reason(err)
}

// settle waits until the file is on the disk: a machine that stops after the renaming would else have neither the old one nor the new.
// There are file systems that know no such thing.
func settle(file *os.File) error {
	err := file.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return err
}

// Abandon removes what this process has begun to write beside those paths, for one that ends at once.
func Abandon(paths ...string) {
	for _, path := range paths {
		directory := At(path).directory()
		files, _ := os.ReadDir(directory) // nothing more can be done
		for _, file := range files {
			if strings.HasPrefix(file.Name(), unfinished()) {
				_ = os.Remove(Within(directory, file.Name()))
			}
		}
	}
}

// packed writes through a buffer, and compressed if it is to be. The same text gives the same bytes: no time is in them.
func packed(file io.Writer, compress bool, write func(io.Writer) error) error {
	buffer := bufio.NewWriterSize(file, 1<<16)
	to, end := io.Writer(buffer), func() error { return nil }
	if compress {
		zip := gzip.NewWriter(buffer)
		to, end = zip, zip.Close
	}
	if err := write(to); err != nil {
		return err
	}
	if err := end(); err != nil {
		return err
	}
	return buffer.Flush()
}
