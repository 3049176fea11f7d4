//go:build !unix

package serve

import "context"

// ReloadOnHangup calls reload, which Models have, on each SIGHUP until ctx ends.
// Where it fails, the model before goes on and the log says why. Where there is
// no such signal, it does nothing.
func (s *Service) ReloadOnHangup(context.Context, func() error) {}
