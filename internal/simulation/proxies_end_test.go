package simulation

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// A millisecond at a proxy and ten in service are as long as anybody waits. Whether the proxy waits for the answer and passes it on, at an instant of
// its own, or the worker answers whoever asked: it is in time, however many requesters there are.
func TestAnAnswerAtTheEndIsInTimeThroughAProxy(t *testing.T) {
	for _, waits := range []bool{false, true} {
		for _, requesters := range []int{1, 10, 100, 1000} {
			for _, end := range []func(*Config){
				func(c *Config) { c.Timeout = 11 * time.Millisecond },
				func(c *Config) { c.Deadline = 11 * time.Millisecond },
			} {
				c := base(10, 2000, 0.01)
				behindProxies(&c, 2)
				c.Proxies.Waits, c.Requesters, c.Work = waits, requesters, requester.Constant(10*time.Millisecond)
				end(&c)
				r := mustRun(t, c)[0].Requests
				assert.Equal(t, r.Issued, r.Succeeded, "%d requesters, proxies wait: %v", requesters, waits)
			}
		}
	}
}
