package serve_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	goruntime "runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/serve"
)

const connections = 200

// load keeps `connections` connections busy until requests have been made, or
// each has been told to close: clients that do as they are told lose nothing.
type load struct {
	address  string
	requests int64
	answers  map[string][]string // by model version and row
	bodies   []string
	made     atomic.Int64
	got      sync.Map // versions seen
}

func newLoad(t testing.TB, address string, requests int64, files ...[]byte) *load {
	l := &load{address: address, requests: requests, answers: map[string][]string{}}
	for i := range 50 {
		l.bodies = append(l.bodies, row(i))
	}
	for _, file := range files {
		models, err := serve.NewModels(wdbc.LoadFit, file)
		require.NoError(t, err)
		m, version := models.Get()
		for _, body := range l.bodies {
			var in wdbc.Features
			require.NoError(t, json.Unmarshal([]byte(body), &in))
			text, err := json.Marshal(m.Predict(m.PrepareFeatures(in)))
			require.NoError(t, err)
			l.answers[version] = append(l.answers[version], string(text)+"\n")
		}
	}
	return l
}

// run returns the first fault of each connection, and how many were told to close.
func (l *load) run() (faults []error, closed int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range connections {
		wg.Go(func() {
			told, err := l.connection()
			mu.Lock()
			defer mu.Unlock()
			if told {
				closed++
			}
			if err != nil {
				faults = append(faults, err)
			}
		})
	}
	wg.Wait()
	return faults, closed
}

func (l *load) connection() (told bool, err error) {
	transport := &http.Transport{MaxConnsPerHost: 1}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 30 * time.Second}
	for {
		n := l.made.Add(1)
		if n > l.requests {
			return false, nil
		}
		at := int(n) % len(l.bodies)
		resp, err := client.Post("http://"+l.address+"/predict", "application/json", strings.NewReader(l.bodies[at]))
		if err != nil {
			return false, err
		}
		text, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		version := resp.Header.Get("Model-Version")
		if err != nil || resp.StatusCode != 200 || l.answers[version] == nil || l.answers[version][at] != string(text) {
			return false, fmt.Errorf("row %d: %s, model %q, %q, %v", at, resp.Status, version, text, err)
		}
		l.got.Store(version, true)
		if resp.Close {
			return true, nil
		}
	}
}

// Ten thousand requests over two hundred connections, while the model is
// replaced again and again: no error, and each answer is to the bit that of the
// model it names. The same with one processor.
func TestLoadWhileModelsAreReplaced(t *testing.T) {
	for _, c := range []struct {
		name       string
		processors int
		requests   int64
	}{{"all processors", goruntime.GOMAXPROCS(0), 10_000}, {"GOMAXPROCS 1", 1, 2_000}} {
		t.Run(c.name, func(t *testing.T) {
			defer goruntime.GOMAXPROCS(goruntime.GOMAXPROCS(c.processors))
			a, b := weights(t)
			models, err := serve.NewModels(wdbc.LoadFit, a)
			require.NoError(t, err)
			s := serve.New(quiet, serve.DrainDelay(0))
			serve.HandleModel(s, "/predict", models, screen)
			address, stop := start(t, s)
			l := newLoad(t, address, c.requests, a, b)

			// By count, not by time: a swap for every hundredth request.
			ended := make(chan struct{})
			var swapping sync.WaitGroup
			swaps := 0
			swapping.Go(func() {
				for {
					select {
					case <-ended:
						return
					case <-time.After(time.Millisecond):
					}
					if l.made.Load() >= int64(100*(swaps+1)) {
						swaps++
						if err := models.Load([][]byte{a, b}[swaps%2]); err != nil {
							t.Error(err)
						}
					}
				}
			})
			faults, _ := l.run()
			close(ended)
			swapping.Wait()
			require.Empty(t, faults)
			require.Greater(t, swaps, 2)
			seen := 0
			l.got.Range(func(_, _ any) bool { seen++; return true })
			require.Equal(t, 2, seen, "both models have answered")
			_, text := get(s, "/metrics")
			require.Contains(t, text, fmt.Sprintf("ctgen_requests_total{path=\"/predict\",code=\"200\"} %d\n", c.requests))
			require.NoError(t, stop())
		})
	}
}

// A service that is asked to end under load answers what it has been asked.
func TestDrainLosesNothing(t *testing.T) {
	a, _ := weights(t)
	models, err := serve.NewModels(wdbc.LoadFit, a)
	require.NoError(t, err)
	s := serve.New(quiet, serve.DrainDelay(500*time.Millisecond))
	serve.HandleModel(s, "/predict", models, screen)
	address, stop := start(t, s)
	l := newLoad(t, address, 1<<40, a)
	stopped := make(chan error, 1)
	go func() {
		for l.made.Load() < 1000 {
			time.Sleep(time.Millisecond)
		}
		stopped <- stop()
	}()
	faults, closed := l.run()
	require.Empty(t, faults)
	require.Equal(t, connections, closed)
	require.NoError(t, <-stopped)
	_, err = http.Post("http://"+address+"/predict", "application/json", bytes.NewReader(nil))
	require.Error(t, err, "the port is closed")
}

func BenchmarkRequest(b *testing.B) {
	file, _ := weights(b)
	models, err := serve.NewModels(wdbc.LoadFit, file)
	require.NoError(b, err)
	s := serve.New(quiet)
	serve.HandleModel(s, "/predict", models, screen)
	body := row(1)
	b.ReportAllocs()
	for b.Loop() {
		post(s, "/predict", body)
	}
}
