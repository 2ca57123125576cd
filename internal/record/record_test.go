package record

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type inner struct {
	Hidden float64 `json:"-"`
	Small  *int    `json:"small,omitempty"`
}

type all struct {
	Name   string
	Truth  bool
	Large  uint64
	Least  int64
	Float  float64
	Zero   *float64 `json:"-"`
	None   *float64
	Rows   []inner
	Empty  []int
	Nil    []int
	Pair   *[2]float64
	Temper temper
	Cold   *temper
	Embedded
}

// Embedded is one whose fields stand beside those of others.
type Embedded struct{ Count int }

// temper writes itself.
type temper struct{ degrees int }

func (t temper) MarshalText() ([]byte, error) { return []byte{byte('a' + t.degrees)}, nil }
func (t *temper) UnmarshalText(text []byte) error {
	t.degrees = int(text[0] - 'a')
	return nil
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	zero, three := 0.0, 3
	was := all{Name: "\x00ü", Truth: true, Large: math.MaxUint64, Least: math.MinInt64, Float: 0.1 + 0.2, Zero: &zero,
		Rows: []inner{{0.5, &three}, {}}, Empty: []int{}, Pair: &[2]float64{1, 2}, Temper: temper{3}, Cold: &temper{1}, Embedded: Embedded{7}}
	text, err := Marshal(was)
	require.NoError(t, err)
	var is all
	require.NoError(t, Unmarshal(text, &is))
	assert.Equal(t, was, is)
}

func TestWhatCannotBeWrittenIsNamed(t *testing.T) {
	_, err := Marshal(struct{ hidden int }{1})
	assert.ErrorContains(t, err, "hidden is not exported")
	_, err = Marshal(struct{ Of chan int }{})
	assert.ErrorContains(t, err, "a chan int cannot be written")
	var is inner
	assert.ErrorContains(t, Unmarshal([]byte(`{"Other": 1}`), &is), "no field Other")
	assert.ErrorContains(t, Unmarshal([]byte(`{"Small": "1"}`), &is), `want a int, not "1"`)
	assert.Error(t, Unmarshal([]byte(`{`), &is))
}
