package simulation

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/balancer"
	"waza/internal/drawn"
	"waza/requester"
	"waza/strategy"
	"waza/worker"
)

// inUnits returns the configuration with every length so many times as long, and as many times fewer requests per second. It finds
// the lengths by their type, so that it knows of those, too, that the wiring forgets when it scales its clock.
func inUnits(c Config, factor float64) Config {
	c = lengthened(reflect.ValueOf(c), factor).Interface().(Config)
	c.Rate /= factor
	for _, r := range c.Regulators {
		if rate, is := r.Set["rate"].(float64); is {
			r.Set["rate"] = rate / factor // lengthened has copied the set
		}
	}
	return c
}

// lengthened returns a copy of a value in which all lengths are so many times as long.
func lengthened(v reflect.Value, factor float64) reflect.Value {
	if (v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer || v.Kind() == reflect.Map || v.Kind() == reflect.Slice) && v.IsNil() {
		return v
	}
	if d, is := v.Interface().(requester.Distribution); is {
		return reflect.ValueOf(d.Times(factor))
	}
	if d, is := v.Interface().(time.Duration); is {
		if d == 0 {
			return v // none, and a length that there is stays one
		}
		return reflect.ValueOf(max(1, time.Duration(math.Round(float64(d)*factor))))
	}
	longer := reflect.New(v.Type()).Elem()
	longer.Set(v)
	switch v.Kind() {
	case reflect.Interface:
		longer.Set(lengthened(v.Elem(), factor))
	case reflect.Pointer:
		longer.Set(reflect.New(v.Type().Elem()))
		longer.Elem().Set(lengthened(v.Elem(), factor))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				longer.Field(i).Set(lengthened(v.Field(i), factor))
			}
		}
	case reflect.Slice:
		longer.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			longer.Index(i).Set(lengthened(v.Index(i), factor))
		}
	case reflect.Map:
		longer.Set(reflect.MakeMap(v.Type()))
		for _, key := range v.MapKeys() {
			longer.SetMapIndex(key, lengthened(v.MapIndex(key), factor))
		}
	}
	return longer
}

// TestARunOnAFasterClockIsThatRunInAnotherUnit draws configurations with short lengths, for which the clock of the run goes K times as
// fast: all is as in the run whose lengths are K times as long, to the nanosecond, and there the wiring has nothing to scale.
func TestARunOnAFasterClockIsThatRunInAnotherUnit(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		short := drawInUnits(t, micro)
		short.RetryBudget = 0 // a bucket keeps what ten seconds bring, in any unit
		// Under balanced failures fade in half a minute, in any unit.
		short.Strategies = slices.DeleteFunc(short.Strategies, func(name string) bool { return name == "balanced" })
		if short.Proxies.Strategy == "balanced" {
			short.Proxies.Strategy = "least-loaded"
		}
		for _, k := range strategy.Table() {
			for _, p := range k.Takes {
				if short.Parameters.Set[p.Name()] == nil { // a default would be the same in both
					short.Parameters.Set[p.Name()] = p.Of(nil)
				}
			}
		}
		withDefaults(short)
		short.Strategies = rapid.SliceOfNDistinct(rapid.SampledFrom(short.Strategies), 1, 3, rapid.ID).Draw(t, "strategies")
		factor := short.Scale()
		require.Greater(t, factor, 1.0)
		long := inUnits(short, factor)
		require.Equal(t, 1.0, long.Scale())
		onFaster, onPlain := figures(t, short), figures(t, long)
		for i := range onFaster {
			requireUnit(t, onPlain[i], onFaster[i], "", factor)
		}
	})
}

// withDefaults sets what faults and features would else take from their tables, in the same unit in both runs.
func withDefaults(c Config) {
	for _, f := range c.Faults {
		for _, k := range worker.FaultKinds() {
			for _, p := range k.Keys {
				if k.Name == f.Kind && f.Set[p.Name()] == nil {
					f.Set[p.Name()] = p.Of(nil)
				}
			}
		}
	}
	for _, f := range c.Features {
		kind, _ := balancer.FindFeature(f.Kind)
		for _, p := range kind.Keys {
			if f.Set[p.Name()] == nil {
				f.Set[p.Name()] = p.Of(nil)
			}
		}
	}
}

// figures are what a run says, as it is read from its JSON.
func figures(t *rapid.T, c Config) (all []any) {
	results, err := Run(context.Background(), c, 1, Spectators{})
	require.NoError(t, err)
	for _, r := range results {
		text, err := json.Marshal(r)
		require.NoError(t, err)
		var read any
		require.NoError(t, json.Unmarshal(text, &read))
		all = append(all, read)
	}
	return all
}

// requireUnit holds that figures of JSON are those of another run in a unit of time that is so many times shorter, but for the last bits of
// what was divided; name is that of the field in which they stand.
func requireUnit(t *rapid.T, want, is any, name string, factor float64) {
	switch want := want.(type) {
	case map[string]any:
		require.Len(t, is, len(want), name)
		for key, value := range want {
			requireUnit(t, value, is.(map[string]any)[key], name+" "+key, factor)
		}
	case []any:
		require.Len(t, is, len(want), name)
		for i := range want {
			requireUnit(t, want[i], is.([]any)[i], name, factor)
		}
	case float64:
		if strings.HasSuffix(name, "last_10_seconds") {
			return // of ten seconds, in any unit
		}
		require.IsType(t, want, is, name)
		switch {
		case strings.Contains(name, "_per_second"):
			want *= factor
		case strings.Contains(name, "seconds"), strings.HasPrefix(name, " series p"):
			want /= factor
		}
		require.InDelta(t, want, is, 1e-12*want, name)
	default:
		if strings.HasSuffix(name, " fault") || strings.HasSuffix(name, " regulator") || strings.HasSuffix(name, " refusals why") {
			return // as it was given, with the lengths of its unit
		}
		require.Equal(t, want, is, name)
	}
}
