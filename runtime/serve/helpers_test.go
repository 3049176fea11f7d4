package serve_test

import (
	"context"
	_ "embed"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/serve"
)

var quiet = serve.Log(slog.New(slog.DiscardHandler))

func screen(_ context.Context, m *wdbc.FitModel, in wdbc.Features) (wdbc.Probability, error) {
	return m.Predict(m.PrepareFeatures(in)), nil
}

// weights are a trained model's file, and those of a model that says otherwise.
func weights(t testing.TB) (a, b []byte) {
	a, err := os.ReadFile("../../generated/testdata/wdbc.safetensors")
	require.NoError(t, err)
	m, err := wdbc.LoadFit(a)
	require.NoError(t, err)
	m.Neuron.Bias += 3
	path := filepath.Join(t.TempDir(), "other.safetensors")
	require.NoError(t, m.Save(path))
	b, err = os.ReadFile(path)
	require.NoError(t, err)
	return a, b
}

// row is a sample as JSON.
func row(at int) string {
	cells := make([]string, 30)
	for i := range cells {
		cells[i] = strconv.FormatFloat(float64((at*7+i*13)%40)/3, 'g', 5, 64)
	}
	return "[" + strings.Join(cells, ",") + "]"
}

func post(h http.Handler, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(h http.Handler, path string) (int, string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	text, _ := io.ReadAll(w.Body)
	return w.Code, string(text)
}
