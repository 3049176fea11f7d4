package serve

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Run serves at address, such as ":8080", until ctx ends or the process gets
// SIGTERM or an interrupt; then it drains, as DrainDelay and Grace say, and
// returns nil once every request has its answer. A second signal ends the
// process at once.
func (s *Service) Run(ctx context.Context, address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	s.log.Info("serving", "address", l.Addr().String())
	return s.Serve(ctx, l)
}

// Serve is Run on a listener, which it closes, and without a look at signals.
func (s *Service) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout:      2*s.timeout + 5*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.log.Info("draining")
	s.Drain()
	select {
	case err := <-failed:
		return err
	case <-time.After(s.drainDelay):
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.grace)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		return errors.Join(errors.New("requests were cut off after "+s.grace.String()), server.Close())
	}
	return nil
}
