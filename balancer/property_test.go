package balancer

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
	"waza/internal/option"
	"waza/internal/virtualtime"
	"waza/requester"
	"waza/strategy"
)

// A message is one thing that may happen to a balancer. A whole script of them is drawn before the bubble opens,
// so that rapid can make a script that fails shorter.
type message struct {
	what   string
	worker int
	asker  int
	number int // limit of who joins, milliseconds until the end of a request or to sleep, priority
}

func messages() *rapid.Generator[message] {
	return rapid.Custom(func(t *rapid.T) message {
		return message{
			what: rapid.SampledFrom([]string{
				"ask", "ask", "ask", "ask with an end", "ask again", "ask first", "serve", "serve", "serve", "fail", "fail", "join", "leave", "sleep",
			}).Draw(t, "what"),
			worker: rapid.IntRange(0, 4).Draw(t, "worker"),
			asker:  rapid.IntRange(0, 2).Draw(t, "asker"),
			number: rapid.IntRange(1, 4).Draw(t, "number"),
		}
	})
}

// Whatever comes in whatever order and however old the counts are that the strategy sees, the books are right after
// every message, and nothing waits that somebody has room for. No send to a worker blocks either: the
// queues have room for the limit and not for one job more, and a balancer that is stuck would not hear the next message.
func TestAnyMessagesKeepTheBooksRight(t *testing.T) {
	for _, name := range strategy.Names() {
		t.Run(name, func(t *testing.T) {
			drawn.Check(t, func(t *rapid.T) {
				backlog := rapid.IntRange(Unlimited, 3).Draw(t, "backlog")
				reject := backlog != Unlimited && rapid.Bool().Draw(t, "reject")
				discipline := rapid.SampledFrom(Disciplines()).Draw(t, "discipline")
				hold := drawHold(t)
				view := drawView(t, 6*time.Millisecond)
				script := rapid.SliceOfN(messages(), 40, 60).Draw(t, "script")
				features, panic := drawFeatures(t, name), rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "panic")
				var failure string
				err := virtualtime.Run(func() {
					f := open(&recorder{}, name, func(b *Balancer) {
						b.Backlog, b.Reject, b.Discipline, b.View = backlog, reject, discipline, view
						b.Panic, b.Aim = panic, asDue
						hold(b)
						b.Features = append(b.Features, features...)
					})
					failure = f.act(script)
				})
				require.Empty(t, failure)
				require.NoError(t, err)
			})
		})
	}
}

// drawHold draws why requests are held back or dropped, or go in another order than they came in.
func drawHold(t *rapid.T) func(*Balancer) {
	ageing, codel := time.Duration(0), CoDel{}
	switch rapid.SampledFrom([]string{"", "ageing", "codel"}).Draw(t, "waits matter") {
	case "ageing":
		ageing = 2 * time.Millisecond
	case "codel":
		codel = CoDel{Target: time.Millisecond, Interval: 3 * time.Millisecond}
	}
	kind := rapid.SampledFrom([]string{"", "limit.aimd", "limit.gradient"}).Draw(t, "limit")
	start := rapid.IntRange(1, 9).Draw(t, "first limit")
	return func(b *Balancer) {
		b.CoDel = codel
		if b.Discipline.Name == "priority" {
			b.Ageing = ageing
		}
		if kind != "" {
			b.Features = []Feature{{Kind: kind, Set: option.Values{"start": start, "timeout": 2 * time.Millisecond}}}
		}
	}
}

// drawFeatures draws some of those that there are, with keys so small that scripts meet their limits and their ends.
func drawFeatures(t *rapid.T, name string) []Feature {
	var all []Feature
	length := func() time.Duration { return time.Duration(rapid.IntRange(1, 5).Draw(t, "length")) * time.Millisecond }
	if rapid.Bool().Draw(t, "outlier") {
		all = append(all, Feature{"outlier", option.Values{
			"failures": rapid.IntRange(1, 3).Draw(t, "failures"), "base": length(), "longest": length(), "interval": length(),
			"requests": rapid.IntRange(1, 2).Draw(t, "requests"), "workers": rapid.IntRange(1, 3).Draw(t, "workers"),
			"deviation": rapid.Float64Range(0, 2).Draw(t, "deviation"), "share": rapid.Float64Range(0, 1).Draw(t, "share"), "latency": rapid.SampledFrom([]time.Duration{0, time.Millisecond, 3 * time.Millisecond}).Draw(t, "latency"),
		}})
	}
	if rapid.Bool().Draw(t, "breaker") {
		all = append(all, Feature{"breaker", option.Values{"failures": rapid.IntRange(1, 3).Draw(t, "failures"), "reset": length()}})
	}
	if kind, _ := strategy.Find(name); kind.Heeds("slow-start") && rapid.Bool().Draw(t, "slow start") {
		all = append(all, Feature{"slow-start", option.Values{"length": length()}})
	}
	return all
}

// A recorder lets requirements fail outside of rapid's goroutine: they panic with what they say, and act recovers it.
type recorder struct{ said string }

func (r *recorder) Errorf(format string, args ...any) { r.said += fmt.Sprintf(format, args...) }
func (r *recorder) FailNow()                          { panic(r) }

// act plays the script to its end and returns what was wrong, if anything.
func (f *floor) act(script []message) (failure string) {
	defer func() {
		if r, failed := recover().(*recorder); failed {
			failure = r.said
		}
		f.close()
	}()
	var tried requester.Tried
	for _, m := range script {
		f.move(m, &tried)
		f.verify()
	}
	f.settle()
	return ""
}

func (f *floor) move(m message, tried *requester.Tried) {
	full := f.Balancer.blocked()
	of := func(r *requester.Request) { r.Requester = m.asker }
	switch m.what {
	case "ask":
		require.Equal(f.t, !full, f.ask(of), "it receives if and only if it has room")
	case "ask with an end":
		end := f.now() + time.Duration(m.number)*time.Millisecond
		f.ask(of, func(r *requester.Request) { r.End = end })
	case "ask again":
		f.ask(of, func(r *requester.Request) { r.Tried = tried })
	case "ask first":
		f.ask(of, func(r *requester.Request) { r.Priority = 4 - m.number })
	case "serve":
		if f.at(m.worker) > 0 {
			f.serve(m.worker)
		}
	case "fail":
		if f.at(m.worker) > 0 {
			f.fail(m.worker)
		}
	case "join":
		f.join(m.worker, m.number) // again and again: a new incarnation each time
	case "leave":
		f.event(Leave{Worker: m.worker})
	case "sleep":
		f.sleep(time.Duration(m.number) * time.Millisecond)
	}
}

// verify compares the books with each other and with what is in the queues.
func (f *floor) verify() {
	l, out, room, places := f.ledger, 0, 0, 0
	members, fit, away := 0, 0, 0
	for id, m := range f.members {
		if m == nil {
			continue
		}
		require.LessOrEqual(f.t, m.Held, m.Limit, "worker %d holds too much", id)
		require.Equal(f.t, f.at(id), m.Held, "worker %d holds what is in its queue", id)
		out += m.Held
		if m.presence != joined {
			continue
		}
		room += m.Limit - m.Held
		require.Equal(f.t, m.causes != 0, m.Unfit)
		members++
		if m.causes&ejected != 0 {
			away++
		}
		if !m.Unfit {
			fit++
		}
		if m.Unfit && !f.health.panics {
			continue
		}
		places += max(0, f.most(m)-m.Held)
	}
	panics := float64(fit) < f.Panic*float64(members)
	require.Equal(f.t, health{members, fit, panics, f.Panic, f.health.panicked}, f.health)
	require.Equal(f.t, panics, f.health.panicked.On)
	for _, w := range f.watchers {
		if o, is := w.(*outlier); is {
			require.Equal(f.t, away, o.out)
		}
	}
	require.Equal(f.t, out, f.out)
	require.Equal(f.t, room, f.room)
	open := f.open()
	require.False(f.t, open && f.waiting.size > 0 && places > 0, "a request waits though a worker has room for it")
	if s := f.waiting.shards; s != nil {
		for i, x := range s.calling {
			require.True(f.t, x.calling && !slices.Contains(s.calling[:i], x), "who calls is noted once")
		}
	}
	for w := range f.waiting.all.each() {
		for _, m := range f.shard(w) {
			require.True(f.t, !open || m.Limit == m.Held || m.Unfit && !f.health.panics, "request %d waits though worker %d of its shard has room", w.ID, m.ID)
		}
	}
	require.Equal(f.t, l.Admitted, l.Dispatched+l.Rejected+l.Skipped+l.Cancelled+f.waiting.size)
	require.Equal(f.t, l.Dispatched, l.Completed+l.Forgotten+out)
	require.True(f.t, f.Backlog == Unlimited || f.waiting.size <= max(1, f.Backlog), "the backlog has its limit")
}

// most is how much the strategy gives a worker, whoever asks; 0 if that depends on who asks.
func (f *floor) most(m *member) int {
	switch fmt.Sprintf("%T", f.strategy) {
	case "*strategy.pull":
		return m.Concurrency
	case "*strategy.boundedPull", "*strategy.first":
		return min(m.Limit, 2)
	case "*strategy.boundedHash":
		return 1 // the bound of a worker that holds something may be as low while the others are full
	}
	if f.waiting.shards != nil {
		return 0
	}
	return m.Limit
}

// shard is whom a request waits for, if that depends on it.
func (f *floor) shard(w *waiter) []*strategy.Worker {
	if f.waiting.shards == nil {
		return nil
	}
	return f.waiting.shards.of.Shard(w.Request)
}

// settle ends the run and looks at the sums.
func (f *floor) settle() {
	l := f.close()
	require.Equal(f.t, f.asked, l.Admitted)
	require.Equal(f.t, l.Admitted, l.Dispatched+l.Rejected+l.Skipped+l.Cancelled)
	require.Equal(f.t, l.Dispatched, l.Completed+l.Forgotten)
	require.Len(f.t, f.replies, l.Admitted-l.Forgotten, "one answer each, but for those that a worker took with it")
	answered := map[int]bool{}
	for len(f.replies) > 0 {
		a := <-f.replies
		require.False(f.t, answered[a.Ticket], "request %d was answered twice", a.Ticket)
		answered[a.Ticket] = true
	}
	f.Balancer.now += f.View.Stale + f.View.Refresh
	f.show()
	for id, m := range f.members {
		require.True(f.t, m == nil || m.presence != joined || m.Pending == 0, "worker %d is seen with something for ever", id)
	}
	for id, book := range l.Workers {
		require.Equal(f.t, book.Sojourns, book.Pending, "the time integral of pending of worker %d", id)
	}
}
