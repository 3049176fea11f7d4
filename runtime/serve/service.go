package serve

import (
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"
)

// Service is an http.Handler: arrows at the paths that Handle and HandleModel
// give them, and
//
//	GET /healthz   200 as long as the process answers
//	GET /readyz    200, or 503 while it drains or a condition of Ready fails
//	GET /metrics   counts and times, as Prometheus reads them
//
// Errors are objects {"error": "…"}. Its methods may be called concurrently;
// arrows are added before it serves.
type Service struct {
	mux     *http.ServeMux
	metrics metrics

	maxBody    int64
	maxBatch   int
	slots      chan struct{} // one element for each request at work
	timeout    time.Duration
	drainDelay time.Duration
	grace      time.Duration
	ready      []func() error
	log        *slog.Logger

	draining atomic.Bool
}

// New returns a service without arrows.
func New(options ...Option) *Service {
	s := &Service{mux: http.NewServeMux(), maxBody: 1 << 20, maxBatch: 1024, slots: make(chan struct{}, 256),
		timeout: 10 * time.Second, drainDelay: time.Second, grace: 30 * time.Second, log: slog.Default()}
	for _, o := range options {
		o(s)
	}
	s.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok\n") })
	s.mux.HandleFunc("GET /readyz", s.readiness)
	s.mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		s.metrics.write(w)
	})
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		refuse(w, &refusal{http.StatusNotFound, "nothing is served at this path"})
	})
	return s
}

// ServeHTTP answers one request.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.draining.Load() {
		w.Header().Set("Connection", "close")
	}
	s.mux.ServeHTTP(w, r)
}

// Drain makes /readyz fail and lets each answer close its connection; it goes on
// answering. Run calls it; programs with an http.Server of their own call it
// before Shutdown.
func (s *Service) Drain() { s.draining.Store(true) }

func (s *Service) readiness(w http.ResponseWriter, _ *http.Request) {
	var faults []error
	if s.draining.Load() {
		faults = append(faults, errors.New("draining"))
	}
	for _, check := range s.ready {
		faults = append(faults, check())
	}
	if err := errors.Join(faults...); err != nil {
		plain(w, http.StatusServiceUnavailable, err.Error()+"\n")
		return
	}
	plain(w, http.StatusOK, "ready\n")
}

func plain(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	_, _ = w.Write([]byte(text)) // a client that has gone needs no answer
}
