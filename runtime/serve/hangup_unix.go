//go:build unix

package serve

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// ReloadOnHangup calls reload, which Models have, on each SIGHUP until ctx ends.
// Where it fails, the model before goes on and the log says why. Where there is
// no such signal, it does nothing.
func (s *Service) ReloadOnHangup(ctx context.Context, reload func() error) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	go func() {
		defer signal.Stop(hangup)
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangup:
				_ = s.reload(reload) // is in the log
			}
		}
	}()
}
