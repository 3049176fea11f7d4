package serve

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Models holds the model that serves, and replaces it while it does: requests
// that have begun keep the model they began with. Its methods may be called
// concurrently.
type Models[M any] struct {
	load func(file []byte) (M, error)
	now  atomic.Pointer[served[M]]

	mu   sync.Mutex // of loading: the file read last is the one that stays
	path string     // that Reload reads
}

type served[M any] struct {
	model   M
	version string
}

// NewModels serves the model in file, a saved one. load makes a model of a file
// and verifies it; a generated Load… does, and a load of the program's own may
// also put it to the test before it serves.
//
//	models, err := serve.NewModels(wdbc.LoadFit, weights)
func NewModels[M any](load func(file []byte) (M, error), file []byte) (*Models[M], error) {
	m := &Models[M]{load: load}
	if err := m.Load(file); err != nil {
		return nil, err
	}
	return m, nil
}

// Get returns the model that serves, and its version.
func (m *Models[M]) Get() (model M, version string) {
	s := m.now.Load()
	return s.model, s.version
}

// Version names the file of the model that serves: the first twelve digits of
// its SHA-256.
func (m *Models[M]) Version() string { return m.now.Load().version }

// Load lets the model in file serve from now on. Where it fails, the one before
// goes on.
func (m *Models[M]) Load(file []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.swap(file)
}

// LoadFile is Load for the file at path, which Reload reads from then on even
// where this fails.
func (m *Models[M]) LoadFile(path string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.path = path
	return m.reload()
}

// Reload is LoadFile for the path that was given last.
func (m *Models[M]) Reload() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.reload()
}

func (m *Models[M]) reload() error {
	if m.path == "" {
		return errors.New("the model has no file to be read again from")
	}
	file, err := os.ReadFile(m.path)
	if err != nil {
		return err
	}
	if err := m.swap(file); err != nil {
		return fmt.Errorf("%s: %w", m.path, err)
	}
	return nil
}

func (m *Models[M]) swap(file []byte) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the model does not load: panic: %v\n%s", p, debug.Stack())
		}
	}()
	sum := sha256.Sum256(file)
	model, err := m.load(file)
	if err == nil {
		m.now.Store(&served[M]{model, hex.EncodeToString(sum[:6])})
	}
	return err
}

// HandleReload serves POST path, such as "/-/reload": it calls reload, which
// Models have. Leave it out, or keep its path from the outside, where not every
// client may do that. A failure is answered 500, and the model before goes on;
// what failed is in the log only.
func (s *Service) HandleReload(path string, reload func() error) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			refuse(w, &refusal{http.StatusMethodNotAllowed, "models are reloaded by POST"})
			return
		}
		if err := s.reload(reload); err != nil {
			refuse(w, &refusal{http.StatusInternalServerError, "the model was not replaced; the log says why"})
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

func (s *Service) reload(reload func() error) error {
	err := reload()
	s.metrics.reloaded(err)
	if err != nil {
		s.log.Error("the model was not replaced", "error", err)
	} else {
		s.log.Info("the model was replaced")
	}
	return err
}
