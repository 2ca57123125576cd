package option

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAParameterIsItsDefaultUntilItIsSet(t *testing.T) {
	choices := New("choices", Whole(1, 100), "2", "workers that are drawn")
	assert.Equal(t, 2, choices.In(nil))
	set := Values{}
	is, err := choices.Read("3")
	require.NoError(t, err)
	set["choices"] = is
	assert.Equal(t, 3, choices.In(set))
	assert.Equal(t, "3", choices.Text(set))
	_, err = choices.Read("0")
	assert.EqualError(t, err, "want a whole number from 1 to 100")

	assert.Zero(t, New("for", Length(1), "", "").In(set), "without a default it is nothing")
	assert.Panics(t, func() { New("choices", Whole(1, 100), "0", "") }, "a default has to be allowed")
}

// holds tells of one kind what it reads, what is canonical for that, and what it refuses.
func holds[T any](t *testing.T, k Kind[T], reads map[string]string, refuses ...string) {
	t.Helper()
	for text, canonical := range reads {
		is, err := k.Parse(text)
		require.NoError(t, err, text)
		assert.Equal(t, canonical, k.Show(is))
	}
	for _, text := range refuses {
		_, err := k.Parse(text)
		assert.ErrorContains(t, err, "want "+k.Want, text)
	}
}

func TestKinds(t *testing.T) {
	holds(t, Whole(-1, 5), map[string]string{"-1": "-1", "05": "5"}, "6", "-2", "1.0", "0x1", "1_0", "", "one")
	holds(t, Prime(100), map[string]string{"2": "2", "97": "97"}, "1", "91", "101", "-7")
	holds(t, Seed(), map[string]string{"18446744073709551615": "18446744073709551615"}, "-1", "18446744073709551616")
	holds(t, Number(0, 1), map[string]string{"0": "0", "1.": "1", ".5": "0.5", "+5e-1": "0.5", "1E0": "1"},
		"1.1", "NaN", "Inf", "0x1p-2", "1_0", "", ".", "e5", "1e999", "--1")
	holds(t, Above(0, 2000), map[string]string{"2e3": "2000"}, "0", "2001")
	holds(t, Between(0, 1), map[string]string{"0.5": "0.5"}, "0", "1")
	holds(t, Share(), map[string]string{"10%": "0.1", "0.1": "0.1", "0": "0"}, "1", "100%", "%", "-1%")
	holds(t, Percentage(), map[string]string{"10%": "10%", "0.1": "10%", "0": "0%", "100%": "100%", "7%": "7%", "1": "100%"}, "101%", "1.1", "%", "-1%")
	holds(t, Length(1), map[string]string{"60m": "1h", "90s": "1m30s", "1h": "1h"}, "0s", "5", "1001h", "9999999999h", "")
	holds(t, Length(0), map[string]string{"0s": "0s"}, "0", "+0", "-1s")
	holds(t, LengthOrNone(), map[string]string{"none": "none", "1ms": "1ms"}, "0s")
	holds(t, OrNone(Whole(0, 9), -1), map[string]string{"none": "none", "0": "0"}, "10", "-1")
	holds(t, Truth(), map[string]string{"true": "true"}, "1", "TRUE", "t")
	holds(t, Text("a file"), map[string]string{"x": "x"}, "")
	holds(t, OptionalText("a file"), map[string]string{"x": "x", "": ""})
	holds(t, Items(Items(Whole(0, 9), ","), "/"), map[string]string{"1": "1", "1,02/3": "1,2/3"}, "", "1,", "/1")
	assert.Equal(t, "a number above 0 and at most 2,000", Above(0, 2000).Want)
}

func TestANameThatIsNearIsSuggested(t *testing.T) {
	_, err := Word("fifo", "lifo", "priority").Parse("priorty")
	assert.EqualError(t, err, "want fifo, lifo or priority; did you mean priority?")
	_, err = Word("block", "reject").Parse("drop")
	assert.EqualError(t, err, "want block or reject")
}

func TestTheFirstErrorOfAClauseStays(t *testing.T) {
	factor, at := New("factor", Number(0, 9), "", ""), New("at", Length(0), "1s", "")
	for text, message := range map[string]string{
		"slow":                   "want factor=VALUE, a number from 0 to 9",
		"slow:factor=10":         "want as factor a number from 0 to 9",
		"slow:3":                 "want no value without a name",
		"slow:factor=3,factor=4": "want factor once",
		"slow:factor=":           "want a value for factor",
		"slow:,":                 "want nothing empty between commas",
		"slow:factor=3,p=1":      "want at or factor and not p",
		"slow:factor=3,at=5":     "want as at a duration from 0s to 1000h, such as 10ms",
		"slow:factor=3":          "",
	} {
		c, set := ParseClause(text), Values{}
		c.Expect(0, "at", "factor")
		c.Need(factor, set)
		c.Need(at, set)
		if message != "" {
			assert.EqualError(t, c.Err, message, text)
			continue
		}
		assert.NoError(t, c.Err)
		assert.Equal(t, Values{"factor": 3.0}, set)
		assert.Equal(t, time.Second, at.In(set))
	}
}

func TestNumbersAreGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1000: "-1,000", -100: "-100", math.MaxInt64: "9,223,372,036,854,775,807"} {
		assert.Equal(t, want, Grouped(n))
	}
}

func TestWhatIsPrintedStaysOnItsLine(t *testing.T) {
	assert.Equal(t, `"1\n2"`, Printable("1\n2"))
	assert.Equal(t, "größer", Printable("größer"))
	assert.Equal(t, `"\xff"`, Printable("\xff"))
}
