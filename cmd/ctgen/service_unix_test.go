//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/wdbc"
)

// TestService builds the service, in the long form as one static program, replaces its model by
// SIGHUP, and ends it by SIGTERM under load: each request has its answer.
func TestService(t *testing.T) {
	dir := t.TempDir()
	bin := filepath.Join(dir, "service")
	cmd := exec.Command("go", "build", "-ldflags=-w", "-o", bin, "./testdata/service")
	if os.Getenv("CTGEN_FULL") != "" { // compiles net/http once more where C is linked otherwise
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))

	file := filepath.Join(dir, "model.safetensors")
	weights, err := os.ReadFile("testdata/service/wdbc.safetensors")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, weights, 0o600))
	service := exec.Command(bin, "-address", "127.0.0.1:0", "-model", file)
	stderr, err := service.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, service.Start())
	t.Cleanup(func() { _ = service.Process.Kill() })
	log := bufio.NewReader(stderr)
	line := func() string {
		text, err := log.ReadString('\n')
		require.NoError(t, err)
		return text
	}
	address := regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(line())
	require.NotEmpty(t, address)

	ask := func(c *http.Client) (version string, told bool, err error) {
		resp, err := c.Post("http://"+address+"/predict", "application/json", strings.NewReader("[13.54,14.36,87.46,566.3,0.09779,0.08129,0.06664,0.04781,0.1885,0.05766,0.2699,0.7886,2.058,23.56,0.008462,0.0146,0.02387,0.01315,0.0198,0.0023,15.11,19.26,99.7,711.2,0.144,0.1773,0.239,0.1288,0.2977,0.07259]"))
		if err != nil {
			return "", false, err
		}
		defer resp.Body.Close()
		if text, err := io.ReadAll(resp.Body); err != nil || resp.StatusCode != 200 || !strings.HasPrefix(string(text), "0.9") {
			return "", false, fmt.Errorf("%s %s", resp.Status, text)
		}
		return resp.Header.Get("Model-Version"), resp.Close, nil
	}
	before, _, err := ask(http.DefaultClient)
	require.NoError(t, err)

	m, err := wdbc.LoadFit(weights)
	require.NoError(t, err)
	m.Neuron.Bias += 0.1
	require.NoError(t, m.Save(file))
	require.NoError(t, service.Process.Signal(syscall.SIGHUP))
	require.Contains(t, line(), "the model was replaced")
	after, _, err := ask(http.DefaultClient)
	require.NoError(t, err)
	require.NotEqual(t, before, after)
	require.NoError(t, os.WriteFile(file, weights[:100], 0o600))
	require.NoError(t, service.Process.Signal(syscall.SIGHUP))
	require.Contains(t, line(), "the model was not replaced")
	http.DefaultClient.CloseIdleConnections()

	var wg sync.WaitGroup
	var answered, told atomic.Int64
	for range 20 {
		wg.Go(func() {
			c := &http.Client{Transport: &http.Transport{}, Timeout: 20 * time.Second}
			for {
				version, closed, err := ask(c)
				if err != nil || version != after {
					t.Errorf("model %s: %v", version, err)
					return
				}
				if answered.Add(1) == 500 {
					if err := service.Process.Signal(syscall.SIGTERM); err != nil {
						t.Error(err)
					}
				}
				if closed {
					told.Add(1)
					return
				}
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 20, told.Load())
	require.Contains(t, line(), "draining")
	require.NoError(t, service.Wait(), "exit code 0")
}
