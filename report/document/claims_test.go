package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

// What nobody else got was answered by whoever held it, or over: of the dead it is not said that they answered.
func TestWhatBecameOfWhatNobodyWon(t *testing.T) {
	for _, row := range []struct {
		claims, wins, before report.Count
		seeds                int
		says                 string
	}{
		{5, 5, 0, 1, "won 5 times"},
		{7, 5, 2, 1, "won 5 times; answered before by the worker that had held it: 2"},
		{7, 5, 0, 1, "won 5 times; over before a worker had room for it: 2"},
		{9, 5, 1, 1, "won 5 times; answered before by the worker that had held it: 1; over before a worker had room for it: 3"},
		{41.1, 40.2, 0.9 - 2e-15, 14, "won 40.2 times; answered before by the worker that had held it: 0.9"},
		{41.1, 40.1, 1 - 1./14, 14, "won 40.1 times; answered before by the worker that had held it: 0.929; over before a worker had room for it: 0.0714"},
	} {
		length := 0.5
		r := report.Result{Claims: row.claims, Replications: row.seeds, Claiming: &report.ClaimFigures{
			ByAnnouncement: row.claims, Tries: row.wins, Wins: row.wins, AnsweredBefore: row.before, ClaimSeconds: &length, ClaimMaxSeconds: &length,
		}}
		n := takeovers(&r)[0]
		var values []any
		for _, v := range n.values {
			values = append(values, v.text(v.of))
		}
		text := fmt.Sprintf(n.says, values...)
		assert.Equal(t, row.says, text[strings.Index(text, "won "):])
	}
}
