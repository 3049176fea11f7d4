//go:build unix

package train

import (
	"os"
	"os/signal"
	"syscall"
)

// endings are the signals on which a run finishes its step and saves. A hangup
// that is ignored, as under nohup, stays so.
func endings() []os.Signal {
	list := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		list = append(list, syscall.SIGHUP)
	}
	return list
}
