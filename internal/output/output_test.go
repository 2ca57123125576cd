package output

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// text writes a text.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// holds is what is in a file.
func holds(t *testing.T, path string) string {
	t.Helper()
	bytes, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(bytes)
}

// names are all that is in a directory.
func names(t *testing.T, directory string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(directory)
	require.NoError(t, err)
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestANewFileHasTheRightsOfTheUsersFiles(t *testing.T) {
	directory := t.TempDir()
	path, usual := filepath.Join(directory, "new"), filepath.Join(directory, "usual")
	require.NoError(t, os.WriteFile(usual, nil, 0o666))
	require.NoError(t, At(path).Try())
	assert.Equal(t, []string{"usual"}, names(t, directory), "to try leaves nothing")
	require.NoError(t, Write(path, text("hello")))
	assert.Equal(t, "hello", holds(t, path))
	want, err := os.Stat(usual)
	require.NoError(t, err)
	got, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, want.Mode(), got.Mode())
	assert.Equal(t, []string{"new", "usual"}, names(t, directory))
}

func TestAFileIsReplacedWithItsRightsAndIsWhole(t *testing.T) {
	directory := t.TempDir()
	path := filepath.Join(directory, "file")
	require.NoError(t, os.WriteFile(path, []byte("something longer"), 0o666))
	require.NoError(t, os.Chmod(path, 0o640))
	reader, err := os.Open(path)
	require.NoError(t, err)
	defer reader.Close()
	require.NoError(t, Write(path, func(w io.Writer) error {
		assert.Equal(t, "something longer", holds(t, path), "until the new one is whole")
		return text("hello")(w)
	}))
	assert.Equal(t, "hello", holds(t, path))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o640), info.Mode())
	before, err := io.ReadAll(reader)
	require.NoError(t, err)
	assert.Equal(t, "something longer", string(before), "who was reading reads on")
}

func TestAFailureLeavesWhatWasThere(t *testing.T) {
	directory := t.TempDir()
	path := filepath.Join(directory, "file")
	require.NoError(t, os.WriteFile(path, []byte("kept"), 0o666))
	broken := errors.New("half of it")
	for _, name := range []string{path, filepath.Join(directory, "new"), filepath.Join(directory, "new.gz")} {
		assert.ErrorIs(t, Write(name, func(w io.Writer) error { return errors.Join(text("ha")(w), broken) }), broken)
	}
	assert.Equal(t, "kept", holds(t, path))
	assert.Equal(t, []string{"file"}, names(t, directory))
	assert.EqualError(t, Write(directory, text("")), "is a directory")
	assert.EqualError(t, Write(filepath.Join(directory, "no/file"), text("")), "no such file or directory")
}

func TestTheTargetOfALinkIsReplaced(t *testing.T) {
	directory := t.TempDir()
	in := func(name string) string { return filepath.Join(directory, name) }
	require.NoError(t, os.Mkdir(in("sub"), 0o777))
	require.NoError(t, os.WriteFile(in("sub/file"), []byte("old"), 0o666))
	for link, to := range map[string]string{"one": "sub/file", "two": "one", "three": in("two"), "dangling": "sub/new", "round": "round"} {
		require.NoError(t, os.Symlink(to, in(link)))
	}
	for _, link := range []string{"one", "two", "three"} {
		require.NoError(t, At(in(link)).Try())
		require.NoError(t, Write(in(link), text(link)))
		assert.Equal(t, link, holds(t, in("sub/file")))
		assert.True(t, At(in(link)).Same(At(in("sub/file"))))
		info, err := os.Lstat(in(link))
		require.NoError(t, err)
		assert.NotZero(t, info.Mode()&os.ModeSymlink, "the link is still one")
	}
	assert.True(t, At(in("dangling")).Same(At(in("sub/../sub/new"))), "though neither is there")
	require.NoError(t, At(in("dangling")).Try())
	require.NoError(t, Write(in("dangling"), text("new")))
	assert.Equal(t, "new", holds(t, in("sub/new")))
	assert.EqualError(t, At(in("round")).Try(), "too many links")
	assert.EqualError(t, Write(in("round"), text("")), "too many links")
	assert.Equal(t, []string{"file", "new"}, names(t, in("sub")))
}

// TestAPathIsNotShortened: behind a link .. is not where it stands, and behind a directory that is missing it is nowhere.
func TestAPathIsNotShortened(t *testing.T) {
	directory := t.TempDir()
	in := func(name string) string { return directory + "/" + name }
	require.NoError(t, os.MkdirAll(in("other/sub"), 0o777))
	require.NoError(t, os.Symlink("other/sub", in("link")))
	require.NoError(t, Write(in("link/../file"), func(w io.Writer) error {
		assert.Equal(t, []string{"link", "other"}, names(t, directory), "it is begun where it is to be")
		return text("hello")(w)
	}))
	assert.Equal(t, "hello", holds(t, in("other/file")))
	assert.EqualError(t, At(in("no/../file")).Try(), "no such file or directory")
}

func TestPlacesAreTheSameByWhatTheyAre(t *testing.T) {
	directory := t.TempDir()
	in := func(name string) string { return filepath.Join(directory, name) }
	require.NoError(t, os.WriteFile(in("file"), nil, 0o666))
	require.NoError(t, os.WriteFile(in("other"), nil, 0o666))
	require.NoError(t, os.Link(in("file"), in("hard")))
	open, err := os.Open(in("file"))
	require.NoError(t, err)
	defer open.Close()
	assert.True(t, At(in("file")).Same(At(in("hard"))))
	assert.True(t, At(in("file")).Same(Of(open)), "an open file and its path")
	assert.False(t, At(in("file")).Same(At(in("other"))))
	assert.False(t, At(in("file")).Same(At(in("new"))))
	assert.False(t, At(in("a")).Same(At(in("b"))))
	assert.True(t, At("-").Same(At("/dev/stdout")))
	assert.True(t, At("/dev/fd/1").Same(Of(os.Stdout)))
	assert.False(t, At(os.DevNull).Same(At(os.DevNull)), "a device bears it")
}

func TestADeviceIsWrittenInPlace(t *testing.T) {
	require.NoError(t, At(os.DevNull).Try())
	require.NoError(t, Write(os.DevNull, text("nothing")))
	info, err := os.Stat(os.DevNull)
	require.NoError(t, err)
	assert.False(t, info.Mode().IsRegular())
	if _, err := os.Stat("/dev/full"); err == nil {
		assert.EqualError(t, Write("/dev/full", text("much")), "no space left on device")
	}
}

func TestAnOpenDescriptorIsWrittenInPlace(t *testing.T) {
	reader, writer, err := os.Pipe()
	require.NoError(t, err)
	defer reader.Close()
	defer writer.Close()
	before := os.Stdout
	os.Stdout = writer
	defer func() { os.Stdout = before }()
	for _, path := range []string{"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"} {
		require.NoError(t, Write(path, text("hello")))
		got := make([]byte, 10)
		n, err := reader.Read(got)
		require.NoError(t, err)
		assert.Equal(t, "hello", string(got[:n]))
	}
}

func TestADescriptorStaysOpenThatWasLookedAt(t *testing.T) {
	reader, writer, err := os.Pipe()
	require.NoError(t, err)
	defer reader.Close()
	defer writer.Close()
	path := fmt.Sprintf("/dev/fd/%d", writer.Fd())
	for range 3 {
		require.NoError(t, At(path).Try())
		runtime.GC()
	}
	require.NoError(t, Write(path, text("hello")))
	got := make([]byte, 10)
	n, err := reader.Read(got)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(got[:n]))
	assert.Error(t, At("/dev/fd/9999").Try())
}

// TestGzipIsByName, and gives the same bytes for the same text.
func TestGzipIsByName(t *testing.T) {
	directory := t.TempDir()
	const much = 1 << 20
	for _, name := range []string{"one.gz", "two.gz"} {
		require.NoError(t, Write(filepath.Join(directory, name), text(strings.Repeat("a", much))))
	}
	one := holds(t, filepath.Join(directory, "one.gz"))
	assert.Equal(t, one, holds(t, filepath.Join(directory, "two.gz")))
	assert.Less(t, len(one), much/100)
	unzip, err := gzip.NewReader(strings.NewReader(one))
	require.NoError(t, err)
	got, err := io.ReadAll(unzip)
	require.NoError(t, err)
	assert.True(t, string(got) == strings.Repeat("a", much))
}

func TestAListenerRemembersTheFirstError(t *testing.T) {
	listen := func(to io.Writer) *Listener {
		l := NewListener(to, make(chan []byte, 1), make(chan error, 1), make(chan struct{}))
		go l.Run()
		return l
	}
	var heard strings.Builder
	l := listen(&heard)
	for range 2 {
		n, err := l.Write([]byte("hello"))
		assert.Equal(t, 5, n)
		assert.NoError(t, err)
	}
	assert.NoError(t, l.Close())
	assert.Equal(t, "hellohello", heard.String())

	reader, writer := io.Pipe()
	require.NoError(t, reader.Close())
	l = listen(writer)
	_, err := l.Write([]byte("hello"))
	assert.NoError(t, err, "whoever tells goes on")
	assert.ErrorIs(t, l.Close(), io.ErrClosedPipe)

	reader, writer = io.Pipe() // that nobody reads
	t.Cleanup(func() { _ = reader.Close() })
	l = listen(writer)
	go l.Watch(10 * time.Millisecond)
	for err = nil; err == nil; _, err = l.Write([]byte("hello")) { // nor does it wait for ever
	}
	assert.ErrorIs(t, err, ErrStuck)
	assert.ErrorIs(t, l.Close(), ErrStuck)
}

// TestWhatHasJustComeIsNotStuck, though nothing moved before: nothing was there.
func TestWhatHasJustComeIsNotStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reader, writer := io.Pipe()
		lines := make(chan []byte, 2)
		l := NewListener(writer, lines, make(chan error, 1), make(chan struct{}))
		go l.Watch(time.Second)
		time.Sleep(1500 * time.Millisecond)
		for range 2 {
			_, err := l.Write([]byte("hello"))
			require.NoError(t, err)
		}
		time.Sleep(time.Second) // in which the first look finds both
		go l.Run()
		read := make([]byte, 10)
		_, err := io.ReadFull(reader, read)
		require.NoError(t, err)
		assert.Equal(t, "hellohello", string(read))

		_, err = l.Write([]byte("again"))
		assert.NoError(t, err)
		for err == nil { // from here on nobody reads
			_, err = l.Write([]byte("again"))
		}
		assert.ErrorIs(t, err, ErrStuck)
		assert.NoError(t, reader.Close())
		close(lines)
	})
}
