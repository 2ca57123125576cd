package balancer

import (
	"time"

	"waza/internal/option"
)

// slowStart gives a member that joins, or is fit again, a part of its weight first, which rises in that time from a tenth to all of it, so
// that it can warm up (slow start in Envoy): max(10 %, t/T) after t, in steps of T/20, each with the part that its middle has. Those
// that are there before any request are warm. O(1) per step.
type slowStart struct {
	deaf
	balancer *Balancer
	length   time.Duration
	ramps    []*ramp // by worker id; nil: it has never been a member
}

// A ramp is the way of a member to its weight.
type ramp struct {
	*member
	whole float64 // its weight
	steps int     // so many it has made or begun anew: an appointment for a step of an earlier time no longer holds
}

// slowStartSteps is how many steps there are, and slowStartLeast the part of the first ones.
const (
	slowStartSteps = 20
	slowStartLeast = 0.1
)

var (
	slowStartLength = option.New("length", option.Length(1), "", "how long it takes")

	slowStartKeys = option.List{slowStartLength}
)

func newSlowStart(b *Balancer, set option.Values) watcher {
	return &slowStart{balancer: b, length: slowStartLength.In(set)}
}

func (s *slowStart) joined(m *member) {
	s.ramps = withPlace(s.ramps, m.ID)
	r, warm := s.ramps[m.ID], false
	if r == nil || r.member != m {
		r, warm = &ramp{member: m, whole: m.Weight}, m.incarnation == 0 && s.balancer.ledger.Admitted == 0
		s.ramps[m.ID] = r
	}
	if !warm {
		s.balancer.look()
		s.begin(r, s.balancer.now)
	}
}

func (s *slowStart) recovered(m *member, at time.Duration) { s.begin(s.ramps[m.ID], at) }

// begin lets a member start from that instant on.
func (s *slowStart) begin(r *ramp, at time.Duration) {
	s.weigh(r, 0)
	s.plan(r, at, 1)
}

// plan plans the step of that number, counted from 0, of a start at that instant.
func (s *slowStart) plan(r *ramp, began time.Duration, step int) {
	r.steps++
	planned := r.steps
	s.balancer.after(began, time.Duration(float64(s.length)*float64(step)/slowStartSteps), func(time.Duration) {
		if r.steps != planned {
			return
		}
		s.weigh(r, step)
		if step < slowStartSteps {
			s.plan(r, began, step+1)
		}
	})
}

// weigh gives a member the weight of a step.
func (s *slowStart) weigh(r *ramp, step int) {
	part := 1.0
	if step < slowStartSteps {
		part = max(slowStartLeast, (float64(step)+0.5)/slowStartSteps)
	}
	if weight := part * r.whole; weight != r.Weight {
		r.Weight = weight
		s.balancer.move(r.member)
	}
}
