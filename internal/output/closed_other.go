//go:build !linux

package output

// stdoutIsClosed cannot tell here.
func stdoutIsClosed() bool { return false }
