package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// results are what one run of this program measured.
type results struct {
	Things  int    `json:"things"`
	Runs    int    `json:"runs"`
	Day     string `json:"day"`
	Machine string `json:"machine"`
	Rows    []row  `json:"rows"`
}

type row struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
	MB      int64   `json:"mb"` // largest resident set
	Bar     bar     `json:"bar"`
	Absent  string  `json:"absent,omitempty"`
}

func (r *results) find(name string) *row {
	for i := range r.Rows {
		if r.Rows[i].Name == name {
			return &r.Rows[i]
		}
	}
	return nil
}

// verdict says what the bar of a row is and whether it is met; "" without one.
func (r *results) verdict(w row) (text string, met bool) {
	met = true
	switch b := w.Bar; {
	case b.Seconds > 0:
		text, met = fmt.Sprintf("under %s", duration(b.Seconds)), w.Seconds < b.Seconds
	case b.MB > 0:
		text, met = fmt.Sprintf("under %d MB", b.MB), w.MB < b.MB
	case b.Times > 0:
		of := r.find(b.Of).Seconds
		text, met = fmt.Sprintf("under %g times %s; it is %.1f times", b.Times, duration(of), w.Seconds/of), w.Seconds < b.Times*of
	}
	return text, met && w.Absent == ""
}

func (r *results) missed() bool {
	for _, w := range r.Rows {
		if text, met := r.verdict(w); text != "" && !met {
			return true
		}
	}
	return false
}

func duration(seconds float64) string {
	if seconds < 0.1 {
		return fmt.Sprintf("%.3g ms", seconds*1000)
	}
	return fmt.Sprintf("%.2f s", seconds)
}

// table prints the results as Markdown.
func (r *results) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s; %s; best of %d runs of each command, from process start to end.\n\n", r.Machine, r.Day, r.Runs)
	b.WriteString("| command | time | memory | bar | met |\n|---|---:|---:|---|---|\n")
	for _, w := range r.Rows {
		if w.Absent != "" {
			fmt.Fprintf(&b, "| %s | – | – | | %s |\n", w.Name, w.Absent)
			continue
		}
		text, met := r.verdict(w)
		verdict := map[bool]string{true: "yes", false: "**no**"}[met]
		if text == "" {
			verdict = ""
		}
		fmt.Fprintf(&b, "| %s | %s | %d MB | %s | %s |\n", w.Name, duration(w.Seconds), w.MB, text, verdict)
	}
	return b.String()
}

func readResults(path string) (*results, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := &results{}
	return r, json.Unmarshal(data, r)
}

// block is the part of a document that shows the results.
var block = regexp.MustCompile(`(?s)(<!-- generators: results/(\S+) -->\n).*?(<!-- end of generators -->\n)`)

// showResults returns a document with the table of the results that it names.
func showResults(doc []byte, dir string) ([]byte, error) {
	m := block.FindSubmatch(doc)
	if m == nil {
		return nil, fmt.Errorf("it has no line <!-- generators: results/FILE.json --> with <!-- end of generators --> below it")
	}
	r, err := readResults(filepath.Join(dir, string(m[2])))
	if err != nil {
		return nil, err
	}
	return block.ReplaceAll(doc, []byte("${1}\n"+strings.ReplaceAll(r.table(), "$", "$$")+"\n${3}")), nil
}

func refreshDocs(path string) error {
	doc, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if doc, err = showResults(doc, "results"); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, doc, 0o644)
}
