package balancer

import "time"

// A Story is how a pool changed over a run, as its balancer knows it.
type Story struct {
	Active Size   // how many workers held something
	Least  int    // the fewest workers that were there at any time after all of the start had joined
	Moves  []Move // the first moves, in their order
	More   int    // how many moves there were after those
}

// A Move is a time in which workers came, each shortly after the one before, and none left; or the same the other way round.
type Move struct {
	From, To     int           // how many were there before it and after it
	Since, Until time.Duration // the first and the last of them
}

// mostMoves is how many a Story keeps.
const mostMoves = 100

// A teller writes the Story of a pool.
type teller struct {
	*Story
	apart time.Duration // a change so long after the last one begins another move
	begun bool          // all workers of the start have joined
	last  Move          // the latest move, which may go on
	busy  []bool        // by worker id: it holds something
}

// changes notes that the number of workers is to from now on, after it was from. There are start of them at the start.
func (t *teller) changes(now time.Duration, from, to, start int) {
	if !t.begun {
		t.begun, t.Least = to == start, to
		return
	}
	t.Least = min(t.Least, to)
	goesOn := t.last.From != t.last.To && (t.last.To > t.last.From) == (to > from) && now-t.last.Until < t.apart
	if !goesOn {
		t.last = Move{From: from, Since: now}
	}
	t.last.To, t.last.Until = to, now
	switch n := len(t.Moves); {
	case goesOn && t.More == 0:
		t.Moves[n-1] = t.last
	case goesOn:
	case n < mostMoves:
		t.Moves = append(t.Moves, t.last)
	default:
		t.More++
	}
}

// holds notes whether a worker holds something from that instant on.
func (t *teller) holds(m *member, something bool, since time.Duration) {
	t.busy = withPlace(t.busy, m.ID)
	if t.busy[m.ID] == something {
		return
	}
	t.busy[m.ID] = something
	if something {
		t.Active.Change(since, 1)
	} else {
		t.Active.Change(since, -1)
	}
}
