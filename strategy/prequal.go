package strategy

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"waza/internal/fifo"
	"waza/internal/instant"
	"waza/internal/option"
	"waza/requester"
)

// prequal probes --probes random workers for every request, and picks from the answers that it has, so that no request
// waits for a probe (Wydrowski et al., "Load is not what you should balance: Introducing Prequal", NSDI 2024). A
// worker is hot if it holds more requests than the --hot-quantile of those lately probed. If some answers are of cold
// workers, the one with the least latency wins; if all are of hot ones, the one with the fewest requests. With
// less than two usable answers it draws at random.
// O(pool) per pick. It knows what other balancers send, too, and sheds load from a worker that is slow for any reason.
type prequal struct {
	members
	drawer
	probes      int           // per request, at least 1
	most        int           // answers that are kept, at least 2
	age         time.Duration // when an answer is too old
	hotQuantile float64       // who holds more than this share of the probed is hot, in [0, 1]
	epoch       time.Time     // instant 0 of the run
	resolution  instant.Resolution

	byID   perWorker[*Worker]            // nil: no member
	coming fifo.Queue[requester.Reading] // answers on their way home, in order
	pool   []probed                      // answers that are home, oldest first; the latest of each worker
	recent loads
	chosen *Worker // by the last Pick, from the pool; nil: it drew
	worst  bool    // the next removal is of the worst, else of the oldest
	asked  []*Worker
}

// probed is an answer in the pool.
type probed struct {
	requester.Reading
	worker *Worker
	uses   int
}

// What the wiring reads, too: how many workers are probed for each request, and what a probe takes each way.
var (
	Probes = option.New("probes", option.Whole(1, maxProbes), "3",
		"prequal: workers that are probed for each request")
	ProbeDelay = option.New("probe-delay", option.Length(0), "500us",
		"prequal: what a probe takes each way")
)

var (
	probePool = option.New("probe-pool", option.Whole(2, maxProbes), "16",
		"prequal: answers that are kept")
	probeAge = option.New("probe-age", option.Length(1), "1s",
		"prequal: when an answer is too old to be used")
	hotQuantile = option.New("hot-quantile", option.Number(0, 1), "0.84",
		"prequal: who has more requests in flight than this share of those lately probed is hot")
)

const maxProbes = 1000 // in the pool, and for one request

func newPrequal(p Parameters, rng *rand.Rand) Strategy {
	return &prequal{
		drawer: drawer{rng: rng}, recent: newLoads(), epoch: p.Epoch, resolution: p.Resolution,
		probes: Probes.In(p.Set), most: probePool.In(p.Set), age: probeAge.In(p.Set), hotQuantile: hotQuantile.In(p.Set),
	}
}

func (s *prequal) Join(w *Worker) {
	s.members.Join(w)
	s.byID.renew(w.ID)
	s.byID[w.ID] = w
}

// Leave forgets what is known of the worker, too.
func (s *prequal) Leave(w *Worker) {
	s.members.Leave(w)
	s.byID[w.ID] = nil
	s.forget(w.ID)
	s.pool = slices.DeleteFunc(s.pool, func(p probed) bool { return p.worker == w })
}

// forget drops the answers of a worker that are still on their way: they are not those of the one that may come in its place.
func (s *prequal) forget(id int) {
	for range s.coming.Len() {
		if reading := s.coming.Pop(); reading.Worker != id {
			s.coming.Push(reading)
		}
	}
}

func (s *prequal) Pick(_ *requester.Request, eligible func(*Worker) bool) *Worker {
	s.welcome(time.Since(s.epoch))
	s.chosen = nil
	usable, hot := 0, s.recent.quantile(s.hotQuantile)
	best := -1
	for i := range s.pool {
		if !eligible(s.pool[i].worker) {
			continue
		}
		usable++
		if best < 0 || s.better(i, best, hot) {
			best = i
		}
	}
	if usable < 2 {
		return s.draw(s.workers, eligible, nil)
	}
	s.chosen = s.pool[best].worker
	return s.chosen
}

// better tells whether the answer at index i is rather to be used than that at index j.
func (s *prequal) better(i, j, hot int) bool {
	a, b := &s.pool[i], &s.pool[j]
	switch aHot, bHot := a.InFlight > hot, b.InFlight > hot; {
	case aHot != bHot:
		return bHot
	case aHot:
		return a.InFlight < b.InFlight
	}
	return a.Latency < b.Latency
}

// welcome lets the answers into the pool that are home by now, and those out that are too old or too many.
func (s *prequal) welcome(now time.Duration) {
	for s.coming.Len() > 0 && !s.resolution.Before(now, s.coming.At(0).Home) {
		reading := s.coming.Pop()
		s.recent.add(reading.InFlight)
		s.pool = slices.DeleteFunc(s.pool, func(p probed) bool { return p.Worker == reading.Worker })
		if w := s.byID[reading.Worker]; w != nil {
			s.pool = append(s.pool, probed{Reading: reading, worker: w})
		}
	}
	old := 0
	for old < len(s.pool) && (len(s.pool)-old > s.most || s.resolution.Before(s.pool[old].Home+s.age, now)) {
		old++
	}
	s.pool = slices.Delete(s.pool, 0, old)
}

// Sent counts the request on the answer that led to it, and lets one answer go.
func (s *prequal) Sent(w *Worker) {
	if s.chosen == w {
		s.use(w)
	}
	s.retire()
}

// use counts the request as one more in flight on the worker's answer, until a newer one comes.
func (s *prequal) use(w *Worker) {
	for i := range s.pool {
		if p := &s.pool[i]; p.worker == w {
			p.InFlight++
			if p.uses++; p.uses >= s.reuse() {
				s.pool = slices.Delete(s.pool, i, i+1)
			}
			return
		}
	}
}

// retire removes one answer per request, in turn the oldest and the worst, so that neither old nor bad ones gather.
func (s *prequal) retire() {
	if len(s.pool) == 0 {
		return
	}
	out, hot := 0, s.recent.quantile(s.hotQuantile)
	for i := range s.pool {
		if s.worst && s.better(out, i, hot) {
			out = i
		}
	}
	s.worst = !s.worst
	s.pool = slices.Delete(s.pool, out, out+1)
}

// reuse is how often an answer may be used: max(1, (1+δ) / ((1 − m/n)·probes − removed)), with δ = 1, m places in the
// pool for n workers, and one removed per request (equation 1 of the paper), rounded up. Without a positive divisor the pool is
// larger than what there is to know, and age alone ends an answer.
func (s *prequal) reuse() int {
	divisor := (1-float64(s.most)/float64(len(s.workers)))*float64(s.probes) - 1
	if divisor <= 0 {
		return math.MaxInt
	}
	return max(1, int(math.Ceil(2/divisor)))
}

// Done has nothing to learn: the workers answer for themselves.
func (s *prequal) Done(*Worker, Observation) {}

// Ask draws the workers to probe for the request that was sent last.
func (s *prequal) Ask() []*Worker {
	s.asked = s.asked[:0]
	anybody := func(*Worker) bool { return true }
	for range s.probes {
		w := s.draw(s.workers, anybody, s.asked)
		if w == nil {
			break // there are no more
		}
		s.asked = append(s.asked, w)
	}
	return s.asked
}

// Read keeps an answer until it is home.
func (s *prequal) Read(r requester.Reading) { s.coming.Push(r) }

// loads are the requests in flight that were lately read, for their quantiles.
type loads struct {
	latest [128]int
	count  int   // so many ever
	tally  []int // of the latest: how many had so many in flight
}

func newLoads() loads { return loads{tally: make([]int, 64)} }

func (l *loads) add(inFlight int) {
	at := l.count % len(l.latest)
	if l.count >= len(l.latest) {
		l.tally[l.latest[at]]--
	}
	for inFlight >= len(l.tally) {
		l.tally = append(l.tally, make([]int, len(l.tally))...)
	}
	l.latest[at] = inFlight
	l.tally[inFlight]++
	l.count++
}

// quantile is the least load that a share q of the latest do not exceed; with q = 1, above every load.
func (l *loads) quantile(q float64) int {
	if q >= 1 {
		return math.MaxInt
	}
	below, wanted := 0, q*float64(min(l.count, len(l.latest)))
	for load, n := range l.tally {
		if below += n; float64(below) >= wanted {
			return load
		}
	}
	return 0
}
