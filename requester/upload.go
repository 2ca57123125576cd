package requester

import (
	"cmp"
	"math"
	"slices"
	"time"

	"waza/internal/agenda"
)

// An Upload is the body of a request. Most requesters send it at once; slow ones take a while, anew for each attempt. If the worker gets
// the request first, it is held for that while, whatever its own speed. If the balancer takes the body first, as a proxy that buffers
// requests does, the attempt is offered that much later and holds no worker. The zero Upload is no body.
type Upload struct {
	Takes    time.Duration // how long a slow requester takes; 0: there are none
	Share    float64       // the share of the requesters that are slow, in (0, 1]
	Buffered bool          // the balancer takes the body first
}

// Slow is how many of so many requesters are slow: one at least.
func (u Upload) Slow(requesters int) int {
	if u.Takes == 0 {
		return 0
	}
	return max(1, int(math.Round(u.Share*float64(requesters))))
}

// IsSlow tells by id which of so many requesters are slow: the first when all are ordered by a hash of their ids. So they are spread evenly
// over whatever goes by the id, and are the same for every strategy.
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

// abort ends the upload of an attempt, if there is one.
func (r *Requester) abort(a *attempt) {
	if a.body != nil {
		r.agenda.Set(a.body, Never)
	}
}
