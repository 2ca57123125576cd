package balancer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/virtualtime"
)

// A balancer that wants to hear no more may still take what comes. It is told nothing all the same: whether it is must not depend on the order in
// which a select looks.
func TestWhoWantsToHearNoMoreIsToldNothing(t *testing.T) {
	const beats = 100
	var told, heard int
	require.NoError(t, virtualtime.Run(func() {
		deaf, listens := make(chan Control, 3*beats), make(chan Control, 3*beats)
		silence, stop, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
		close(silence)
		h := Heart{Every: time.Millisecond, Epoch: time.Now(), Aim: asDue}
		go func() {
			h.Run(stop, []Ear{{Control: deaf, Silence: silence}, {Control: listens, Silence: make(chan struct{})}})
			close(ended)
		}()
		time.Sleep((2*beats + 1) * time.Millisecond)
		close(stop)
		<-ended
		told, heard = len(deaf), len(listens)
	}))
	assert.Positive(t, heard)
	assert.Zero(t, told)
}
