package serve_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/digits"
	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/serve"
)

func TestMethodsAndForms(t *testing.T) {
	s := echoes()
	for _, c := range []struct {
		method, path, kind, encoding string
		code                         int
	}{
		{"GET", "/digit", "application/json", "", 405},
		{"HEAD", "/digit", "application/json", "", 405},
		{"PUT", "/digit/batch", "application/json", "", 405},
		{"POST", "/digit", "application/json; charset=UTF-8", "", 200},
		{"POST", "/digit", "application/json", "identity", 200},
		{"POST", "/digit", "", "", 415},
		{"POST", "/digit", "text/plain", "", 415},
		{"POST", "/digit", "application/json; charset=latin1", "", 415},
		{"POST", "/digit", "application/json;;", "", 415},
		{"POST", "/digit", "application/json", "gzip", 415},
		{"POST", "/nothing", "application/json", "", 404},
		{"POST", "/digit/", "application/json", "", 404},
		{"POST", "/-/reload", "", "", 404}, // off unless it is asked for
	} {
		r := httptest.NewRequest(c.method, c.path, strings.NewReader("1"))
		r.Header.Set("Content-Type", c.kind)
		r.Header.Set("Content-Encoding", c.encoding)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		assert.Equal(t, c.code, w.Code, "%v", c)
		assert.Equal(t, c.code == 405, w.Header().Get("Allow") == "POST", "%v", c)
	}
}

// What the arrow says becomes a status, and the service's own faults stay in its log.
func TestArrowsThatGiveNoAnswer(t *testing.T) {
	var log bytes.Buffer
	s := serve.New(serve.Log(slog.New(slog.NewTextHandler(&log, nil))))
	serve.Handle(s, "/f", func(_ context.Context, d digits.Digit) (wdbc.Logit, error) {
		switch d {
		case 1:
			return 0, errors.New("the disk is full")
		case 2:
			panic("secret")
		case 3:
			return wdbc.Logit(math.NaN()), nil
		case 4:
			return 0, &serve.InputError{Err: errors.New("four is not served")}
		case 5:
			return 0, fmt.Errorf("f: %w", &runtime.ListError{Arrow: "f", Object: "List[Token]", Got: 1, Least: 2})
		}
		return 7, nil
	})
	for _, c := range []struct {
		path, body string
		code       int
		says       string
	}{
		{"/f", "0", 200, "7"},
		{"/f", "1", 500, "its log says why"},
		{"/f", "2", 500, "its log says why"},
		{"/f", "3", 500, "its log says why"},
		{"/f", "4", 422, "four is not served"},
		{"/f", "5", 422, "List[Token]"},
		{"/f/batch", "[0,4]", 422, "input 1: four is not served"},
		{"/f/batch", "[0,0,5]", 422, "input 2: "},
		{"/f/batch", "[0,3]", 500, "its log says why"},
	} {
		w := post(s, c.path, c.body)
		assert.Equal(t, c.code, w.Code, "%v", c)
		assert.Contains(t, w.Body.String(), c.says)
		assert.NotContains(t, w.Body.String(), "secret")
	}
	for _, says := range []string{"the disk is full", "panic: secret", "NaN"} {
		assert.Contains(t, log.String(), says)
	}
}

func TestConcurrencyLimit(t *testing.T) {
	s := serve.New(quiet, serve.MaxConcurrent(1))
	began, end := make(chan struct{}), make(chan struct{})
	serve.Handle(s, "/wait", func(context.Context, digits.Digit) (digits.Digit, error) {
		began <- struct{}{}
		<-end
		return 1, nil
	})
	first := make(chan int)
	go func() { first <- post(s, "/wait", "1").Code }()
	<-began
	w := post(s, "/wait", "1")
	assert.Equal(t, http.StatusServiceUnavailable, w.Code)
	assert.Equal(t, "1", w.Header().Get("Retry-After"))
	_, text := get(s, "/metrics")
	assert.Contains(t, text, `ctgen_requests_in_flight{path="/wait"} 1`)
	close(end)
	assert.Equal(t, http.StatusOK, <-first)
	go func() { <-began }()
	assert.Equal(t, http.StatusOK, post(s, "/wait", "1").Code, "its place is free again")
}

func TestTimeouts(t *testing.T) {
	s := serve.New(quiet, serve.Timeout(50*time.Millisecond), serve.DrainDelay(0))
	serve.Handle(s, "/wait", func(ctx context.Context, _ digits.Digit) (digits.Digit, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	})
	address, stop := start(t, s)
	resp, err := http.Post("http://"+address+"/wait", "application/json", strings.NewReader("1"))
	require.NoError(t, err)
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, 503, resp.StatusCode)
	assert.Contains(t, string(text), "no answer within 50ms")

	// A body that never ends is given up, and so is one that nobody wants.
	for path, code := range map[string]string{"/wait": "408", "/wait/batch": "408"} {
		c, err := net.Dial("tcp", address)
		require.NoError(t, err)
		_, err = fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[", path)
		require.NoError(t, err)
		require.NoError(t, c.SetReadDeadline(time.Now().Add(20*time.Second)))
		text, _ := io.ReadAll(c)
		assert.Contains(t, string(text), " "+code+" ")
		c.Close()
	}
	require.NoError(t, stop())
}

// start serves on a loopback port; stop ends it and says how it went.
func start(t testing.TB, s *serve.Service) (address string, stop func() error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	return l.Addr().String(), func() error { cancel(); return <-ended }
}

func TestHealthAndReadiness(t *testing.T) {
	var fault error
	s := serve.New(quiet, serve.Ready(func() error { return fault }))
	ready := func() int { code, _ := get(s, "/readyz"); return code }
	code, text := get(s, "/healthz")
	assert.Equal(t, 200, code)
	assert.Equal(t, "ok\n", text)
	assert.Equal(t, 200, ready())
	fault = errors.New("the table is not there yet")
	code, text = get(s, "/readyz")
	assert.Equal(t, 503, code)
	assert.Equal(t, "the table is not there yet\n", text)
	fault = nil
	assert.Equal(t, 200, ready())
	s.Drain()
	assert.Equal(t, 503, ready())
	code, _ = get(s, "/healthz")
	assert.Equal(t, 200, code)
}

// Each line of /metrics has a form that Prometheus reads; counts add up.
func TestMetrics(t *testing.T) {
	a, _ := weights(t)
	models, err := serve.NewModels(wdbc.LoadFit, a)
	require.NoError(t, err)
	s := serve.New(quiet)
	serve.HandleModel(s, "/predict", models, screen)
	for range 3 {
		post(s, "/predict", row(1))
	}
	post(s, "/predict", "[]")
	code, text := get(s, "/metrics")
	require.Equal(t, 200, code)
	line := regexp.MustCompile(`^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [0-9.e+-]+)$`)
	for _, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		assert.Regexp(t, line, l)
	}
	for _, want := range []string{
		`ctgen_requests_total{path="/predict",code="200"} 3`,
		`ctgen_requests_total{path="/predict",code="400"} 1`,
		`ctgen_request_duration_seconds_bucket{path="/predict",le="+Inf"} 4`,
		`ctgen_request_duration_seconds_count{path="/predict"} 4`,
		`ctgen_model_info{path="/predict",version="` + models.Version() + `"} 1`,
		`ctgen_model_reloads_total 0`,
	} {
		assert.Contains(t, text, want+"\n")
	}
}

func TestModelsAreReplacedOrKept(t *testing.T) {
	a, b := weights(t)
	path := filepath.Join(t.TempDir(), "model.safetensors")
	models, err := serve.NewModels(wdbc.LoadFit, a)
	require.NoError(t, err)
	first := models.Version()
	require.Error(t, models.Reload(), "no file yet")
	s := serve.New(quiet)
	serve.HandleModel(s, "/predict", models, screen)
	s.HandleReload("/-/reload", models.Reload)
	reload := func() int { return post(s, "/-/reload", "").Code }

	require.Error(t, models.LoadFile(path), "no file yet")
	require.NoError(t, os.WriteFile(path, b, 0o600))
	require.Equal(t, 204, reload())
	second := models.Version()
	require.NotEqual(t, first, second)
	w := post(s, "/predict", row(1))
	require.Equal(t, second, w.Header().Get("Model-Version"))

	for _, bad := range [][]byte{nil, b[:len(b)-1], bytes.Repeat([]byte{0xff}, 100)} {
		require.NoError(t, os.WriteFile(path, bad, 0o600))
		require.Equal(t, 500, reload())
		require.Equal(t, second, models.Version(), "the model before goes on")
	}
	code, _ := get(s, "/-/reload")
	require.Equal(t, 405, code)
	_, text := get(s, "/metrics")
	require.Contains(t, text, "ctgen_model_reloads_total 1\n")
	require.Contains(t, text, "ctgen_model_reload_failures_total 3\n")
	_, err = serve.NewModels(wdbc.LoadFit, a[:50])
	require.Error(t, err)
	_, err = serve.NewModels(func([]byte) (int, error) { panic("never") }, a)
	require.ErrorContains(t, err, "never")
}

func TestPartsWithoutDecoder(t *testing.T) {
	s := serve.New()
	require.PanicsWithValue(t, "serve: *float32 has no UnmarshalJSON, so nothing would check it", func() {
		serve.Handle(s, "/p", same[serve.Pair[wdbc.Logit, float32]])
	})
}
