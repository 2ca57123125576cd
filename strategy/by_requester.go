package strategy

import "waza/requester"

// ByRequester returns the strategy as it is where requesters are what it is about, and not the keys of their requests: all requests of one
// requester find the same worker (ip_hash in nginx, source hashing in HAProxy). For strategies that hash the key; others never look at it.
func ByRequester(s Strategy) Strategy {
	by := byRequester{Strategy: s, seen: &requester.Request{}}
	if o, is := s.(Observer); is {
		return observingRequester{by, o}
	}
	return by
}

// byRequester shows its strategy another key.
type byRequester struct {
	Strategy
	seen *requester.Request
}

func (s byRequester) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	s.seen.Key = uint64(r.Requester)
	return s.Strategy.Pick(s.seen, eligible)
}

// observingRequester is byRequester of a strategy that observes.
type observingRequester struct {
	byRequester
	Observer
}
