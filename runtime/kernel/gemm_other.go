//go:build !amd64 && !arm64

package kernel

// These are never reached: the only level of such a machine is portable.

func tileWidth(int) int { panic("no tiles") }

func (*panel) run() { panic("no tiles") }

func (*dots) run() { panic("no tiles") }

func transposeBlocks(_, _ *float32, _, _, _, _ int) { panic("no tiles") }
