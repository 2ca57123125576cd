package requester

import (
	"cmp"
	"math"
	"slices"
	"time"

	"waza/internal/agenda"
)

// An Upload is the body that a request has. That of most requesters is there at once; those that are slow take a while to send it, with
// each attempt anew. A worker that gets the request before its body is held for so long by whoever sends it, whatever its own speed. Where
// the balancer takes the body first, as a proxy that buffers requests does, the attempt is offered that much later, and holds nobody.
// The zero Upload is that of requests without a body.
type Upload struct {
	Takes    time.Duration // by a slow requester; 0: there are none
	Share    float64       // of the requesters that are slow, in (0, 1]
	Buffered bool          // the balancer takes the body first
}

// Slow is how many of so many requesters are slow: one at least.
func (u Upload) Slow(requesters int) int {
	if u.Takes == 0 {
		return 0
	}
	return max(1, int(math.Round(u.Share*float64(requesters))))
}

// IsSlow tells which of so many requesters are slow: those that come first when all are ordered by a hash of their ids, so that
// they are spread evenly over whatever goes by the id, and are the same for every strategy.
func (u Upload) IsSlow(seed uint64, requesters int) []bool {
	ids, order := make([]int, requesters), make([]float64, requesters)
	for id := range ids {
		ids[id], order[id] = id, Chance(seed, 'u', uint64(id))
	}
	slices.SortFunc(ids, func(a, b int) int { return cmp.Or(cmp.Compare(order[a], order[b]), a-b) })
	slow := make([]bool, requesters)
	for _, id := range ids[:u.Slow(requesters)] {
		slow[id] = true
	}
	return slow
}

// goToDoor lets an attempt queue at the door: at once, or when the balancer has its body.
func (r *Requester) goToDoor(a *attempt) {
	if r.Upload.Takes > 0 && r.Upload.Buffered {
		r.upload(a)
		return
	}
	a.message.Upload = r.Upload.Takes
	r.await(a, atDoor, r.after(a.end))
	r.door = append(r.door, a)
}

// upload lets the balancer take the body of an attempt, which then queues at the door.
func (r *Requester) upload(a *attempt) {
	r.await(a, uploading, r.after(a.end))
	if a.body == nil {
		a.body = &agenda.Entry{Do: func(time.Duration) {
			a.state = atDoor
			r.door = append(r.door, a)
		}}
	}
	a.body.Number = a.due.Number
	r.agenda.Set(a.body, r.aim(a.start+r.Upload.Takes))
}

// abort ends an upload that has not ended.
func (r *Requester) abort(a *attempt) {
	if a.body != nil {
		r.agenda.Set(a.body, Never)
	}
}
