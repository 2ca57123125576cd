package report

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A Result is handed from one process to another as its exported fields; a Distribution and a Log have a form of their own.
func TestAResultHidesNothing(t *testing.T) {
	seen := map[reflect.Type]bool{reflect.TypeFor[Distribution](): true, reflect.TypeFor[Log](): true}
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		switch of.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			walk(of.Elem())
		case reflect.Struct:
			if seen[of] {
				return
			}
			seen[of] = true
			for i := range of.NumField() {
				field := of.Field(i)
				assert.True(t, field.IsExported(), "%s.%s", of.Name(), field.Name)
				walk(field.Type)
			}
		}
	}
	walk(reflect.TypeFor[Result]())
	assert.True(t, seen[reflect.TypeFor[QueueFigures]()] && seen[reflect.TypeFor[Counts]()], "it looks into pointers and into what is embedded")
}
