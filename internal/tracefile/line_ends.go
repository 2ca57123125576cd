package tracefile

import "bufio"

// lineEnds makes a line feed of a carriage return that stands alone: so some spreadsheets end their lines.
type lineEnds struct{ from *bufio.Reader }

func (l *lineEnds) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	for i, c := range p[:n] {
		if c != '\r' {
			continue
		}
		next := p[i+1 : n]
		if len(next) == 0 {
			next, _ = l.from.Peek(1) // at the end of the file there is none
		}
		if len(next) == 0 || next[0] != '\n' {
			p[i] = '\n'
		}
	}
	return n, err
}
