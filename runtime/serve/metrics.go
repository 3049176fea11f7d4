package serve

import (
	"bufio"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// buckets are upper ends of the histogram of times, in seconds.
var buckets = [...]float64{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// codes are those that an arrow's path answers with.
var codes = [...]int{200, 400, 405, 408, 413, 415, 422, 500, 503}

// metrics counts what a service does.
type metrics struct {
	mu       sync.Mutex
	paths    []*pathMetrics
	versions []versionMetric

	reloads, failedReloads atomic.Int64
}

type versionMetric struct {
	path string
	of   func() string
}

// pathMetrics counts the requests of one path.
type pathMetrics struct {
	name     string
	inFlight atomic.Int64
	requests [len(codes)]atomic.Int64
	times    [len(buckets) + 1]atomic.Int64 // by the first bucket that holds them
	sum      atomic.Int64                   // nanoseconds
}

func (m *metrics) path(name string) *pathMetrics {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := &pathMetrics{name: name}
	m.paths = append(m.paths, p)
	return p
}

func (m *metrics) version(path string, of func() string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.versions = append(m.versions, versionMetric{path, of})
}

func (m *metrics) reloaded(err error) {
	if err != nil {
		m.failedReloads.Add(1)
	} else {
		m.reloads.Add(1)
	}
}

func (p *pathMetrics) observe(code int, took time.Duration) {
	i := slices.Index(codes[:], code)
	if i < 0 {
		i = slices.Index(codes[:], http.StatusInternalServerError)
	}
	p.requests[i].Add(1)
	p.sum.Add(int64(took))
	b, _ := slices.BinarySearch(buckets[:], took.Seconds())
	p.times[b].Add(1)
}

// write prints all of it in the text format of Prometheus, version 0.0.4
// (https://prometheus.io/docs/instrumenting/exposition_formats/).
func (m *metrics) write(to io.Writer) {
	m.mu.Lock()
	paths, versions := slices.Clone(m.paths), slices.Clone(m.versions)
	m.mu.Unlock()
	w := bufio.NewWriter(to)
	defer w.Flush()
	family := func(name, kind, help string) {
		w.WriteString("# HELP " + name + " " + help + "\n# TYPE " + name + " " + kind + "\n")
	}
	sample := func(name, labels, value string) {
		if labels != "" {
			name += "{" + labels + "}"
		}
		w.WriteString(name + " " + value + "\n")
	}
	label := func(name, value string) string { return name + "=" + strconv.Quote(value) }
	count := func(n int64) string { return strconv.FormatInt(n, 10) }

	family("ctgen_requests_total", "counter", "Requests answered, by path and status code.")
	for _, p := range paths {
		for i := range codes {
			if n := p.requests[i].Load(); n > 0 || codes[i] == http.StatusOK {
				sample("ctgen_requests_total", label("path", p.name)+","+label("code", strconv.Itoa(codes[i])), count(n))
			}
		}
	}
	family("ctgen_requests_in_flight", "gauge", "Requests at work.")
	for _, p := range paths {
		sample("ctgen_requests_in_flight", label("path", p.name), count(p.inFlight.Load()))
	}
	const times = "ctgen_request_duration_seconds"
	family(times, "histogram", "Time from a request's headers to its answer.")
	for _, p := range paths {
		var below int64
		for i, end := range buckets {
			below += p.times[i].Load()
			sample(times+"_bucket", label("path", p.name)+","+label("le", strconv.FormatFloat(end, 'g', -1, 64)), count(below))
		}
		below += p.times[len(buckets)].Load()
		sample(times+"_bucket", label("path", p.name)+","+label("le", "+Inf"), count(below))
		sample(times+"_sum", label("path", p.name), strconv.FormatFloat(time.Duration(p.sum.Load()).Seconds(), 'g', -1, 64))
		sample(times+"_count", label("path", p.name), count(below))
	}
	family("ctgen_model_info", "gauge", "The model that serves a path: the first digits of its file's SHA-256.")
	for _, v := range versions {
		sample("ctgen_model_info", label("path", v.path)+","+label("version", v.of()), "1")
	}
	family("ctgen_model_reloads_total", "counter", "Models replaced while serving.")
	sample("ctgen_model_reloads_total", "", count(m.reloads.Load()))
	family("ctgen_model_reload_failures_total", "counter", "Models that did not load, so that the one before went on.")
	sample("ctgen_model_reload_failures_total", "", count(m.failedReloads.Load()))
}
