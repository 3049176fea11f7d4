//go:build !amd64 && !arm64

package kernel

// best is the portable level until kernels for this processor are written.
func best() level { return portable }
