package serve

import (
	"log/slog"
	"time"
)

// Option sets a limit of a Service.
type Option func(*Service)

// MaxBody is the most bytes that a request may hold, 1 MiB unless it is said.
// Larger ones are answered 413.
func MaxBody(bytes int64) Option { return func(s *Service) { s.maxBody = bytes } }

// MaxBatch is the most inputs that a batch may hold, 1024 unless it is said.
// Longer ones are answered 413.
func MaxBatch(inputs int) Option { return func(s *Service) { s.maxBatch = inputs } }

// MaxConcurrent is the most requests at work at once, 256 unless it is said,
// counted from before their bodies are read: together they hold at most
// MaxConcurrent·MaxBody bytes of bodies. Those beyond are answered 503 at once,
// with Retry-After.
func MaxConcurrent(requests int) Option {
	return func(s *Service) { s.slots = make(chan struct{}, requests) }
}

// Timeout is how long a request may take, 10 seconds unless it is said, from
// its headers to its answer. A body that is not there by then is answered 408,
// an answer that is not, 503. An arrow is not interrupted; its context ends, and
// a batch stops between two inputs.
func Timeout(d time.Duration) Option { return func(s *Service) { s.timeout = d } }

// DrainDelay is how long Run goes on as before once it has been asked to end, 1
// second unless it is said: /readyz fails and each answer closes its connection,
// so that clients and load balancers have gone when the port closes.
func DrainDelay(d time.Duration) Option { return func(s *Service) { s.drainDelay = d } }

// Grace is how long Run waits after DrainDelay for the requests at work, 30
// seconds unless it is said.
func Grace(d time.Duration) Option { return func(s *Service) { s.grace = d } }

// Ready adds a condition to /readyz: an error is answered 503, with its text.
func Ready(check func() error) Option {
	return func(s *Service) { s.ready = append(s.ready, check) }
}

// Log is where faults of the service's own go, and swaps of models. They go to
// slog.Default unless it is said.
func Log(to *slog.Logger) Option { return func(s *Service) { s.log = to } }
