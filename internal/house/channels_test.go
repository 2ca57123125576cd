package house_test

import (
	"go/ast"
	"go/types"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// ownChannels are made outside of the wiring all the same, by folder and what travels on them.
var ownChannels = map[string]string{
	"requester: Response":        "replies: a requester makes a larger mailbox when there is no room in its own for all that may come",
	"balancer: struct{}":         "withdrawals: a balancer that claims a job closes the channel that went to the worker with it",
	"worker: requester.Response": "replies: a proxy that dies leaves the channel on which it waited to the answer that may still come",
	"requester: struct{}":        "losers: the channel that tells those of one request is closed when another attempt has won",
}

func TestChannelsAreMadeInTheWiring(t *testing.T) {
	places, files := program(t)
	named := channelTypes(files)
	seen := map[string]bool{}
	for _, f := range files {
		if guest(f.folder) || slices.Contains(starters, f.folder) || slices.Contains(starters, f.path) {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if carries, made := channelMade(n, named[f.folder]); made {
				own := f.folder + ": " + carries
				seen[own] = true
				if _, known := ownChannels[own]; !known {
					assert.Fail(t, "a channel that is made outside of the wiring", "%s, at %v", own, places.Position(n.Pos()))
				}
			}
			return true
		})
	}
	for own := range ownChannels {
		assert.True(t, seen[own], "no such channel is made any more, take it out of the table: %s", own)
	}
}

// channelTypes are the types of channels that have names, by folder and name, with what travels on them.
func channelTypes(files []file) map[string]map[string]string {
	named := map[string]map[string]string{}
	for _, f := range files {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if channel, ok := spec.Type.(*ast.ChanType); ok {
				if named[f.folder] == nil {
					named[f.folder] = map[string]string{}
				}
				named[f.folder][spec.Name.Name] = types.ExprString(channel.Value)
			}
			return true
		})
	}
	return named
}

// channelMade tells whether a node makes a channel, and what travels on it.
func channelMade(n ast.Node, named map[string]string) (carries string, made bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return "", false
	}
	if function, ok := call.Fun.(*ast.Ident); !ok || function.Name != "make" {
		return "", false
	}
	switch of := call.Args[0].(type) {
	case *ast.ChanType:
		return types.ExprString(of.Value), true
	case *ast.Ident:
		carries, made = named[of.Name]
	}
	return carries, made
}
