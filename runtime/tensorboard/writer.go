package tensorboard

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ctgen-lang/ctgen/runtime/histogram"
)

// version is the first event of a file.
const version = "brain.Event:2"

// Writer writes one event file. The first error ends the writing; Close
// returns it.
type Writer struct {
	file    *os.File
	buffer  []byte
	err     error
	flushed time.Time
}

// How much is held back, and for how long: who looks on sees what a run does.
const (
	room = 64 << 10
	wait = time.Second
)

// Create makes a new event file in dir, which it makes too where it is not
// there.
func Create(dir string) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	now := time.Now()
	host, err := os.Hostname()
	if err != nil || strings.ContainsAny(host, `/\:`) {
		host = "localhost"
	}
	// TensorBoard reads all files of a folder in the order of their names.
	name := fmt.Sprintf("events.out.tfevents.%010d.%s.%d", now.Unix(), host, os.Getpid())
	for n := 0; ; n++ {
		f, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf("%s.%d", name, n)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if os.IsExist(err) && n < 1000 {
			continue
		}
		if err != nil {
			return nil, err
		}
		w := &Writer{file: f, flushed: now}
		var m message
		m.double(eventWallTime, seconds(now))
		m.bytes(eventVersion, []byte(version))
		w.buffer = appendRecord(w.buffer, m)
		w.Flush()
		return w, w.err
	}
}

func seconds(t time.Time) float64 { return float64(t.UnixNano()) / 1e9 }

// Scalar writes a number of a step.
func (w *Writer) Scalar(step int64, tag string, v float64) { w.summary(step, scalar(tag, v)) }

// Histogram writes a histogram of a step.
func (w *Writer) Histogram(step int64, tag string, h *histogram.Histogram) {
	w.summary(step, histo(tag, h))
}

func (w *Writer) summary(step int64, value message) {
	if w.err != nil {
		return
	}
	now := time.Now()
	var s, m message
	s.bytes(summaryValue, value)
	m.double(eventWallTime, seconds(now))
	m.whole(eventStep, step)
	m.bytes(eventSummary, s)
	w.buffer = appendRecord(w.buffer, m)
	if len(w.buffer) >= room || now.Sub(w.flushed) >= wait {
		w.flushed = now
		w.Flush()
	}
}

// Flush writes what is held back.
func (w *Writer) Flush() {
	if w.err == nil && len(w.buffer) > 0 {
		_, w.err = w.file.Write(w.buffer)
		w.buffer = w.buffer[:0]
	}
}

// Close ends the file and returns the first error of all that was written.
func (w *Writer) Close() error {
	w.Flush()
	if err := w.file.Close(); w.err == nil {
		w.err = err
	}
	return w.err
}
