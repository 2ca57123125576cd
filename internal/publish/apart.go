package publish

import (
	"math"

	"waza/report/plots"
)

// A system is a place, and the model of a strategy there.
type system struct {
	place
	model
}

// apart is what the model of a strategy says at each value by itself. Where another model, which is a limit, takes its place, the two are
// told one after the other. Nil: at some value there is none.
func apart(strategy string, places []place) (all []plots.Theory) {
	var parts [][]system
	for _, at := range places {
		m, found := modelOf(strategy, &at.config)
		if !found {
			return nil
		}
		if n := len(parts); n == 0 || parts[n-1][0].limit != m.limit {
			parts = append(parts, nil)
		}
		last := &parts[len(parts)-1]
		*last = append(*last, system{at, m})
	}
	for _, part := range parts {
		if t := theoryOf(strategy, part); len(t.P99) > 0 {
			all = append(all, t)
		}
	}
	return all
}

// theoryOf is what one model says at some values, where there is a steady state.
func theoryOf(strategy string, systems []system) plots.Theory {
	one := systems[0].model
	t := plots.Theory{Strategy: strategy, Name: one.name, Says: one.says, Limit: one.limit, Apart: true}
	ends := ""
	for _, s := range systems {
		if s.name != t.Name {
			t.Name = someServers
		}
		if s.says != t.Says {
			t.Says = s.any
		}
		if s.load > s.most {
			if s.few {
				ends = s.ends()
			}
			continue
		}
		p50, p99 := s.stays(s.load)
		if math.IsNaN(p50) || math.IsNaN(p99) {
			continue
		}
		t.P50 = append(t.P50, plots.Place{Value: s.value, Seconds: p50})
		t.P99 = append(t.P99, plots.Place{Value: s.value, Seconds: p99})
	}
	t.Says += ends
	return t
}
