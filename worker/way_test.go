package worker

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

// The way is told with the answer and takes nobody's time here: the next service begins at once.
func TestAnAnswerTellsItsWayHome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		far := ask(1, ms)
		far.Zone = 1
		s := newSlot(func(s *Slot) { s.Ways = []time.Duration{0, 5 * ms} })
		rec := serve(t.Context(), []*requester.Request{far, ask(0, ms)}, s)
		assert.Equal(t, 5*ms, rec.answers[0].Way)
		assert.Equal(t, ms, rec.answers[0].Finished)
		assert.Equal(t, 6*ms, rec.answers[0].Home())
		assert.Equal(t, ms, rec.answers[1].Began)
		assert.Equal(t, 2*ms, rec.answers[1].Home(), "its zone is near")
	})
}
