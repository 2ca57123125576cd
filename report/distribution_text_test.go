package report

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestADistributionIsReadAsItWasWritten(t *testing.T) {
	d, random := NewDistribution(1_000_000_000), rand.New(rand.NewPCG(1, 2))
	d.Add(0)
	d.Add(math.MaxInt64)
	d.add(wide{1 << 19, 5}) // beyond the histogram, with a square of more than 128 bits
	for range 10_000 {
		d.Add(int64(random.ExpFloat64() * 1e7))
	}
	text, err := d.MarshalText()
	require.NoError(t, err)
	var is Distribution
	require.NoError(t, is.UnmarshalText(text))
	assert.Equal(t, d.spread(), is.spread())
	assert.Equal(t, d.moments, is.moments)
	assert.Equal(t, d.histogram.Export(), is.histogram.Export())

	d.Pack()
	assert.Nil(t, d.histogram)
	assert.EqualValues(t, 10_003, d.Count(), "who looks at it has it again")
	assert.Equal(t, is.histogram.Export(), d.histogram.Export())

	empty := NewDistribution(1)
	text, err = empty.MarshalText()
	require.NoError(t, err)
	require.NoError(t, is.UnmarshalText(text))
	assert.Equal(t, empty, &is)
	for _, wrong := range []string{"", "1 2 x", "1 0 0 0 0 0 0:1", "1 0 0 0 0 0 99999999:1", "1 0 0 0 0 0 1"} {
		assert.Error(t, is.UnmarshalText([]byte(wrong)), wrong)
	}
}

func TestMergedInAnyOrderItIsTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	parts := make([]*Distribution, 5)
	for i := range parts {
		parts[i] = NewDistribution(1000)
		for range 100 * i {
			parts[i].Add(int64(random.ExpFloat64() * 1e6))
		}
	}
	var texts []string
	for range 10 {
		all := NewDistribution(1000)
		for _, i := range random.Perm(len(parts)) {
			all.merge(parts[i])
		}
		text, err := all.MarshalText()
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	for _, text := range texts[1:] {
		assert.Equal(t, texts[0], text)
	}
}
