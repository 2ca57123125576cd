package balancer

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/option"
	"waza/requester"
	"waza/strategy"
)

// homes are where each of the keys belongs with these members.
func homes(t *testing.T, name string, members ...int) []int {
	t.Helper()
	s, err := strategy.New(name, defaults(t), nil)
	require.NoError(t, err)
	for _, id := range members {
		s.Join(&strategy.Worker{ID: id, Weight: 1, Limit: 1})
	}
	all := make([]int, sampledKeys)
	for key := range all {
		all[key] = s.Pick(&requester.Request{Key: uint64(key)}, func(*strategy.Worker) bool { return true }).ID
	}
	return all
}

func defaults(t *testing.T) strategy.Parameters {
	t.Helper()
	set := option.Values{}
	for _, p := range strategy.Taken() {
		set[p.Name()] = p.Of(set)
	}
	return strategy.Parameters{Set: set, Balancers: 1}
}

func differ(a, b []int) (n int) {
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

func of(a []int, worker int) (n int) {
	for _, id := range a {
		if id == worker {
			n++
		}
	}
	return n
}

func TestKeysThatMoveAreThoseWithAnotherHome(t *testing.T) {
	for _, k := range strategy.Table() {
		if !k.Hashes {
			continue
		}
		t.Run(k.Name, func(t *testing.T) {
			four, three := homes(t, k.Name, 0, 1, 2, 3), homes(t, k.Name, 0, 1, 2)
			placing, err := strategy.New(k.Name, defaults(t), nil)
			require.NoError(t, err)
			b := New(nil)
			b.Placing = placing
			p := newPlacement(b)
			var members []*member
			for id := range 4 {
				m := &member{Worker: strategy.Worker{ID: id, Weight: 1, Limit: 1, Held: 5 * id}}
				members = append(members, m)
				p.joined(m)
			}
			p.sent(members[0], nil)
			assert.Equal(t, Placement{}, p.Placement, "those that join first change nothing")

			p.left(members[3])
			assert.Zero(t, p.Changes, "nobody has sent anything since")
			p.sent(members[0], nil)
			least := of(four, 3)
			assert.Equal(t, Placement{Changes: 1, Moved: differ(four, three), Least: least}, p.Placement, "without worker 3")

			p.left(members[2])
			p.joined(members[2])
			p.sent(members[0], nil)
			assert.Equal(t, 1, p.Changes, "one that is back before anything is sent has its keys")

			p.joined(members[3])
			p.sent(members[0], nil)
			assert.Equal(t, Placement{Changes: 2, Moved: 2 * differ(four, three), Least: 2 * least}, p.Placement, "with it again")
			assert.InDelta(t, sampledKeys/4, least, 0.15*sampledKeys/4)
			switch k.Name {
			case "mod-hash": // a key stays whose hash modulo 4 and modulo 3 is the same: three of the twelve remainders modulo 12
				assert.InDelta(t, 2*sampledKeys*3/4, p.Moved, 400, "three quarters move: four standard errors are 346")
			case "maglev":
				assert.Less(t, p.Moved, 2*least+2*sampledKeys/50, "few more than have to")
			default:
				assert.Equal(t, p.Least, p.Moved, "none that has not to")
			}
		})
	}
}

// A ring that is given up because the person has waited enough picks nobody, and then no key has a home.
func TestInAHurryNoKeyHasAHome(t *testing.T) {
	parameters := defaults(t)
	parameters.Hurry = func() bool { return true }
	placing, err := strategy.New("ring-hash", parameters, nil)
	require.NoError(t, err)
	b := New(nil)
	b.Placing = placing
	p := newPlacement(b)
	m := &member{Worker: strategy.Worker{ID: 0, Weight: 1, Limit: 1}}
	p.joined(m)
	p.sent(m, nil)
	assert.Nil(t, p.homes)
	assert.Equal(t, Placement{}, p.Placement)
}
