package report

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"time"

	"waza/requester"
)

// chunkSize is how many entries are sorted in memory: 7 MB of them.
const chunkSize = 1 << 17

// entrySize is what an entry takes in the file.
const entrySize = 56

// mergeMemory is what the buffers of all chunks take together while they are merged, unless there are very many.
const mergeMemory = 4 << 20

// A spool collects entries in any order, in memory that does not depend on how many there are: whenever it has a chunk of them it
// sorts it and writes it to a temporary file. External sorting, as in Knuth, The Art of Computer Programming, volume 3 (1973).
type spool struct {
	entries []Entry // of the chunk that is being collected
	chunk   int     // how many make one
	log     Log
}

func newSpool(chunk int, scale int64) *spool {
	return &spool{chunk: chunk, log: Log{scale: time.Duration(max(1, scale))}}
}

func (s *spool) add(e Entry) {
	if len(s.entries) == s.chunk {
		s.flush()
	}
	s.entries = append(s.entries, e)
}

// flush writes the chunk. Once the file has failed nothing is kept any more: the log is lost, and the run goes on.
func (s *spool) flush() {
	slices.SortFunc(s.entries, Entry.compare)
	if s.log.err == nil {
		s.log.err = s.log.append(s.entries)
	}
	s.entries = s.entries[:0]
}

// end returns the log. One chunk need not be in a file.
func (s *spool) end() *Log {
	if s.log.file == nil && s.log.err == nil {
		slices.SortFunc(s.entries, Entry.compare)
		s.log.rest = slices.Clip(s.entries)
	} else {
		s.flush()
	}
	s.entries = nil
	return &s.log
}

// compare is the order of the log: by intended start, then by number.
func (e Entry) compare(other Entry) int {
	return cmp.Or(cmp.Compare(e.Start, other.Start), cmp.Compare(e.ID, other.ID))
}

// A Log is every request of a run, ordered by intended start. What does not fit in memory lies in a temporary file, which goes when
// the log is closed, or with the process.
type Log struct {
	scale  time.Duration // how many nanoseconds of the run's clock a nanosecond is
	rest   []Entry       // all of it, where there is no file
	file   *os.File
	chunks []int // how many entries each has, one behind the other in the file
	err    error // of the file: the log is not whole
}

// Len returns how many requests are in the log.
func (l *Log) Len() int {
	n := len(l.rest)
	for _, c := range l.chunks {
		n += c
	}
	return n
}

// Err returns what kept the log from being whole: where it is not nil, All is not worth reading.
func (l *Log) Err() error { return l.err }

// All returns the entries in their order. Afterwards Err tells whether they are all.
func (l *Log) All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		inOrder := iter.Seq[Entry](l.merged)
		if l.file == nil {
			inOrder = slices.Values(l.rest)
		}
		for e := range inOrder {
			if !yield(e.over(l.scale)) {
				return
			}
		}
	}
}

// over returns the entry with its instants in nanoseconds, where they are on the run's clock.
func (e Entry) over(scale time.Duration) Entry {
	for _, at := range [...]*time.Duration{&e.Start, &e.Dispatched, &e.Began, &e.Finished} {
		if *at != requester.Never {
			*at = (*at + scale/2) / scale
		}
	}
	return e
}

// Close removes the file, if there is one. No log has none.
func (l *Log) Close() {
	if l == nil {
		return
	}
	if l.file != nil {
		_ = l.file.Close()
		_ = os.Remove(l.file.Name()) // where an open file cannot be removed it is still there
	}
	*l = Log{err: os.ErrClosed}
}

// append writes a sorted chunk behind the others.
func (l *Log) append(chunk []Entry) (err error) {
	if l.file == nil {
		if l.file, err = os.CreateTemp("", "waza-log-*"); err != nil {
			return fmt.Errorf("its temporary file: %w", err)
		}
		_ = os.Remove(l.file.Name()) // nothing is left behind, however the process ends
	}
	out := bufio.NewWriterSize(l.file, 1<<16)
	var packed [entrySize]byte
	for i := range chunk {
		chunk[i].pack(&packed)
		_, _ = out.Write(packed[:]) // Flush tells the first error
	}
	l.chunks = append(l.chunks, len(chunk))
	if err := out.Flush(); err != nil {
		return fmt.Errorf("its temporary file: %w", err)
	}
	return nil
}

// merged gives the entries of all chunks, always the least of those that come next in each.
func (l *Log) merged(yield func(Entry) bool) {
	if l.err != nil {
		return
	}
	var next merge
	offset, buffer := int64(0), max(16*entrySize, mergeMemory/len(l.chunks))
	for _, n := range l.chunks {
		size := int64(n) * entrySize
		c := &cursor{from: bufio.NewReaderSize(io.NewSectionReader(l.file, offset, size), int(min(size, int64(buffer)))), left: n}
		offset += size
		if c.advance(&l.err) {
			next = append(next, c)
		}
	}
	heap.Init(&next)
	for len(next) > 0 && yield(next[0].entry) {
		if next[0].advance(&l.err) {
			heap.Fix(&next, 0)
		} else {
			heap.Pop(&next)
		}
	}
}

// A cursor stands at an entry of a chunk.
type cursor struct {
	entry Entry
	from  *bufio.Reader
	left  int // entries that have not been read
}

// advance moves to the next entry, and tells whether there is one.
func (c *cursor) advance(failure *error) bool {
	if c.left == 0 || *failure != nil {
		return false
	}
	c.left--
	var packed [entrySize]byte
	if _, err := io.ReadFull(c.from, packed[:]); err != nil {
		*failure = fmt.Errorf("its temporary file: %w", err)
		return false
	}
	c.entry.unpack(&packed)
	return true
}

// A merge is a heap of cursors: the one whose entry comes first is at the top.
type merge []*cursor

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return m[i].entry.compare(m[j].entry) < 0 }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(c any)        { *m = append(*m, c.(*cursor)) }

func (m *merge) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}

func (e *Entry) pack(to *[entrySize]byte) {
	little := binary.LittleEndian
	little.PutUint64(to[0:], uint64(e.ID))
	little.PutUint32(to[8:], uint32(e.Requester))
	little.PutUint32(to[12:], uint32(e.Worker))
	little.PutUint32(to[16:], uint32(e.Attempts))
	little.PutUint16(to[20:], uint16(e.Verdict))
	little.PutUint16(to[22:], uint16(e.Reason))
	for i, at := range [...]time.Duration{e.Start, e.Dispatched, e.Began, e.Finished} {
		little.PutUint64(to[24+8*i:], uint64(at))
	}
}

func (e *Entry) unpack(from *[entrySize]byte) {
	little := binary.LittleEndian
	e.ID = int(little.Uint64(from[0:]))
	e.Requester, e.Worker = int32(little.Uint32(from[8:])), int32(little.Uint32(from[12:]))
	e.Attempts = int32(little.Uint32(from[16:]))
	e.Verdict, e.Reason = requester.Verdict(little.Uint16(from[20:])), requester.Reason(little.Uint16(from[22:]))
	for i, at := range [...]*time.Duration{&e.Start, &e.Dispatched, &e.Began, &e.Finished} {
		*at = time.Duration(little.Uint64(from[24+8*i:]))
	}
}
