package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEachKeyOfAShapeIsGoodForSomething: another value is another run, and the report shows every key.
func TestEachKeyOfAShapeIsGoodForSomething(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	for shown, others := range map[string][]string{
		"ramp:from=0.5,to=1.5":               {"poisson", "ramp:from=0.4", "ramp:to=1.4"},
		"spike:factor=2,at=1s,for=200ms":     {"poisson", "spike:factor=3,at=1s,for=200ms", "spike:factor=2,at=1.1s,for=200ms", "spike:factor=2,at=1s,for=300ms"},
		"diurnal:amplitude=0.5,period=1s":    {"poisson", "diurnal:amplitude=0.6,period=1s", "diurnal:amplitude=0.5,period=900ms"},
		"bursty:factor=2,on=100ms,off=200ms": {"poisson", "bursty:factor=3,on=100ms,off=200ms", "bursty:factor=2,on=90ms,off=200ms", "bursty:factor=2,on=100ms,off=250ms"},
	} {
		of := figures(t, "-arrivals="+shown)
		for _, other := range others {
			assert.NotEqual(t, of, figures(t, "-arrivals="+other), "%s and %s", shown, other)
		}
		var document struct{ Config map[string]any }
		decode(t, succeeded(t, "-requests=2000 -format=json -plots= -arrivals="+shown).stdout, &document)
		assert.Equal(t, shown, document.Config["arrivals"])
	}
}

// TestASpikeIsSeenOverTime in the series: 80,000 requests in 100 s, of which ten have three times the mean rate and the others 70/90 of it: 2,400
// a second, and 622. Parts are half a second long or longer, so five standard deviations of their rates are 5·√(2·2400) and 5·√(2·622).
func TestASpikeIsSeenOverTime(t *testing.T) {
	t.Parallel()
	var document struct {
		Runs []struct {
			Series []struct {
				At   float64 `json:"at_seconds"`
				Rate float64 `json:"rate_per_second"`
			}
		}
	}
	out := succeeded(t, "-requests=80000 -rate=800 -speeds=10x10 -arrivals=spike:factor=3,at=40s,for=10s -format=json -plots=")
	decode(t, out.stdout, &document)
	require.Greater(t, len(document.Runs[0].Series), 90)
	inside := 0
	for _, part := range document.Runs[0].Series {
		switch {
		case 41 < part.At && part.At < 48:
			assert.InDelta(t, 2400, part.Rate, 350, part.At)
			inside++
		case part.At < 38 || 51 < part.At && part.At < 98:
			assert.InDelta(t, 622, part.Rate, 180, part.At)
		}
	}
	assert.Greater(t, inside, 5)
	assert.Empty(t, strings.TrimSpace(succeeded(t, "-quiet -requests=100 -arrivals=spike:at=1h -format=none -plots=").stderr), "notes are not errors")
}
