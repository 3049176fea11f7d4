package train

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The narrowest and the widest bar that is drawn, and how wide a line must be
// for figures to make room for it.
const (
	leastBar   = 8
	mostBar    = 30
	wideEnough = 50
)

// progressText is the live line: where the run is, how long it will take, and
// what it has come to. It takes no more than width columns: what comes last in
// it is left out first, and the bar has what room is left.
func progressText(r *Report, width int) string {
	made := int(r.Step) - r.firstStep
	done, all := r.Epoch*r.stepsPerEpoch+r.stepInEpoch, r.Epochs*r.stepsPerEpoch
	share := float64(done) / float64(max(all, 1))
	parts := []string{"epoch " + strconv.Itoa(min(r.Epoch+1, r.Epochs)) + "/" + strconv.Itoa(r.Epochs), strconv.Itoa(int(100*share)) + "%"}
	if made > 0 {
		parts = append(parts, duration(r.Seconds/float64(made)*float64(all-done))+" left")
	}
	parts = append(parts, rate(r.ExamplesPerSecond)+"/s", "loss "+figure(r.Loss))
	list := r.Metrics
	if v := r.Validation; v != nil {
		parts = append(parts, "held out: loss "+figure(v.Loss))
		list = v.Metrics
	}
	for _, f := range list {
		if f.Counts == nil {
			parts = append(parts, f.Name+" "+figure(f.Value))
		}
	}
	for _, f := range r.Settings {
		parts = append(parts, f.Name+" "+figure(f.Value))
	}
	const gap = 2
	room := width
	if width >= wideEnough {
		room -= leastBar + gap
	}
	used, fit := 0, 0
	for _, p := range parts {
		n := utf8.RuneCountInString(p)
		if fit > 0 {
			n += gap
		}
		if used+n > room {
			break
		}
		used, fit = used+n, fit+1
	}
	parts = parts[:fit]
	if left := width - used - gap; fit > 1 && left >= leastBar {
		parts = slices.Insert(parts, 1, bar(share, min(left, mostBar)))
	}
	return strings.Join(parts, strings.Repeat(" ", gap))
}

// bar is so many columns, of which share is done.
func bar(share float64, columns int) string {
	full, rest := "━", "─"
	if !speaksUTF8() {
		full, rest = "=", "-"
	}
	done := min(int(share*float64(columns)+0.5), columns)
	return strings.Repeat(full, done) + strings.Repeat(rest, columns-done)
}

// speaksUTF8 goes by the locale. Where none is set, terminals of today do.
func speaksUTF8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(os.Getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}
