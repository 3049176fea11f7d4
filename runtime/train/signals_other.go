//go:build !unix

package train

import (
	"os"
	"syscall"
)

// endings are the signals on which a run finishes its step and saves.
func endings() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }
