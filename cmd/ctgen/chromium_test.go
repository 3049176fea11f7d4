package main

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// browser is the command that runs Chromium.
func browser(t *testing.T) string {
	if os.Getenv("CTGEN_FULL") == "" {
		t.Skip("starts a browser; set CTGEN_FULL")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium is here: install it to see that reports open without errors and requests")
	return ""
}

// visit is what a page did when it was opened.
type visit struct {
	console  []string // what it wrote there, errors of the browser included
	requests []string
	picture  []byte // PNG
}

// open has the browser show a page, which it fetches from a server that is also
// its proxy: so whatever the page asks for is seen here, wherever it lies.
func open(t *testing.T, browser string, page []byte, width, height int) visit {
	var v visit
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		// What the browser asks for on its own account.
		own := regexp.MustCompile(`(^|\.)(google|googleapis|gvt1|gstatic)\.com(:\d+)?$`)
		if host := r.Host; !own.MatchString(host) {
			v.requests = append(v.requests, r.Method+" "+host+r.URL.Path)
		}
		if r.URL.Path != "/report.html" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(page)
	}))
	defer server.Close()
	at, err := url.Parse(server.URL)
	require.NoError(t, err)
	dir := t.TempDir()
	shot := filepath.Join(dir, "shot.png")
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--proxy-server="+at.Host, "--proxy-bypass-list=<-loopback>",
		"--enable-logging=stderr", "--v=0", "--virtual-time-budget=2000", fmt.Sprintf("--window-size=%d,%d", width, height),
		"--screenshot="+shot, "http://report.example/report.html")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	for _, line := range strings.Split(string(out), "\n") {
		if strings.Contains(line, "CONSOLE") {
			v.console = append(v.console, line)
		}
	}
	v.picture, err = os.ReadFile(shot)
	require.NoError(t, err)
	return v
}

// TestReportInChromium opens the report of a training: it shows something, in
// wide and narrow windows, writes nothing to the console and asks for nothing
// but itself. A page that does what a report must not shows that it would be
// seen. With CTGEN_RENEW_PICTURE, docs/report.png shows how the report looks.
func TestReportInChromium(t *testing.T) {
	chromium := browser(t)
	cacheIn(t)
	file := filepath.Join(t.TempDir(), "digits.html")
	train(t, "--report", file, filepath.Join("..", "..", "specs", "digits.cat"))
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, width := range []int{1200, 500} {
		v := open(t, chromium, page, width, 1600)
		require.Equal(t, []string{"GET report.example/report.html"}, v.requests)
		require.Empty(t, v.console)
		picture, err := png.Decode(bytes.NewReader(v.picture))
		require.NoError(t, err)
		colours := map[any]bool{}
		for y := range picture.Bounds().Dy() {
			for x := range picture.Bounds().Dx() {
				colours[picture.At(x, y)] = true
			}
		}
		require.Greater(t, len(colours), 50, "the page is empty")
		if os.Getenv("CTGEN_RENEW_PICTURE") != "" && width == 1200 {
			require.Less(t, len(v.picture), 200_000)
			require.NoError(t, os.WriteFile(filepath.Join("..", "..", "docs", "report.png"), v.picture, 0o644))
		}
	}

	bad := []byte(`<!DOCTYPE html><title>bad</title><img src="http://elsewhere.example/pixel.png"><script>nothing.here()</script>`)
	v := open(t, chromium, bad, 500, 500)
	require.Contains(t, v.requests, "GET elsewhere.example/pixel.png")
	require.NotEmpty(t, v.console)
	require.Contains(t, strings.Join(v.console, "\n"), "nothing is not defined")
}
