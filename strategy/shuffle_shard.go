package strategy

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"waza/internal/option"
	"waza/requester"
)

// shuffleShard binds each requester to --shard-size workers and picks the least loaded of them, of equals the one
// sent to longest ago (MacCárthaigh, "Workload isolation using shuffle-sharding", Amazon Builders' Library, 2019). A shard is
// the workers with the strongest claims to the requester, as rendezvous has them, so one that leaves is replaced by
// one and nothing else moves. O(shard) per pick, O(n) for a requester's first and its first after a change of members.
// Use it against poisonous requesters: of n workers one spoils k, and few others have just these k.
type shuffleShard struct {
	members
	few
	size   int
	shards [][]*Worker // by requester; empty: to be drawn
	claims []claimant  // scratch
}

type claimant struct {
	worker *Worker
	claim  float64
}

// ShardSize is how many workers are a shard.
var ShardSize = option.New("shard-size", option.Whole(1, option.MaxWorkers), "2",
	"shuffle-shard: workers that serve one requester")

func newShuffleShard(p Parameters, rng *rand.Rand) Strategy {
	return &shuffleShard{few: newFew(p, rng), size: ShardSize.In(p.Set)}
}

func (s *shuffleShard) Join(w *Worker) {
	s.members.Join(w)
	s.turns.join(w)
	s.forget()
}

func (s *shuffleShard) Leave(w *Worker) {
	s.members.Leave(w)
	s.forget()
}

func (s *shuffleShard) forget() {
	for i := range s.shards {
		s.shards[i] = s.shards[i][:0]
	}
}

func (s *shuffleShard) Pick(r *requester.Request, eligible func(*Worker) bool) *Worker {
	return s.leastOf(s.Shard(r), eligible)
}

// Shard returns the requester's: it may be full while that of another is not.
func (s *shuffleShard) Shard(r *requester.Request) []*Worker {
	for len(s.shards) <= r.Requester {
		s.shards = append(s.shards, nil)
	}
	if len(s.shards[r.Requester]) == 0 {
		s.draw(r.Requester)
	}
	return s.shards[r.Requester]
}

// draw makes the shard of a requester: the first k in the order of claims.
func (s *shuffleShard) draw(who int) {
	s.claims = s.claims[:0]
	for _, w := range s.workers {
		c := claimant{w, claim(uint64(who), w)}
		at, _ := slices.BinarySearchFunc(s.claims, c, func(a, b claimant) int { return cmp.Compare(b.claim, a.claim) })
		if at < s.size {
			s.claims = slices.Insert(s.claims, at, c)
			s.claims = s.claims[:min(s.size, len(s.claims))]
		}
	}
	for _, c := range s.claims {
		s.shards[who] = append(s.shards[who], c.worker)
	}
}
