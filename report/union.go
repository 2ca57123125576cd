package report

import (
	"sort"
	"time"

	"waza/internal/instant"
	"waza/worker"
)

// A union is the times of the episodes together. It takes memory as they come.
type union struct {
	episodes   *worker.Episodes
	resolution instant.Resolution
	times      []worker.Episode // that do not overlap, in their order
}

// contains tells whether an instant lies in one of them.
func (u *union) contains(at time.Duration) bool {
	for at = u.resolution.Past(at); u.episodes.Start() <= at; {
		e, _ := u.episodes.Next()
		if last := len(u.times) - 1; last >= 0 && e.From <= u.times[last].To {
			u.times[last].To = max(u.times[last].To, e.To)
		} else {
			u.times = append(u.times, e)
		}
	}
	next := sort.Search(len(u.times), func(i int) bool { return u.times[i].From > at })
	return next > 0 && at < u.times[next-1].To
}
