package command

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLongFlagsGetTheirSecondDash(t *testing.T) {
	for _, row := range []struct{ says, args, want string }{
		{"a flag with its value", "-workers=10", "--workers=10"},
		{"a flag and its value", "-workers 10 -seed 3", "--workers 10 --seed 3"},
		{"two dashes are enough", "--workers=10", "--workers=10"},
		{"one letter is a shorthand", "-h", "-h"},
		{"a negative number is no flag", "-load -0.5", "--load -0.5"},
		{"a value is left alone", "-plots -strategy -seed=1", "--plots -strategy --seed=1"},
		{"a switch has no value behind it", "-quiet -seed=1", "--quiet --seed=1"},
		{"a flag with its value has none behind it", "-load=1 -seed=1", "--load=1 --seed=1"},
		{"a flag that is not known has none", "-lod -seed=1", "--lod --seed=1"},
		{"after two dashes nothing is touched", "-quiet -- -seed=1", "--quiet -- -seed=1"},
		{"unless they are a value", "-plots -- -seed=1", "--plots -- --seed=1"},
	} {
		assert.Equal(t, words(row.want), normalize(words(row.args), declareFlags(newKnown()).all), row.says)
	}
}

func TestTheCommandCanBeTypedAgain(t *testing.T) {
	for _, row := range []struct {
		args []string
		want string
	}{
		{nil, "waza"},
		{[]string{"-strategy=all", "--workers", "10"}, "waza -strategy=all --workers 10"},
		{[]string{"-speeds=8x1,2x0.25", "-warmup=10%"}, "waza -speeds=8x1,2x0.25 -warmup=10%"},
		{[]string{"-plots=", ""}, "waza -plots= ''"},
		{[]string{"-plots=my plots"}, "waza '-plots=my plots'"},
		{[]string{"-plots=it's"}, `waza '-plots=it'\''s'`},
		{[]string{"-plots=$HOME"}, "waza '-plots=$HOME'"},
		{[]string{"-plots=größer"}, "waza '-plots=größer'"},
		{[]string{"-plots=\x1b[31mit's\xff\\ü"}, `waza $'-plots=\x1b[31mit\'s\xff\\ü'`},
		{[]string{"-plots=a\nb\u202e"}, `waza $'-plots=a\x0ab\xe2\x80\xae'`},
	} {
		assert.Equal(t, row.want, strings.Join(typeable(row.args), " "))
	}
}
